"""Shares of a population by classes of age, as a list prints them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.regles.chiffres.commun import lists_of

BETWEEN = re.compile(r"(\d{1,2})\s*(?:ans\s*)?(?:-|–|/|à|et)\s*(\d{1,2}) ans")
BEYOND = re.compile(r"[Pp]lus de (\d{2}) ans|(\d{2}) ans (?:et|ou) (?:plus|\+)|(\d{2}) ans\s?\+")
BELOW = re.compile(r"[Mm]oins de (\d{1,2}) ans")
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
        by_population: dict[tuple[str, str, str], list[list[Classe]]] = {}
        for donnee in figures:
            if ages := _ages(donnee.libelle):
                key = (" ".join(ageless(donnee.libelle).split()), donnee.unite or "", donnee.perimetre or "")
                _place((*ages, donnee), by_population.setdefault(key, []))
        for lists in by_population.values():
            yield from (classes for classes in lists if len(classes) >= FEWEST)


def _place(found: Classe, lists: list[list[Classe]]) -> None:
    """Put a class after the younger ones of its list; a younger class than the last one begins another list."""
    if lists and lists[-1][-1][:2] < found[:2]:
        lists[-1].append(found)
    else:
        lists.append([found])


def ageless(libelle: str) -> str:
    """A label without its class of age."""
    for motif in (BETWEEN, BEYOND, BELOW):
        libelle = motif.sub("", libelle)
    return libelle


def _ages(libelle: str) -> tuple[int, int] | None:
    if found := BETWEEN.search(libelle):
        return int(found[1]), int(found[2])
    if found := BEYOND.search(libelle):
        return int(found[1] or found[2] or found[3]), OLDEST
    if found := BELOW.search(libelle):
        return 0, int(found[1]) - 1
    return None


def cover(classes: list[Classe]) -> bool:
    """Whether the classes go from birth to the oldest, each beginning as the one before ends."""
    follow = all(after[0] in (before[1], before[1] + 1) for before, after in pairwise(classes))
    return follow and classes[0][0] == 0 and classes[-1][1] == OLDEST
