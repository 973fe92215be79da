"""The slots of a room: which it offers on a day, which are free, in the hours that the clocks of its contract show.

Nothing of it is stored: days and hours are those of the room, public holidays those of `activite.calendrier`, an hour
that a change of clocks skips is no slot.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tenir.activite.calendrier import public_holiday
from tenir.activite.enums import JOURS
from tenir.core import horloge
from tenir.core.typographie import clock_fr, date_fr
from tenir.reservations.models import QuartDHeure, Salle, minutes_of

QUART = 15
"""What the base holds, in minutes."""
DAY = timedelta(days=1)

Quart = tuple[date, time]


@dataclass(frozen=True, slots=True)
class Creneau:
    """What one may book at once in a room: some hours of a day."""

    jour: date
    debut: time
    fin: time

    def quarts(self) -> list[Quart]:
        """The quarters of an hour that it holds."""
        return [(self.jour, hour) for hour in quarters(self.debut, self.fin)]

    def __str__(self) -> str:
        return f"{day_fr(self.jour)}, {hours_fr(self.debut, self.fin)}"


def day_fr(day: date) -> str:
    """« mardi 12 mars 2026 »."""
    return f"{JOURS[day.weekday()]} {date_fr(day)}"


def short_day_fr(day: date) -> str:
    """« mardi 12 mars »."""
    return day_fr(day).rpartition(" ")[0]


def hours_fr(debut: time, fin: time) -> str:
    """« de 9 h à 10 h 30 »."""
    return f"de {clock_fr(debut)} à {clock_fr(fin)}"


def quarters(debut: time, fin: time) -> Iterator[time]:
    """The quarters of an hour from an hour to another."""
    return (at_minute(one) for one in range(minutes_of(debut), minutes_of(fin), QUART))


def at_minute(minutes: int) -> time:
    """An hour, from minutes since midnight."""
    return time(minutes // 60, minutes % 60)


def why_closed(salle: Salle, day: date) -> str:
    """Why a room is not to be booked on a day; empty when it is."""
    if not salle.is_offered(day):
        return "n’est plus proposée"
    if str(day.weekday()) not in salle.jours:
        return f"n’est pas ouverte le {JOURS[day.weekday()]}"
    name = public_holiday(day) if salle.sauf_feries else ""
    return f"est fermée ce jour férié ({name})" if name else ""


def slots(salle: Salle, day: date) -> list[Creneau]:
    """The slots that a room offers on a day, booked or not."""
    return [] if why_closed(salle, day) else hours_of(salle, day)


def hours_of(salle: Salle, day: date) -> list[Creneau]:
    """The same, as if it were open that day; what is left at the end, shorter than a slot, is none."""
    start, end = minutes_of(salle.ouvre), minutes_of(salle.ferme)
    starts = range(start, end - salle.pas + 1, salle.pas)
    found = [Creneau(day, at_minute(one), at_minute(one + salle.pas)) for one in starts]
    return [one for one in found if exists(salle, day, one.debut)]


def exists(salle: Salle, day: date, hour: time) -> bool:
    """Whether clocks show that hour that day: not the one that they skip in spring."""
    return horloge.local(horloge.at(day, hour, salle.espace), salle.espace).time() == hour


def is_past(salle: Salle, day: date, hour: time, now: datetime) -> bool:
    """Whether what starts then is begun, or over."""
    return horloge.at(day, hour, salle.espace) <= now


def taken(salle: Salle, debut: date, fin: date) -> dict[Quart, int]:
    """The quarters held in a room from a day to another, both counted, with the booking that holds each; one query."""
    rows = QuartDHeure.objects.filter(salle=salle, jour__range=(debut, fin)).order_by()
    return {(jour, hour): held for jour, hour, held in rows.values_list("jour", "debut", "reservation")}


def free(salle: Salle, debut: date, fin: date) -> list[Creneau]:
    """The slots that are still to be had from a day to another, the earliest first; one query."""
    held, now = taken(salle, debut, fin), horloge.now()
    days = [debut + DAY * rank for rank in range((fin - debut).days + 1)]
    offered = (one for day in days for one in slots(salle, day) if not is_past(salle, day, one.debut, now))
    return [one for one in offered if held.keys().isdisjoint(one.quarts())]


def nearest(salle: Salle, asked: Creneau, within: int, most: int = 3) -> list[Creneau]:
    """The free hours as long as those asked that are nearest to them, within so many days; one query."""
    today = horloge.today(salle.espace)
    found = free(salle, max(today, asked.jour - DAY * within), asked.jour + DAY * within)
    long = minutes_of(asked.fin) - minutes_of(asked.debut)
    runs = sorted(_runs(found, long), key=lambda one: (_distance(one, asked), one.jour, one.debut))
    return sorted(runs[:most], key=lambda one: (one.jour, one.debut))


def _runs(found: Collection[Creneau], long: int) -> Iterator[Creneau]:
    """Hours of that length made of free slots that follow one another."""
    starts = {(one.jour, one.debut): one for one in found}
    for one in found:
        last = one
        while minutes_of(last.fin) - minutes_of(one.debut) < long and (last.jour, last.fin) in starts:
            last = starts[last.jour, last.fin]
        if minutes_of(last.fin) - minutes_of(one.debut) == long:
            yield Creneau(one.jour, one.debut, last.fin)


def _distance(one: Creneau, asked: Creneau) -> int:
    """How far two hours are, in minutes."""
    return abs((one.jour - asked.jour).days * 24 * 60 + minutes_of(one.debut) - minutes_of(asked.debut))


def minutes_offered(salle: Salle, days: Iterable[date]) -> int:
    """How many minutes a room offers on some days, from the day it was opened."""
    return sum(len(slots(salle, day)) * salle.pas for day in days if day >= salle.ouverte_le)
