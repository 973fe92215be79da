"""What is read of a table: its rows of text, and what a person must know of how they were read."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from tenir.core.exports import unprotected

LIGNES = 2_000
LIGNES_DES_FEUILLES = 5_000
"""The same where several sheets come in: as much as the hidden one of a large contract holds."""
COLONNES = 150
"""The most columns: the address book of a mail program has about a hundred."""
FORMULE = "#FORMULE!"
"""What a cell reads when it holds a formula without its result."""
ERREURS = re.compile(r"#(?:N/A|REF!|VALUE!|VALEUR!|DIV/0!|NAME\?|NOM\?|NUM!|NOMBRE!|NULL!|NUL!|FORMULE!)")
"""What a spreadsheet writes in a cell that it cannot compute."""
EPOQUE = date(1899, 12, 30)
"""The day that spreadsheets count from, unless the workbook is of the 1904 system."""


class TableauIllisible(Exception):
    """The table cannot be read; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Tableau:
    """A sheet: its name (empty when it has none), its rows of text, as many cells in each as it has.

    `remarques`: how it was read, in French sentences, wherever someone could have expected otherwise.
    """

    feuille: str
    lignes: list[list[str]]
    remarques: tuple[str, ...] = ()
    masquee: bool = False
    epoque: date = EPOQUE
    masquees: frozenset[int] = field(default=frozenset())
    """The rows that the spreadsheet hides, counted from 0: they are read like the others."""

    def place(self, row: int, column: int) -> str:
        """Where a cell is, counted from 0, as a person finds it: « feuille « Contacts », cellule C4 »."""
        cell = f"cellule {column_name(column)}{row + 1}"
        return f"feuille « {self.feuille} », {cell}" if self.feuille else cell


def column_name(column: int) -> str:
    """The letters of a column counted from 0: A, …, Z, AA."""
    letters = ""
    rest = column + 1
    while rest:
        rest, rank = divmod(rest - 1, 26)
        letters = chr(ord("A") + rank) + letters
    return letters


def column_rank(letters: str) -> int:
    """The column of these letters, counted from 0."""
    rank = 0
    for letter in letters:
        rank = rank * 26 + ord(letter) - ord("A") + 1
    return rank - 1


def comparable_cell(cell: str) -> str:
    """The text of a cell: blanks around and what does not show gone, its line breaks kept."""
    if cell.isascii() and cell.isprintable():
        return " ".join(cell.split())
    lines = re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", cell)
    return "\n".join(" ".join(_shown(line).split()) for line in lines).strip()


def one_line(cell: str) -> str:
    """The text of a cell that holds a name or a number, not a paragraph."""
    return " ".join(cell.split())


def _shown(text: str) -> str:
    """Marks of direction and hyphens that do not show are dropped; other control characters part words."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _JOINERS else _instead(c) for c in text)


_JOINERS = "\u200c\u200d"
"""They change how letters and emojis beside them are drawn."""


def _instead(character: str) -> str:
    return "" if unicodedata.category(character) == "Cf" else " "


def held(rows: Iterable[list[str]], most: int) -> list[list[str]]:
    """The rows as they are kept: cells without the blanks around nor the apostrophe that protected them, no empty end.

    Raises:
        TableauIllisible: too many rows, or too many columns.
    """
    lignes: list[list[str]] = []
    for row in rows:
        cells = [comparable_cell(unprotected(cell.lstrip(" "))) if cell else "" for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > COLONNES:
            raise TableauIllisible(f"Ce tableau dépasse {COLONNES} colonnes : gardez les seules colonnes utiles.")
        lignes.append(cells)
        if len(lignes) > most + 1 and any(cells):
            raise TableauIllisible(f"Ce tableau dépasse {most} lignes : coupez-le en plusieurs.")
    while lignes and not lignes[-1]:
        lignes.pop()
    return lignes
