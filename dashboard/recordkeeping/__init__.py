"""What the workspace holds and who did what: imports, people, the audit log, settings."""
