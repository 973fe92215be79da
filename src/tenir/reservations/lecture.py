"""What someone reads of the slots of a room: a permanence with its title and its body; of a confidential one, « pris »,
unless the body that holds it is hers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tenir.core.typographie import typo
from tenir.reservations.creneaux import Creneau, Quart, hours_of, is_past, short_day_fr, taken, why_closed
from tenir.reservations.models import Reservation, Salle

PRIS = "pris"


@dataclass(frozen=True, slots=True)
class Case:
    """A slot, or several that one booking holds, as one reader sees it. `reservation`: none for what is free.

    `mot`: what is said of it; empty when it is free. `qui`: the body, when it may be read. `mien`: her body holds it.
    """

    creneau: Creneau
    rangs: int = 1
    mot: str = ""
    qui: str = ""
    reservation: Reservation | None = None
    mien: bool = False
    passe: bool = False

    @property
    def libre(self) -> bool:
        """Whether it may still be had."""
        return not self.mot and not self.passe


@dataclass(frozen=True, slots=True)
class Journee:
    """One day of a room; `ferme`: why it is not open, when nothing is booked in it either."""

    jour: date
    ferme: str
    cases: list[Case]
    aujourdhui: bool = False

    @property
    def dit(self) -> str:
        """« mardi 12 mars »."""
        return short_day_fr(self.jour)

    @property
    def a_lire(self) -> list[Case]:
        """What says something, one after the other: what is past and was free does not."""
        return [one for one in self.cases if one.mot or one.libre]


def week(salle: Salle, days: list[date], mine: set[str], now: datetime, today: date) -> list[Journee]:
    """Some days of a room, for whoever acts for some bodies; two queries."""
    held = taken(salle, days[0], days[-1])
    rows = Reservation.objects.filter(pk__in=set(held.values())).select_related("organisme", "salle")
    bookings = {one.pk: one for one in rows}
    return [_day(salle, day, held, bookings, mine, now, today) for day in days]


def permanences(salles: Iterable[Salle], debut: date, fin: date) -> list[tuple[Salle, date, Reservation]]:
    """The permanences of some rooms from a day to another, in the order of the days and of the hours; two queries."""
    wanted = {one.pk: one for one in salles}
    rows = Reservation.objects.filter(salle__in=wanted, quarts__jour__range=(debut, fin)).exclude(titre="").distinct()
    found = [
        (wanted[one.salle_id], day, one)
        for one in rows.select_related("organisme")
        for day in one.days
        if debut <= day <= fin
    ]
    return sorted(found, key=lambda one: (one[1], one[2].debut, one[0].nom))


def words_of(reservation: Reservation, mine: set[str]) -> tuple[str, str, bool]:
    """What someone reads of a booking: its words, its body, whether it is hers."""
    hers = reservation.organisme.identifiant in mine
    if reservation.is_permanence:
        return reservation.titre, str(reservation.organisme), hers
    return (typo("pris par vous"), "", True) if hers else (PRIS, "", False)


def _day(
    salle: Salle,
    day: date,
    held: Mapping[Quart, int],
    bookings: Mapping[int, Reservation],
    mine: set[str],
    now: datetime,
    today: date,
) -> Journee:
    """One day; what is booked on a day that closed since is shown still."""
    closed = why_closed(salle, day)
    offered = [] if closed and all(jour != day for jour, _ in held) else hours_of(salle, day)
    cases: list[Case] = []
    for one in offered:
        found = next((held[quart] for quart in one.quarts() if quart in held), None)
        last = cases[-1] if cases else None
        if found and last and last.reservation and last.reservation.pk == found:
            cases[-1] = _longer(last, one)
        else:
            cases.append(_case(salle, one, bookings.get(found or 0), mine, now))
    return Journee(day, closed if not cases else "", cases, day == today)


def _case(salle: Salle, one: Creneau, held: Reservation | None, mine: set[str], now: datetime) -> Case:
    past = is_past(salle, one.jour, one.debut if held is None else one.fin, now)
    if held is None:
        return Case(one, passe=past)
    mot, qui, hers = words_of(held, mine)
    return Case(one, 1, mot, qui, held, hers, past)


def _longer(last: Case, one: Creneau) -> Case:
    whole = Creneau(last.creneau.jour, last.creneau.debut, one.fin)
    return Case(whole, last.rangs + 1, last.mot, last.qui, last.reservation, last.mien, last.passe)
