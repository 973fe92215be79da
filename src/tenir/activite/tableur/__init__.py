"""Entries that come in by a table of any headings: what its columns hold, what each row tells, what becomes of it."""

INSCRIPTION = "inscription-de-tableur"
"""The kind of long work that writes a table of many rows."""
