"""The workspace that remembers: the only user of the database."""
