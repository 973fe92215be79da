"""Changing the life of an indicator: each service changes one thing, and leaves its trace in the same transaction."""
