"""Changing what calls for projects are: each service changes one thing, and leaves its trace."""
