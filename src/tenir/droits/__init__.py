"""Repérage of rights: a few questions at a reception desk, what they point to, and how many, never who."""
