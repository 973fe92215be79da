"""What a printed evolution says, and the two numbers it comes from."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tenir.fichier.modeles import Donnee
from tenir.regles.chiffres.commun import EVOLUTION, sujet

BETWEEN = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})")
TOLERANCE = Decimal("0.5")
"""In points: what rounding explains."""


def ends(donnee: Donnee, figures: Sequence[Donnee]) -> Iterator[tuple[Donnee, Donnee]]:
    """The numbers at both ends of an evolution in per cent, when there is one and only one for each year."""
    years = BETWEEN.fullmatch(donnee.periode or "")
    if not years or donnee.unite != "%" or donnee.valeur is None or not EVOLUTION.search(donnee.libelle):
        return
    firsts, lasts = (_of_year(figures, donnee, year) for year in years.groups())
    for unit, first in firsts.items():
        if first and (last := lasts.get(unit)) and _speak_of(donnee, first, last):
            yield first, last


def _of_year(figures: Sequence[Donnee], of: Donnee, year: str) -> dict[str, Donnee | None]:
    """The number of each unit for a year on the same territory; none where two are: which is meant?"""
    found: dict[str, Donnee | None] = {}
    for one in _numbers(figures):
        if one.periode == year and one.perimetre == of.perimetre and one.unite:
            found[one.unite] = None if one.unite in found else one
    return found


def _numbers(figures: Sequence[Donnee]) -> list[Donnee]:
    return [one for one in figures if one.valeur and one.unite not in ("%", "points", None)]


def _speak_of(donnee: Donnee, first: Donnee, last: Donnee) -> bool:
    """Whether the evolution is that of these numbers: it names them, or it counts people as they do."""
    told = sujet(donnee) | ({"habitant"} if "population" in sujet(donnee) else set())
    return bool(told & (sujet(first) | sujet(last)))


def evolution(first: Donnee, last: Donnee) -> Decimal:
    """The evolution from one number to another, in per cent."""
    before, after = first.valeur or Decimal(1), last.valeur or Decimal()
    return (after - before) / before * 100


def agrees(donnee: Donnee, real: Decimal) -> bool:
    """Whether an evolution is printed as it is, whichever its sign: « baisse de 10 % » prints none."""
    return abs(abs(real) - abs(donnee.valeur or Decimal())) <= TOLERANCE


def has_base(donnee: Donnee, figures: Sequence[Donnee]) -> bool:
    """Whether a list gives a number of what evolves."""
    return (
        any(sujet(one) & sujet(donnee) or _beside(one, donnee) for one in _numbers(figures))
        or any(_beside(one, donnee) and one.unite == "%" for one in figures)
        or any(True for _ in ends(donnee, figures))
    )


def _beside(one: Donnee, donnee: Donnee) -> bool:
    """Whether another figure is printed on the lines of an evolution: the sentence may say from what it started."""
    here = {line for plage in donnee.source for line in plage.lignes}
    return one is not donnee and any(line in here for plage in one.source for line in plage.lignes)
