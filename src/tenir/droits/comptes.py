"""What was counted in a year, right by right: whole for the team, masked under five for whoever else reads it.

A number under five of a right is told « moins de 5 »; a body reads its own whole. No total is shown beside masked
numbers, so that none is found by taking away.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tenir.core.typographie import nombre
from tenir.droits.catalogue import Offre
from tenir.droits.enums import ACCUEIL, Suite
from tenir.droits.models import CompteDeDroit
from tenir.habilitations.models import EspaceDeContrat

FEW = 5
"""Under it, a number could tell who came."""
MASQUE = "moins de 5"


@dataclass(frozen=True, slots=True)
class Ligne:
    """A right, then how many for each suite; nothing where nobody counted."""

    code: str
    libelle: str
    nombres: Sequence[int]


def years(espace: EspaceDeContrat) -> list[int]:
    """The years in which something was counted, the latest first."""
    return sorted({one.year for one in CompteDeDroit.objects.filter(espace=espace).dates("mois", "year")}, reverse=True)


def table(espace: EspaceDeContrat, annee: int, offres: Sequence[Offre], mine: set[str] | None) -> list[Ligne]:
    """The rights of a year that someone was pointed to, the most pointed to first; `mine`: of these bodies alone."""
    rows = CompteDeDroit.objects.filter(espace=espace, mois__year=annee)
    rows = rows if mine is None else rows.filter(organisme__identifiant__in=mine)
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for droit, suite, many in rows.values_list("droit", "suite", "nombre"):
        found[droit][suite] += many
    names = {one.droit.code: one.droit.libelle for one in offres}
    lines = [
        Ligne(code, names.get(code, code), [held[one] for one in Suite])
        for code, held in found.items()
        if code != ACCUEIL
    ]
    return sorted(lines, key=lambda one: (-one.nombres[0], one.libelle))


def received(espace: EspaceDeContrat, annee: int, mine: set[str] | None) -> int:
    """How many were received in a year."""
    rows = CompteDeDroit.objects.filter(espace=espace, mois__year=annee, droit=ACCUEIL)
    rows = rows if mine is None else rows.filter(organisme__identifiant__in=mine)
    return sum(rows.values_list("nombre", flat=True))


def told(many: int, *, whole: bool) -> str:
    """A number as its reader may read it."""
    return MASQUE if not whole and 0 < many < FEW else nombre(many)
