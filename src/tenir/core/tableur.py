"""Tables that come in: pasted from a spreadsheet, or a CSV or XLSX file. Cells are text; nothing is ever computed."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

Lu = TypeVar("Lu")
OCTETS = 2 * 1024 * 1024
DEPLIE = 40 * 1024 * 1024
"""The most that the parts of an XLSX may hold once unfolded, in bytes."""
BALISES = 400_000
"""The most marks (« < ») that the parts of an XLSX may hold: they, not bytes, are what reading one costs."""
BALISES_DES_FEUILLES = 2_000_000
"""The same where several sheets come in."""
LONG = 100_000
"""From how many marks an XLSX takes about a second to read: a work then does it."""
LIGNES = 2_000
LIGNES_DES_FEUILLES = 5_000
"""The same where several sheets come in: as much as the hidden one of a large contract holds."""
COLONNES = 60
CELLULE = 2_000
"""The most characters that a cell keeps."""
CELLULE_LONGUE = 8_000
"""The same where whole texts come in: past what any field holds, so that none is cut in silence, but refused."""
FORMULE = "#FORMULE!"
"""What a cell reads when it holds a formula without its result."""
ERREURS = re.compile(r"#(?:N/A|REF!|VALUE!|VALEUR!|DIV/0!|NAME\?|NOM\?|NUM!|NOMBRE!|NULL!|NUL!|FORMULE!)")
"""What a spreadsheet writes in a cell that it cannot compute."""


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


def read_sheets(name: str, content: bytes, wanted: Iterable[str]) -> tuple[list[Tableau], list[str]]:
    """The sheets of an XLSX that have one of the names wanted, hidden or not, and the names of those left out.

    Line breaks are kept in cells. A CSV is one sheet without a name. Empty sheets are left out.

    Raises:
        TableauIllisible: neither, damaged, or too big; or none of the sheets is there.
    """
    if len(content) <= OCTETS and content.startswith(b"PK"):
        return _opened(content, lambda: _named_sheets(content, set(wanted)), BALISES_DES_FEUILLES)
    table = read_file(name, content)
    rows = _rows_of_text(_decoded(content))
    return [Tableau("", _held(rows, comparable_cell, CELLULE_LONGUE, LIGNES_DES_FEUILLES))] if table.lignes else [], []


def is_long(content: bytes) -> bool:
    """Whether `read_sheets` takes about a second, or more.

    Raises:
        TableauIllisible: it would be refused unread.
    """
    if len(content) > OCTETS or not content.startswith(b"PK"):
        return False
    return _opened(content, lambda: _marks(content, BALISES_DES_FEUILLES) > LONG, BALISES_DES_FEUILLES)


def comparable_cell(cell: str) -> str:
    """The text of a cell: blanks around and control characters gone, its line breaks kept."""
    lines = re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", cell)
    return "\n".join(" ".join(_printable(line).split()) for line in lines).strip()


def _named_sheets(content: bytes, wanted: set[str]) -> tuple[list[Tableau], list[str]]:
    book = _workbook(content)
    formulas = _formulas(content)
    found: list[Tableau] = []
    for sheet in book.worksheets:
        if sheet.title in wanted and (lignes := _sheet_rows(sheet, formulas)):
            found.append(Tableau(sheet.title, lignes))
    return found, [sheet.title for sheet in book.worksheets if sheet.title not in wanted]


def _sheet_rows(sheet: Any, formulas: Any) -> list[list[str]]:
    """The cells of a sheet; a formula whose result was not kept says so, it does not pass for an empty cell."""
    limits = {"max_row": LIGNES_DES_FEUILLES + 2, "max_col": COLONNES, "values_only": True}
    rows = ([_text(cell) for cell in row] for row in sheet.iter_rows(**limits))
    if formulas is None:
        return _held(rows, comparable_cell, CELLULE_LONGUE, LIGNES_DES_FEUILLES)
    typed = formulas[sheet.title].iter_rows(max_row=LIGNES_DES_FEUILLES + 2, max_col=COLONNES)
    seen = (_resolved(texts, cells) for texts, cells in zip(rows, typed, strict=False))
    return _held(seen, comparable_cell, CELLULE_LONGUE, LIGNES_DES_FEUILLES)


def _formulas(content: bytes) -> Any:
    """The same workbook with its formulas in place of their results; nothing when it has none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(re.search(rb"<(?:\w+:)?f[ >/]", archive.read(name)) for name in sheets):
            return None
    return _workbook(content, results=False)


def _workbook(content: bytes, *, results: bool = True) -> Any:
    """A workbook opened to be read, with the results of its formulas, or the formulas."""
    from openpyxl import load_workbook  # half a second, that only who reads a workbook spends

    return load_workbook(io.BytesIO(content), read_only=True, data_only=results, keep_links=False)


def _resolved(texts: list[str], cells: Iterable[Any]) -> list[str]:
    typed = (getattr(cell, "data_type", "") == "f" for cell in cells)
    return [FORMULE if formula and not text else text for text, formula in zip(texts, typed, strict=False)]


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
    def first_sheet() -> Tableau:
        book = _workbook(content)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=LIGNES + 2, max_col=COLONNES, values_only=True)
        return _checked(sheet.title, ([_text(cell) for cell in row] for row in rows))

    return _opened(content, first_sheet, BALISES)


def _opened(content: bytes, read: Callable[[], Lu], most: int) -> Lu:
    """What is read of an XLSX, once it is known not to unfold beyond measure."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > DEPLIE:
                raise TableauIllisible("Ce classeur se déplie en un volume démesuré : il a été refusé.")
            if "xl/workbook.xml" not in archive.namelist():
                raise TableauIllisible("Ce fichier n’est pas un classeur .xlsx : enregistrez-le dans ce format.")
        _marks(content, most)
        return read()
    except TableauIllisible:
        raise
    except Exception as error:
        raise TableauIllisible("Ce classeur est abîmé : il ne s’ouvre pas. Enregistrez-le de nouveau.") from error


_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
"""A part that is not in UTF-8, as every spreadsheet writes it: its marks could not be counted."""
BEYOND = 10
"""How far past the last row one counts: headings, and the breaks of pages, whose mark begins as that of a row."""


def _marks(content: bytes, most: int) -> int:
    """How many marks the parts of a workbook hold: counted as bytes, before anything is parsed.

    Raises:
        TableauIllisible: more than `most`, a sheet with too many rows, or a part that hides what it holds.
    """
    found = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name).removeprefix(b"\xef\xbb\xbf").lstrip()
            if name.endswith((".xml", ".rels")) and (not part.startswith(b"<") or _DECLARED.match(part)):
                raise TableauIllisible("Ce classeur est abîmé : il ne s’ouvre pas. Enregistrez-le de nouveau.")
            if part.count(b"<row") + part.count(b":row") > LIGNES_DES_FEUILLES + BEYOND:
                raise TableauIllisible(
                    f"Une feuille de ce classeur dépasse {LIGNES_DES_FEUILLES} lignes : retirez-la, ou coupez-la."
                )
            found += part.count(b"<")
            if found > most:
                raise TableauIllisible("Ce classeur a trop de cellules : gardez les seules colonnes utiles.")
    return found


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How an XLSX writes a character that XML does not hold, and any text that looks so."""


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))


def _checked(feuille: str, rows: Iterable[list[str]]) -> Tableau:
    lignes = _held(rows, _clean, CELLULE, LIGNES)
    if not lignes:
        raise TableauIllisible("Ce tableau est vide.")
    return Tableau(feuille, lignes)


def _held(rows: Iterable[list[str]], clean: Callable[[str], str], longest: int, most: int) -> list[list[str]]:
    lignes: list[list[str]] = []
    for row in rows:
        if len(lignes) > most:
            raise TableauIllisible(f"Ce tableau dépasse {most} lignes : coupez-le en plusieurs.")
        lignes.append([clean(cell)[:longest] for cell in row[:COLONNES]])
    while lignes and not any(lignes[-1]):
        lignes.pop()
    return lignes


def _clean(cell: str) -> str:
    """A cell without control characters nor blanks around, on one line."""
    return " ".join(_printable(cell).split())


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
