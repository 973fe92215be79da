"""Shares of a population by classes of age, as a list prints them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.regles.chiffres.commun import lists_of

BETWEEN = re.compile(r"(\d{1,2})\s*(?:-|–|à)\s*(\d{1,2}) ans")
BEYOND = re.compile(r"(?:plus de|et plus de) (\d{2}) ans|(\d{2}) ans et plus")
OLDEST = 150
FEWEST = 3
"""From how many classes on a list is a partition."""
ROUNDING = Decimal("0.3")
"""How far from a hundred a few rounded shares may fall."""

Classe = tuple[int, int, Donnee]
"""The first age of a class, its last, and the figure."""


def classes_of_ages(contrat: ContratDeVille) -> Iterator[list[Classe]]:
    """The classes of each population that a list cuts in three or more, the youngest first."""
    for figures in lists_of(contrat):
        by_population: dict[tuple[str, str, str], list[Classe]] = {}
        for donnee in figures:
            if ages := _ages(donnee.libelle):
                rest = BEYOND.sub("", BETWEEN.sub("", donnee.libelle))
                key = (" ".join(rest.split()), donnee.unite or "", donnee.perimetre or "")
                by_population.setdefault(key, []).append((*ages, donnee))
        for classes in by_population.values():
            if len(classes) >= FEWEST:
                yield sorted(classes, key=lambda one: one[:2])


def _ages(libelle: str) -> tuple[int, int] | None:
    if found := BETWEEN.search(libelle):
        return int(found[1]), int(found[2])
    if found := BEYOND.search(libelle):
        return int(found[1] or found[2]), OLDEST
    return None
