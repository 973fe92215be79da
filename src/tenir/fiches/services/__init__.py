"""Changing the life of an action: each service changes one thing, and leaves its trace in the same transaction."""
