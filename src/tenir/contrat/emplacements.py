"""The slots by which a room shows signed items as another room follows them (`core.emplacements`)."""

ACTIONS = "actions"
"""Planned actions, each with the way to its life and where it stands."""
