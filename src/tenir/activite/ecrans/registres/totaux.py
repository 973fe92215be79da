"""What the entries of things count: for one thing, for a whole register, year by year."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Objet, Valeur
from tenir.activite.services.valeurs import Cle, exact, told, with_unit
from tenir.natures.enums import Cumulation
from tenir.natures.modeles import Mesure, NatureEntiere

Totaux = dict[int, dict[Cle, Decimal]]
"""By the key of a thing, or by year, then by number: what entries add up to."""


def added(kind: NatureEntiere) -> list[Mesure]:
    """The measures of a register whose values add up, choices apart."""
    return [one for one in kind.mesures if one.united is Cumulation.SOMME and not one.choix]


def totals_of(things: QuerySet[Any], year: int | None = None) -> Totaux:
    """What the entries that count of some things (their keys) add up to, in a year or ever; one query."""
    rows = _counted().filter(entree__objet__in=things)
    found: Totaux = defaultdict(dict)
    for key, *number, total in _summed(rows.filter(entree__fin__year=year) if year else rows, "entree__objet"):
        found[key][number[0], number[1]] = exact(total)
    return found


def by_year(objet: Objet) -> Totaux:
    """The same of one thing, by year; one query."""
    found: Totaux = defaultdict(dict)
    for year, *number, total in _summed(_counted().filter(entree__objet=objet), "entree__fin__year"):
        found[year][number[0], number[1]] = exact(total)
    return dict(sorted(found.items()))


def _counted() -> QuerySet[Valeur]:
    return Valeur.objects.filter(entree__statut=Statut.TENUE, entree__confiance=Confiance.RETENUE).order_by()


def _summed(rows: QuerySet[Valeur], by: str) -> Iterable[tuple[Any, ...]]:
    return rows.values_list(by, "mesure", "modalite").annotate(Sum("valeur"))


def sums(kind: NatureEntiere, totaux: Totaux) -> list[str]:
    """What a whole register adds up to, in words: « Promis : 40 places », « Aide de l’année : 10 675 euros »."""
    found = []
    for mesure in added(kind):
        values = [one[mesure.code, ""] for one in totaux.values() if (mesure.code, "") in one]
        if values:
            found.append(f"{mesure.libelle} : {_said(mesure, sum(values, Decimal(0)))}")
    return found


def _said(mesure: Mesure, total: Decimal) -> str:
    """A total with its unit, once: « Demandes : 12 », not « Demandes : 12 demandes »."""
    return told(total) if mesure.unite in mesure.libelle.lower() else with_unit(mesure, total)
