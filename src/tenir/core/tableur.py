"""Tables that come in: pasted from a spreadsheet, or a CSV or XLSX file. Cells are text; nothing is ever computed."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import load_workbook

OCTETS = 2 * 1024 * 1024
DEPLIE = 40 * 1024 * 1024
"""The most that the parts of an XLSX may hold once unfolded, in bytes."""
LIGNES = 2_000
COLONNES = 60
CELLULE = 2_000
"""The most characters that a cell keeps."""


class TableauIllisible(Exception):
    """The table cannot be read; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Tableau:
    """A sheet: its name (empty when pasted) and its rows of text, as many cells in each as it has."""

    feuille: str
    lignes: list[list[str]]

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


def pasted(text: str) -> Tableau:
    """What a spreadsheet puts in the clipboard: cells parted by tabs; or a CSV with semicolons or commas.

    Raises:
        TableauIllisible: empty, or too long.
    """
    return _checked("", _rows_of_text(text))


def read_file(name: str, content: bytes) -> Tableau:
    """The first sheet of an XLSX file, or a CSV in UTF-8 or Windows-1252. The content says what it is.

    Raises:
        TableauIllisible: neither, damaged, empty, or too big.
    """
    if len(content) > OCTETS:
        raise TableauIllisible("Ce fichier dépasse 2 Mo : gardez la seule feuille utile, ou collez les lignes.")
    if content.startswith(b"PK"):
        return _read_xlsx(content)
    if b"\0" in content or content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        raise TableauIllisible("Ce fichier n’est ni un classeur .xlsx ni un CSV : enregistrez-le dans l’un des deux.")
    return _checked("", _rows_of_text(_decoded(content)))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows_of_text(text: str) -> Iterator[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max("\t;,", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=mark)
    except csv.Error as error:
        raise TableauIllisible(
            "Ce tableau ne se lit pas : un guillemet y reste ouvert, ou une cellule est trop longue."
        ) from error


def _read_xlsx(content: bytes) -> Tableau:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > DEPLIE:
                raise TableauIllisible("Ce classeur se déplie en un volume démesuré : il a été refusé.")
            if "xl/workbook.xml" not in archive.namelist():
                raise TableauIllisible("Ce fichier n’est pas un classeur .xlsx : enregistrez-le dans ce format.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=LIGNES + 2, max_col=COLONNES, values_only=True)
        return _checked(sheet.title, ([_text(cell) for cell in row] for row in rows))
    except TableauIllisible:
        raise
    except Exception as error:
        raise TableauIllisible("Ce classeur est abîmé : il ne s’ouvre pas. Enregistrez-le de nouveau.") from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _checked(feuille: str, rows: Iterable[list[str]]) -> Tableau:
    lignes: list[list[str]] = []
    for row in rows:
        if len(lignes) > LIGNES:
            raise TableauIllisible(f"Ce tableau dépasse {LIGNES} lignes : coupez-le en plusieurs.")
        lignes.append([_clean(cell) for cell in row[:COLONNES]])
    while lignes and not any(lignes[-1]):
        lignes.pop()
    if not lignes:
        raise TableauIllisible("Ce tableau est vide.")
    return Tableau(feuille, lignes)


def _clean(cell: str) -> str:
    """A cell without control characters nor blanks around, on one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in cell).split())[:CELLULE]
