"""A coaching session: what was held, said, and goes home with the candidate. What is private stays with staff."""
