"""Changing what préconisations are: each service changes one thing, and leaves its trace in the same transaction."""
