"""What time it is, and which day, for the contract it is told to: the one place that turns a moment into a day.

A contract of Nouméa has its own morning. A door (page, link, message, task) enters the zone of its contract by
`zone` or `enter`; a service says whose day it asks for: `today(espace)`. `docs/adr/0037-jour-du-contrat.md` says why.
One command may set the time back: the one that simulates the past of a fictitious contract.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils import timezone

_simulated: ContextVar[datetime | None] = ContextVar("simulated", default=None)
HALF_A_TURN = timedelta(hours=14)
"""How far the clocks of the world stand from UTC at most."""


class SaZone(Protocol):
    """What has a zone of its own: a contract."""

    fuseau: str


def now() -> datetime:
    """The moment at which changes are made."""
    return _simulated.get() or timezone.now()


def today(here: SaZone | None = None) -> date:
    """The day it is for a contract; without one, in the zone that the door has entered."""
    return day_of(now(), here)


def real_today(here: SaZone | None = None) -> date:
    """The same, whatever past is simulated: what someone may do is never asked of another day."""
    return day_of(timezone.now(), here)


def days_on_earth() -> tuple[date, date]:
    """The first and the last of the days that it is now somewhere."""
    moment = timezone.now().astimezone(UTC)
    return (moment - HALF_A_TURN).date(), (moment + HALF_A_TURN).date()


def day_of(moment: datetime, here: SaZone | None = None) -> date:
    """The day of a moment, for a contract or in the zone in force."""
    return local(moment, here).date()


def local(moment: datetime, here: SaZone | None = None) -> datetime:
    """A moment as clocks show it there."""
    return timezone.localtime(moment, ZoneInfo(here.fuseau) if here else None)


def at(day: date, hour: time, here: SaZone | None = None) -> datetime:
    """The moment at which clocks show that hour there, that day."""
    return timezone.make_aware(datetime.combine(day, hour), ZoneInfo(here.fuseau) if here else None).astimezone(UTC)


def hour_of(moment: datetime) -> time:
    """The hour that clocks show, in the zone in force."""
    return local(moment).time()


def clock(moment: datetime) -> str:
    """The hour of a moment as it is read: « à 9 h 05 »."""
    shown = local(moment)
    return f"à {shown.hour} h {shown.minute:02}"


def day_written(moment: datetime) -> date:
    """The day of a moment that has no zone: what a cell or an option of the command line holds."""
    return moment.date()


def enter(here: SaZone) -> None:
    """Show moments as this contract sees them until the request ends: what a page does once it knows its contract."""
    timezone.activate(ZoneInfo(here.fuseau))


@contextmanager
def zone(here: SaZone | None) -> Iterator[None]:
    """Do something in the zone of a contract; without one, in that of the site."""
    with timezone.override(ZoneInfo(here.fuseau) if here else None):
        yield


@contextmanager
def simulated(moment: datetime) -> Iterator[None]:
    """Make changes as if at another moment. Only for a fictitious contract: elsewhere the trace would lie."""
    token = _simulated.set(moment)
    try:
        yield
    finally:
        _simulated.reset(token)
