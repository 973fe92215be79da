"""The written form of a value that JSON does not know, for what is kept outside its column: a backup, a gesture."""

from base64 import b64encode
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID


def plain(value: object) -> str:
    """A value as a text from which its field reads it back, without losing any digit of it.

    Raises:
        TypeError: it has no such form.
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no written form.")
