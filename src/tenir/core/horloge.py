"""What time it is. One command may set it back: the one that simulates the past of a fictitious contract."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_simulated: ContextVar[datetime | None] = ContextVar("simulated", default=None)


def now() -> datetime:
    """The moment at which changes are made."""
    return _simulated.get() or timezone.now()


def today() -> date:
    """The day it is in Paris."""
    return timezone.localdate(now())


def day_of(moment: datetime) -> date:
    """The day of a moment in Paris."""
    return timezone.localdate(moment)


def clock(moment: datetime) -> str:
    """The hour of a moment in Paris, as it is read: « à 9 h 05 »."""
    local = timezone.localtime(moment)
    return f"à {local.hour} h {local.minute:02}"


@contextmanager
def simulated(moment: datetime) -> Iterator[None]:
    """Make changes as if at another moment. Only for a fictitious contract: elsewhere the trace would lie."""
    token = _simulated.set(moment)
    try:
        yield
    finally:
        _simulated.reset(token)
