"""Tables of numbers as documents print them: columns held by spaces on one line, or one cell per line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.source import Plage
from tenir.regles.memoire import lu_une_fois

_CELL = re.compile(
    r"-?\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d+)?\s?(?:k?€|M€|euros)?|-?\d+(?:,\d+)?\s?(?:%|k?€|M€|euros)?"
    r"|[–—-]"
)
_RIEN = frozenset("–—-")
"""How a cell says that there is nothing."""
_COLUMNS = re.compile(r"\s{2,}|\t+|\s*\|\s*")
_FEWEST = 2
"""How many rows a table has, at least, and how many columns of numbers."""


@dataclass(frozen=True, slots=True)
class Rangee:
    """A row: its label, its cells as printed, its lines."""

    libelle: str
    cases: tuple[str, ...]
    source: tuple[Plage, ...]

    @property
    def valeurs(self) -> tuple[Decimal, ...]:
        """Its numbers; a dash is nought."""
        return tuple(
            Decimal(re.sub(r"[^\d,-]", "", cell).replace(",", ".")) if cell not in _RIEN else Decimal()
            for cell in self.cases
        )

    @property
    def chiffree(self) -> bool:
        """Whether it prints a number at all."""
        return not set(self.cases) <= _RIEN


@dataclass(frozen=True, slots=True)
class Tableau:
    """Rows with as many numbers each, and the heads of these columns, none when they were not made out."""

    tetes: tuple[str, ...]
    rangees: tuple[Rangee, ...]
    vides: tuple[Rangee, ...] = ()
    """Rows whose cells are all blank."""


@lu_une_fois
def tableaux(document: DocumentNormalise) -> tuple[Tableau, ...]:
    """Every table of numbers of a document."""
    found = (*_aligned(document), *_by_cell(document))
    return tuple(one for one in found if sum(row.chiffree for row in one.rangees) >= _FEWEST)


def _aligned(document: DocumentNormalise) -> Iterator[Tableau]:
    """Tables whose rows are lines, cells apart by two spaces or more."""
    held: list[Rangee] = []
    heads: tuple[str, ...] = ()
    for number, line in enumerate((*document.lignes, ""), start=1):
        cells = [cell for cell in _COLUMNS.split(line.strip()) if cell]
        row = _row(cells, number)
        if row and (not held or len(row.cases) == len(held[0].cases)):
            held.append(row)
            continue
        if len(held) >= _FEWEST:
            yield Tableau(heads[-len(held[0].cases) :] if len(heads) >= len(held[0].cases) else (), tuple(held))
        held = [row] if row else []
        heads = tuple(cells) if cells and not row else () if not row else heads


def _row(cells: list[str], number: int) -> Rangee | None:
    numbers = len(cells) > _FEWEST and all(_CELL.fullmatch(cell) for cell in cells[1:])
    if not numbers or _CELL.fullmatch(cells[0]):
        return None
    return Rangee(cells[0], tuple(cells[1:]), (Plage(number, number),))


def _by_cell(document: DocumentNormalise) -> Iterator[Tableau]:
    """Tables whose cells are lines: a label, then as many numbers as in the row above."""
    lines = [line.strip() for line in document.lignes]
    number = 0
    while number < len(lines):
        rows = list(_rows(document, lines, number))
        if len(rows) < _FEWEST or not rows[0].chiffree:
            number += 1
            continue
        width = len(rows[0].cases)
        yield Tableau(_heads(lines, number, width), tuple(rows), tuple(_blank(lines, rows)))
        number = rows[-1].source[-1].fin


def _blank(lines: list[str], rows: list[Rangee]) -> Iterator[Rangee]:
    """The rows left blank between two rows of a table."""
    for before, after in pairwise(rows):
        at = before.source[-1].fin
        if after.source[0].debut > at + 1:
            yield Rangee(lines[at], (), (Plage(at + 1, at + 1),))


def _rows(document: DocumentNormalise, lines: list[str], start: int) -> Iterator[Rangee]:
    width = _numbers(lines, start + 1)
    while width >= _FEWEST and start < len(lines) and _is_label(lines[start]) and _numbers(lines, start + 1) == width:
        end = start + width + 1
        yield Rangee(lines[start], tuple(lines[start + 1 : end]), (Plage(start + 1, end),))
        start = end + width + 1 if _is_blank(lines, end, width) else end


def _is_blank(lines: list[str], start: int, width: int) -> bool:
    """Whether a label and as many blank cells stand between two rows."""
    after = start + width + 1
    row = lines[start + 1 : after]
    return after < len(lines) and _is_label(lines[start]) and not any(row) and _numbers(lines, after + 1) == width


def _numbers(lines: list[str], start: int) -> int:
    """How many lines from one on are cells of numbers."""
    end = start
    while end < len(lines) and _CELL.fullmatch(lines[end]):
        end += 1
    return end - start


def _is_label(line: str) -> bool:
    return bool(line) and not _CELL.fullmatch(line)


def _heads(lines: list[str], start: int, width: int) -> tuple[str, ...]:
    heads = lines[max(start - width, 0) : start]
    return tuple(heads) if len(heads) == width and all(_is_label(one) for one in heads) else ()
