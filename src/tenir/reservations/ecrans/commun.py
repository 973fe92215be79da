"""What the pages of rooms share: a room of a contract, the week that an address asks for, what a slot says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tenir.core import horloge
from tenir.core.typographie import clock_fr, date_fr, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import history_of
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import may
from tenir.reservations.creneaux import Creneau, day_fr, hours_fr, hours_of
from tenir.reservations.ecrans.formulaires import monday_of
from tenir.reservations.lecture import Case, Journee
from tenir.reservations.models import Reservation, Salle
from tenir.reservations.services import salles as services

SALLES = "salles"
"""Their page in the navigation."""
WEEK = timedelta(days=7)


def salle_or_404(espace: EspaceDeContrat, numero: int) -> Salle:
    """A room of a contract."""
    return get_object_or_404(Salle.objects.of(espace), numero=numero)


def reservation_or_404(espace: EspaceDeContrat, numero: int) -> Reservation:
    """A booking of a contract."""
    return get_object_or_404(Reservation.objects.of(espace), numero=numero)


def day_asked(request: HttpRequest, espace: EspaceDeContrat, name: str = "jour") -> date:
    """The day that an address names; today, when it names none that may be read."""
    try:
        asked = date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return horloge.today(espace)
    return asked if 2000 <= asked.year <= 2099 else horloge.today(espace)


def week_of(day: date) -> list[date]:
    """The seven days of the week in which a day falls."""
    return [monday_of(day) + timedelta(days=rank) for rank in range(7)]


def week_fr(days: list[date]) -> str:
    """« Semaine du 30 novembre au 6 décembre 2026 »."""
    return typo(f"Semaine du {date_fr(days[0])} au {date_fr(days[-1])}")


def about(salle: Salle) -> Sujet:
    """A room as its small pages show it; its history is for the team."""
    espace, code = salle.espace, salle.code
    return Sujet(
        espace,
        "",
        salle.nom,
        address("salle", espace, salle.numero),
        SALLES,
        lambda who: history_of(espace, services.GENRE, code) if may(who, services.RIGHT, espace) else [],
    )


def when(salle: Salle) -> str:
    """« lundi, mardi ; de 9 h à 17 h ; créneaux de 30 minutes »."""
    days = Salle.IN_WORDS["jours"](salle.jours)  # type: ignore[operator]
    return typo(f"{days} ; {hours_fr(salle.ouvre, salle.ferme)} ; créneaux de {salle.pas} minutes")


@dataclass(frozen=True, slots=True)
class Cellule:
    """A cell of the table of a week: a slot, or why there is none; over how many rows."""

    rangs: int
    case: Case | None = None
    texte: str = ""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row of that table: an hour, and the cells that begin then."""

    heure: str
    cellules: list[Cellule]


def table(salle: Salle, week: list[Journee]) -> list[Ligne]:
    """The week as a table: an hour a row, a day a column. A day that is closed says why, once, over every row."""
    starts = sorted({one.debut for day in week for one in hours_of(salle, day.jour)})
    return [Ligne(typo(clock_fr(start)), list(_cells(week, starts, start))) for start in starts]


def _cells(week: list[Journee], starts: list[time], start: time) -> Iterator[Cellule]:
    for day in week:
        begins = next((one for one in day.cases if one.creneau.debut == start), None)
        if begins:
            yield Cellule(begins.rangs, begins)
        elif not day.cases:
            if start == starts[0]:
                yield Cellule(len(starts), texte=typo(f"Cette salle {day.ferme}.") if day.ferme else "")
        elif not any(one.creneau.debut < start < one.creneau.fin for one in day.cases):
            yield Cellule(1)


def label_of(creneau: Creneau) -> str:
    """What a link to book says to whoever does not see the table: « réserver le mardi 1er décembre à 9 h »."""
    return typo(f"Réserver le {day_fr(creneau.jour)} à {clock_fr(creneau.debut)}")
