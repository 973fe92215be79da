"""Changing the life of an engagement: each service changes one thing, and leaves its trace in the same transaction."""
