"""Entries that come in by a table of any headings: what its columns hold, what each row tells, what becomes of it."""
