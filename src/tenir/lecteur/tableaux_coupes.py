"""The tables that the end of a page cuts, made whole: the rows of the next page go on with those of the one before."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from tenir.lecteur.document import LigneLue


def recousus(lignes: Iterable[LigneLue]) -> list[LigneLue]:
    """The lines of a document, each table that goes on over a page under one number."""
    tables = _tables(lignes)
    moved: dict[int, tuple[int, int]] = {}  # the number it goes on with, and the rows to add
    for (number, above), (next_number, below) in pairwise(tables.items()):
        if not _goes_on(above, below):
            continue
        target, shift = moved.get(number, (number, 0))
        last = max(ligne.tableau[1] for ligne in above if ligne.tableau) + shift
        moved[next_number] = (target, last - (1 if _carries_a_row_on(above, below) else 0))
    return [_renumbered(ligne, moved) for ligne in lignes]


def _tables(lignes: Iterable[LigneLue]) -> dict[int, list[LigneLue]]:
    found: dict[int, list[LigneLue]] = {}
    for ligne in lignes:
        if ligne.tableau is not None:
            found.setdefault(ligne.tableau[0], []).append(ligne)
    return found


def _goes_on(above: list[LigneLue], below: list[LigneLue]) -> bool:
    """Whether a table opens the page right after another that ends one, within its columns."""
    touching = below[0].numero == above[-1].numero + 1 and below[0].page == (above[-1].page or 0) + 1
    wide = len(_columns(above)) > PAIRE
    return touching and _columns(below) <= _columns(above) and (wide or _opens_inside(above, below))


PAIRE = 2  # columns of a name and of what is said of it


def _opens_inside(above: list[LigneLue], below: list[LigneLue]) -> bool:
    """Whether a page opens with the second cell of a row of two: its name is on the page before."""
    first = [ligne for ligne in below if ligne.tableau and below[0].tableau and ligne.tableau[1] == below[0].tableau[1]]
    return len(_columns(above)) == PAIRE and min(_columns(first)) > 1


def _columns(lignes: list[LigneLue]) -> set[int]:
    return {ligne.tableau[2] for ligne in lignes if ligne.tableau}


def _carries_a_row_on(above: list[LigneLue], below: list[LigneLue]) -> bool:
    """Whether the first row of a page is the rest of the last one: it opens with no capital, or with no name."""
    return below[0].texte.strip()[:1].islower() or _opens_inside(above, below)


def _renumbered(ligne: LigneLue, moved: dict[int, tuple[int, int]]) -> LigneLue:
    if ligne.tableau is None or ligne.tableau[0] not in moved:
        return ligne
    number, row, column = ligne.tableau
    target, shift = moved[number]
    return replace(ligne, tableau=(target, row + shift, column))
