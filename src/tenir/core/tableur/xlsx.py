"""The sheets of an XLSX: what its cells show, what it merges and hides."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tenir.core.tableur.affichage import shown
from tenir.core.tableur.tableau import (
    COLONNES,
    EPOQUE,
    FORMULE,
    Tableau,
    column_name,
    column_rank,
    held,
)
from tenir.fichier.mots import comparable

EPOQUE_1904 = date(1904, 1, 1)


@dataclass(slots=True)
class Mise:
    """How a sheet is laid out: ranges merged over several rows, rows and columns that it hides."""

    fusions: list[tuple[int, int, int]] = field(default_factory=list)
    """Column, first row, last row, counted from 0."""
    lignes: set[int] = field(default_factory=set)
    colonnes: set[int] = field(default_factory=set)


def sheets(content: bytes, most: int, wanted: set[str] | None = None) -> tuple[list[Tableau], list[str]]:
    """The sheets wanted (all of them, unless said), and the names of the others. Nothing empty."""
    book = _workbook(content)
    formulas = _formulas(content)
    taken = [one for one in book.worksheets if wanted is None or comparable(one.title) in wanted]
    tables = [_sheet(book, one, formulas, content, most) for one in taken]
    names = [one.title for one in book.worksheets if one not in taken]
    return [one for one in tables if one.lignes], names


def _sheet(book: Any, sheet: Any, formulas: Any, content: bytes, most: int) -> Tableau:
    sheet.reset_dimensions()  # what a program wrote of them may be wrong
    mise = _layout(content, sheet)
    lignes = held(_rows(sheet, formulas, most), most)
    filled = fill(lignes, mise)
    epoque = EPOQUE_1904 if book.epoch.year == EPOQUE_1904.year else EPOQUE
    hidden = frozenset(row for row in mise.lignes if row < len(lignes) and any(lignes[row]))
    told = (*filled, *told_hidden(lignes, mise))
    return Tableau(sheet.title, lignes, told, sheet.sheet_state != "visible", epoque, hidden)


def _rows(sheet: Any, formulas: Any, most: int) -> Iterator[list[str]]:
    limits = {"max_row": most + 2, "max_col": COLONNES + 1}
    rows = ([_text(cell) for cell in row] for row in sheet.iter_rows(**limits))
    if formulas is None:
        return rows
    typed = formulas[sheet.title]
    typed.reset_dimensions()
    return (_resolved(texts, cells) for texts, cells in zip(rows, typed.iter_rows(**limits), strict=False))


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return shown(value, cell.number_format or "")


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How an XLSX writes a character that XML does not hold, and any text that looks so."""


def _formulas(content: bytes) -> Any:
    """The same workbook with its formulas in place of their results; nothing when it has none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(re.search(rb"<(?:\w+:)?f[ >/]", archive.read(name)) for name in names):
            return None
    return _workbook(content, results=False)


def _workbook(content: bytes, *, results: bool = True) -> Any:
    """A workbook opened to be read, with the results of its formulas, or the formulas."""
    from openpyxl import load_workbook  # half a second, that only who reads a workbook spends

    return load_workbook(io.BytesIO(content), read_only=True, data_only=results, keep_links=False)


def _resolved(texts: list[str], cells: Iterable[Any]) -> list[str]:
    """The cells of a row; a formula whose result was not kept says so, it does not pass for an empty cell."""
    typed = (getattr(cell, "data_type", "") == "f" for cell in cells)
    return [FORMULE if formula and not text else text for text, formula in zip(texts, typed, strict=False)]


_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')


def _layout(content: bytes, sheet: Any) -> Mise:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read(sheet._worksheet_path)
    mise = Mise()
    for letters, first, last in _MERGE.findall(part):
        if last != first:
            mise.fusions.append((column_rank(letters.decode()), int(first) - 1, int(last) - 1))
    for mark in _HIDDEN_ROW.findall(part):
        if _HIDDEN.search(mark) and (number := re.search(rb'\br="(\d{1,7})"', mark)):
            mise.lignes.add(int(number[1]) - 1)
    for mark in _HIDDEN_COLUMN.findall(part):
        if _HIDDEN.search(mark) and (ends := re.search(rb'\bmin="(\d{1,5})".*?\bmax="(\d{1,5})"', mark)):
            mise.colonnes |= set(range(int(ends[1]) - 1, min(int(ends[2]), COLONNES)))
    return mise


def fill(lignes: list[list[str]], mise: Mise) -> list[str]:
    """Give each row what a cell merged over it says; return the remark to make of it."""
    places = []
    for column, first, last in mise.fusions:
        last = min(last, len(lignes) - 1)
        text = _at(lignes, first, column)
        empty = [
            row for row in range(first + 1, last + 1) if text and any(lignes[row]) and not _at(lignes, row, column)
        ]
        for row in empty:
            lignes[row] += [""] * (column + 1 - len(lignes[row]))
            lignes[row][column] = text
        if empty:
            places.append(f"{column_name(column)}{first + 1} à {column_name(column)}{last + 1}")
    if not places:
        return []
    return [f"Cellules fusionnées : ce qu’elles disent vaut pour chacune de leurs lignes ({_few(places)})."]


def _at(lignes: list[list[str]], row: int, column: int) -> str:
    return lignes[row][column] if 0 <= row < len(lignes) and column < len(lignes[row]) else ""


def told_hidden(lignes: list[list[str]], mise: Mise) -> Iterator[str]:
    """What the spreadsheet hides, and that is read all the same."""
    rows = [str(row + 1) for row in sorted(mise.lignes) if row < len(lignes) and any(lignes[row])]
    used = {column for row in lignes for column, cell in enumerate(row) if cell}
    columns = [column_name(column) for column in sorted(mise.colonnes & used)]
    if rows:
        yield f"Lignes masquées dans le tableur, lues comme les autres : {_few(rows)}."
    if columns:
        yield f"Colonnes masquées dans le tableur, lues comme les autres : {_few(columns)}."


FEW = 12


def _few(places: list[str]) -> str:
    more = f" et {len(places) - FEW} autres" if len(places) > FEW else ""
    return ", ".join(places[:FEW]) + more
