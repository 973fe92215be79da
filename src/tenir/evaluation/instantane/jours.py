"""The days of a snapshot, kept as ISO 8601."""

from datetime import date


def day_of(text: str) -> date:
    """The day of a text that a snapshot holds."""
    return date.fromisoformat(text)
