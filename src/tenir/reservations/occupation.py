"""How much rooms serve: hours offered and hours booked in a month, by room and by body. Counts only."""

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from tenir.core.alphabet import alphabetical
from tenir.habilitations.models import EspaceDeContrat
from tenir.reservations.creneaux import QUART, minutes_offered
from tenir.reservations.models import QuartDHeure, Salle

OTHERS = "Autres organismes"


@dataclass(frozen=True, slots=True)
class Ligne:
    """A room in a month; `par`: the minutes that each body holds, the most first."""

    salle: Salle
    proposees: int
    prises: int
    par: list[tuple[str, int]]

    @property
    def taux(self) -> int | None:
        """The share of its hours that are booked, to the unit; none when it offers none."""
        return round(100 * self.prises / self.proposees) if self.proposees else None


def month_days(mois: date) -> list[date]:
    """The days of a month."""
    first = mois.replace(day=1)
    return [first + timedelta(days=rank) for rank in range(monthrange(first.year, first.month)[1])]


def occupation(espace: EspaceDeContrat, mois: date, mine: set[str] | None) -> list[Ligne]:
    """Each room over a month, booked for what is to come too; two queries.

    `mine`: the bodies named apart, all when none is given: whoever reads « pris » of a slot learns not who by counts.
    """
    days = month_days(mois)
    held: dict[int, Counter[str]] = {}
    rows = QuartDHeure.objects.filter(salle__espace=espace, jour__range=(days[0], days[-1])).order_by()
    named = rows.values_list("salle", "reservation__organisme__identifiant", "reservation__organisme__nom")
    for salle, body, nom, count in named.annotate(count=Count("pk")):
        name = nom if mine is None or body in mine else OTHERS
        held.setdefault(salle, Counter())[name] += count * QUART
    rooms = [
        one for one in Salle.objects.of(espace).order_by(alphabetical("nom"), "numero") if one.ouverte_le <= days[-1]
    ]
    found = [_line(one, days, held.get(one.pk, Counter())) for one in rooms]
    return [one for one in found if one.proposees or one.prises]


def _line(salle: Salle, days: list[date], held: Counter[str]) -> Ligne:
    par = sorted(held.items(), key=lambda one: (one[0] == OTHERS, -one[1], one[0]))
    return Ligne(salle, minutes_offered(salle, days), sum(held.values()), par)
