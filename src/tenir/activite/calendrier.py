"""Which days a rhythm falls on: computed, never stored. Public and school holidays come from two libraries.

Public holidays: Code du travail, art. L3133-1 (`holidays`). School holidays of zones A, B and C: the arrêtés of the
ministry of education (`vacances-scolaires-france`), as far as they are published.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any

LAST = -1
"""The rank of the last one of a month."""
FAR = 3_660
"""How many days are computed at the most: ten years."""


@dataclass(frozen=True, slots=True)
class Rythme:
    """Some days of the week: every so many weeks, or the n-th of each month (`rang`), from a day, until another.

    `jours`: 0 is Monday. `zone`: the zone of school holidays that it leaves out; none when it goes on through them.
    """

    jours: tuple[int, ...]
    du: date
    au: date | None = None
    semaines: int = 1
    rang: int | None = None
    sauf_feries: bool = True
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Jour:
    """A day on which a rhythm falls; `sauf`: why it does not take place, the name of the holiday."""

    le: date
    sauf: str = ""


def days(rythme: Rythme, debut: date, fin: date) -> list[Jour]:
    """The days of a rhythm from a day to another, both counted, those left out too."""
    until = min(one for one in (fin, rythme.au, debut + timedelta(days=FAR)) if one)
    if until < max(debut, rythme.du):
        return []
    return [Jour(day, _why_not(rythme, day)) for day in _falls(rythme, until) if day >= debut]


def held(rythme: Rythme, debut: date, fin: date) -> list[date]:
    """The days on which it takes place."""
    return [one.le for one in days(rythme, debut, fin) if not one.sauf]


def _falls(rythme: Rythme, until: date) -> Iterator[date]:
    from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday  # for who asks for the days of a series alone

    which = [weekday(one, rythme.rang) if rythme.rang else weekday(one) for one in rythme.jours]
    start, end = datetime.combine(rythme.du, time()), datetime.combine(until, time())
    for moment in rrule(
        MONTHLY if rythme.rang else WEEKLY, interval=rythme.semaines, dtstart=start, until=end, byweekday=which
    ):
        yield date.fromordinal(moment.toordinal())


def _why_not(rythme: Rythme, day: date) -> str:
    if rythme.sauf_feries and (name := public_holiday(day)):
        return name
    return school_holiday(day, rythme.zone) if rythme.zone else ""


def public_holiday(day: date) -> str:
    """The public holiday that a day is; empty when it is none."""
    return _public(day.year).get(day, "")


def school_holiday(day: date, zone: str) -> str:
    """The school holidays in which a day falls, in a zone; empty when it is in none, or nobody knows yet."""
    return _school(day.year, zone).get(day, "")


@cache
def school_known_until() -> date:
    """The last day of which the school holidays are known."""
    last: date = max(_calendar().data)
    return last


@lru_cache(maxsize=64)
def _public(year: int) -> dict[date, str]:
    from holidays import country_holidays  # slow to import, for who asks for no series

    return dict(country_holidays("FR", years=[year], language="fr"))


@lru_cache(maxsize=64)
def _school(year: int, zone: str) -> dict[date, str]:
    found = _calendar()
    if not found.min_year <= year <= found.max_year:
        return {}
    told = found.holidays_for_year_and_zone(year, zone)
    return {day: str(one["nom_vacances"]) for day, one in told.items()}


@cache
def _calendar() -> Any:
    from vacances_scolaires_france import SchoolHolidayDates

    return SchoolHolidayDates()
