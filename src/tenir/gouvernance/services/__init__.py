"""Changing what bodies are and do: each service changes one thing, and leaves its trace in the same transaction."""
