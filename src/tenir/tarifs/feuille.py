"""The sheet of attendance that travels: a row for each tranche and year; how its cells are read."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tenir.core.nombres import NombreIllisible, parse_nombre
from tenir.core.tableur.colonnes import Colonne
from tenir.core.typographie import NBSP, NNBSP
from tenir.tarifs.lecture import of_year
from tenir.tarifs.lignes import bounds
from tenir.tarifs.models import ANNEES, UNITES_MAX, Frequentation, GrilleTarifaire

ANNEE, TRANCHE, UNITES, USAGERS, SOURCE = "annee", "tranche", "unites", "usagers", "source"
COLONNES = (
    Colonne(ANNEE, ("année",), "scolaire civile"),
    Colonne(TRANCHE, ("tranche", "tarif", "catégorie"), "de quotient familial"),
    Colonne(UNITES, ("unités", "repas", "séances", "entrées", "journées", "demi-journées", "mois", "inscriptions"),
            "nombre de"),
    Colonne(USAGERS, ("usagers", "usagers différents", "familles"), "nombre d’ de différents différentes"),
    Colonne(SOURCE, ("source",), "de la des nombres"),
)  # fmt: skip
REQUIRED = {ANNEE: "« Année »", TRANCHE: "« Tranche »", UNITES: "« Unités »", SOURCE: "« Source »"}
TITRES = ("Année", "Tranche", "Unités", "Usagers différents", "Source")


class Refusee(Exception):
    """A cell that is not taken: its column, and the end of a French sentence."""

    def __init__(self, cle: str, raison: str) -> None:
        super().__init__(raison)
        self.cle, self.raison = cle, raison


def rows_of(
    grilles: list[GrilleTarifaire], years: Iterable[int], said: Mapping[tuple[int, int], Frequentation]
) -> Iterator[list[Any]]:
    """The sheet to fill, headings first, by the last grid of each year; `said`: what is known, by tranche and year."""
    yield list(TITRES)
    for annee in years:
        applied = of_year(grilles, annee)
        for one, borne in bounds(applied[0].tranches.all()) if applied else []:
            row = said.get((one.pk, annee))
            counts = [row.unites, row.usagers, row.source] if row else [None, None, ""]
            yield [annee, str(borne), *counts]


def same(text: str) -> str:
    """The words of a tranche as they are compared: spaces and capitals do not count."""
    return " ".join(text.replace(NBSP, " ").replace(NNBSP, " ").split()).casefold()


def read_year(cell: str) -> int:
    """A year.

    Raises:
        Refusee: it is none.
    """
    bare = "".join(cell.split())
    if not (bare.isdecimal() and len(bare) == 4 and ANNEES[0] <= int(bare) <= ANNEES[1]):
        raise Refusee(ANNEE, f"« {cell} » n’est pas une année : écrivez 2025." if cell else "l’année manque.")
    return int(bare)


def read_count(cle: str, cell: str) -> int | None:
    """A count; none where the cell is empty.

    Raises:
        Refusee: it is none, has parts, or is huge.
    """
    if not cell:
        return None
    try:
        found = parse_nombre(cell)
    except NombreIllisible as error:
        raise Refusee(cle, str(error)) from error
    if found < 0 or found != int(found):
        raise Refusee(cle, f"« {cell} » n’est pas un nombre entier.")
    if found >= UNITES_MAX:
        raise Refusee(cle, f"« {cell} » est trop grand : vérifiez-le.")
    return int(found)
