"""The day of a run of tests: it ends on the day it began, whatever the clock.

Days are taken when a file of tests is loaded (`TODAY`), and asked again when its tests run: a run that passed midnight
failed twenty times. In the last minutes of the day the clock slows down: it goes forward, and never gets there.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

LAST = timedelta(minutes=10)
"""What is left of the day when the clock slows down."""
A_DAY = timedelta(days=1)
"""How long it makes these minutes last: no run is as long."""


def midnight_after(moment: datetime) -> datetime:
    """The next midnight of the zone of the site."""
    here = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(moment.astimezone(here).date() + timedelta(days=1), time(), here)


def held_before(midnight: datetime, clock: Callable[[], datetime]) -> Callable[[], datetime]:
    """A clock that never reaches a midnight: its last minutes last a day."""

    def now() -> datetime:
        real = clock()
        stands = midnight - LAST
        return real if real < stands else (stands + LAST * ((real - stands) / A_DAY)).astimezone(real.tzinfo)

    return now


def keep_the_day() -> None:
    """Let the run that begins end on its day."""
    timezone.now = held_before(midnight_after(timezone.now()), timezone.now)
