"""The days on which an event falls within a window: dateutil reckons them, and no rule may keep it busy for long."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

from tenir.activite.agenda.evenement import Ecarte, Lu
from tenir.activite.agenda.texte import AgendaIllisible
from tenir.core import horloge

OLDEST = timedelta(days=30 * 366)
"""How long before the window a rule may begin."""
MOST = 12_000
"""How many days of a rule are walked: those of thirty years, one by one."""
SECONDS = 4.0
"""How long all the rules of a file may take: two thousand plain ones take less than one."""
PLAIN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})
SOUVENT = "il revient plusieurs fois par jour"
AUTREMENT = "il revient à un rythme que Tenir ne lit pas : dites-le dans « Ce qui revient »"
ANCIEN = "il revient depuis plus de trente ans"


@dataclass(slots=True)
class Temps:
    """The time that is left to a file."""

    end: float = field(default_factory=lambda: time.monotonic() + SECONDS)

    def check(self) -> None:
        """Let reading go on.

        Raises:
            AgendaIllisible: it took too long.
        """
        if time.monotonic() > self.end:
            raise AgendaIllisible(
                "Les rythmes de cet agenda sont trop longs à calculer : exportez une période plus courte."
            )


def days_of(lu: Lu, since: date, until: date, left: Temps) -> Iterator[date]:
    """When an event falls in a window, as clocks show it where it is; a day of margin, for zones.

    Raises:
        Ecarte: its rule is not read.
        AgendaIllisible: the file took too long.
    """
    since, until = since - timedelta(days=1), until + timedelta(days=1)
    comes = _of_rule(lu, since, until, left) if lu.regle else iter([lu.debut])
    found = dict.fromkeys((*comes, *islice(lu.plus, MOST)))
    return (one for one in sorted(found, key=_sorted) if since <= day(one) <= until and day(one) not in lu.sauf)


def day(moment: date) -> date:
    """The day of a moment."""
    return horloge.day_written(moment) if isinstance(moment, datetime) else moment


def _sorted(moment: date) -> str:
    return moment.isoformat()


def _of_rule(lu: Lu, since: date, until: date, left: Temps) -> Iterator[date]:
    from dateutil.rrule import rrulestr  # for who reads a file

    left.check()
    _refuse(lu, since)
    start = lu.debut if isinstance(lu.debut, datetime) else datetime.combine(lu.debut, datetime.min.time())
    try:
        rule = rrulestr(_text(lu), dtstart=start)
        for moment in islice(rule, MOST):
            if horloge.day_written(moment) > until:
                return
            yield moment if lu.timed else horloge.day_written(moment)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise Ecarte(AUTREMENT) from error


def _refuse(lu: Lu, since: date) -> None:
    """Let plain rules be walked: one that falls on no day would be sought until the year 9999.

    Raises:
        Ecarte: it is not.
    """
    rule = {str(name).upper(): held for name, held in lu.regle.items()}
    freq = str(rule.get("FREQ", [""])[0]).upper()
    if freq in ("SECONDLY", "MINUTELY", "HOURLY") or rule.keys() & {"BYHOUR", "BYMINUTE", "BYSECOND"}:
        raise Ecarte(SOUVENT)
    interval = int(rule.get("INTERVAL", [1])[0])
    idle = freq == "DAILY" and interval % 7 == 0 and "BYDAY" in rule
    if freq not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY") or rule.keys() - PLAIN or interval < 1 or idle:
        raise Ecarte(AUTREMENT)
    if sum(len(held) if isinstance(held, list) else 1 for held in rule.values()) > 100:
        raise Ecarte(AUTREMENT)
    if day(lu.debut) < since - OLDEST:
        raise Ecarte(ANCIEN)


def _text(lu: Lu) -> str:
    """Its rule, whose end is told as its beginning is."""
    rule = lu.regle.copy()
    if "UNTIL" in rule:
        (end,) = rule["UNTIL"]
        if isinstance(end, datetime):
            rule["UNTIL"] = [end.astimezone(lu.zone).replace(tzinfo=None) if end.tzinfo else end]
        else:
            rule["UNTIL"] = [datetime.combine(end, datetime.max.time().replace(microsecond=0))]
    written: bytes = rule.to_ical()
    return written.decode()
