"""The sheets of an OpenDocument workbook (.ods), what LibreOffice saves by default."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from tenir.core.tableur.affichage import plain_number, shown
from tenir.core.tableur.tableau import COLONNES, FORMULE, Tableau, TableauIllisible, held
from tenir.core.tableur.xlsx import Mise, fill, told_hidden
from tenir.fichier.mots import comparable

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
MIME = b"application/vnd.oasis.opendocument.spreadsheet"
HIDING = ("collapse", "filter")


@dataclass(slots=True)
class _Feuille:
    """What is read of a sheet on the way."""

    most: int
    lignes: list[list[str]] = field(default_factory=list)
    mise: Mise = field(default_factory=Mise)
    waiting: int = 0
    """Empty rows not written yet: a sheet ends with a million of them."""


def is_ods(archive: zipfile.ZipFile) -> bool:
    """Whether an archive is a workbook of this kind."""
    return "content.xml" in archive.namelist() and _mime(archive).startswith(MIME)


def _mime(archive: zipfile.ZipFile) -> bytes:
    return archive.read("mimetype") if "mimetype" in archive.namelist() else MIME


def sheets(content: bytes, most: int, wanted: set[str] | None = None) -> tuple[list[Tableau], list[str]]:
    """The sheets wanted (all of them, unless said), and the names of the others. Nothing empty."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))  # noqa: S314 (bounded, without a document type)
    tables = [*root.iter(f"{TABLE}table")]
    hidden = _hidden_styles(root)
    taken = [one for one in tables if wanted is None or comparable(one.get(f"{TABLE}name", "")) in wanted]
    found = [_sheet(one, most, hidden) for one in taken]
    others = [one.get(f"{TABLE}name", "") for one in tables if one not in taken]
    return [one for one in found if one.lignes], others


def _hidden_styles(root: Any) -> set[str]:
    """The styles of sheets that are not displayed."""
    return {
        style.get(f"{STYLE}name", "")
        for style in root.iter(f"{STYLE}style")
        for properties in style.iter(f"{STYLE}table-properties")
        if properties.get(f"{TABLE}display") == "false"
    }


def _sheet(table: Any, most: int, hidden: set[str]) -> Tableau:
    found = _Feuille(most)
    _columns(table, found)
    for row in table.iter(f"{TABLE}table-row"):
        _row(row, found)
    lignes = held(found.lignes, most)
    told = (*fill(lignes, found.mise), *told_hidden(lignes, found.mise))
    masked = frozenset(row for row in found.mise.lignes if row < len(lignes))
    return Tableau(
        table.get(f"{TABLE}name", ""), lignes, told, table.get(f"{TABLE}style-name") in hidden, masquees=masked
    )


def _columns(table: Any, found: _Feuille) -> None:
    rank = 0
    for column in table.iter(f"{TABLE}table-column"):
        times = _times(column, "columns")
        if column.get(f"{TABLE}visibility") in HIDING:
            found.mise.colonnes |= set(range(rank, min(rank + times, COLONNES)))
        rank += times


def _row(row: Any, found: _Feuille) -> None:
    rank = len(found.lignes) + found.waiting
    cells = list(_cells(row, rank, found))
    times = _times(row, "rows")
    if not any(cells):
        found.waiting += times
        return
    if rank + times > found.most + 2:
        raise TableauIllisible(f"Ce tableau dépasse {found.most} lignes : coupez-le en plusieurs.")
    found.lignes += [[] for _ in range(found.waiting)] + [list(cells) for _ in range(times)]
    found.waiting = 0
    if row.get(f"{TABLE}visibility") in HIDING:
        found.mise.lignes |= set(range(rank, rank + times))


def _cells(row: Any, rank: int, found: _Feuille) -> Iterator[str]:
    column = 0
    for cell in row:
        if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        over = int(cell.get(f"{TABLE}number-rows-spanned", "1"))
        if over > 1:
            found.mise.fusions.append((column, rank, rank + over - 1))
        text, times = _text(cell), _times(cell, "columns")
        if text and column + times > COLONNES + 1:
            raise TableauIllisible(f"Ce tableau dépasse {COLONNES} colonnes : gardez les seules colonnes utiles.")
        yield from [text] * min(times, COLONNES + 1)
        column += times


def _times(node: Any, of: str) -> int:
    return max(1, int(node.get(f"{TABLE}number-{of}-repeated", "1")))


def _text(cell: Any) -> str:
    typed = cell.get(f"{OFFICE}value-type", "")
    written = "\n".join(_paragraph(one) for one in cell.findall(f"{TEXT}p"))
    read = _TYPED.get(typed)
    text = read(cell, written) if read else written
    return text or (FORMULE if cell.get(f"{TABLE}formula") and typed != "string" else "")


def _paragraph(node: Any) -> str:
    """The words of a paragraph: its blanks and its line breaks are marks of their own."""
    text = node.text or ""
    for one in node:
        if one.tag == f"{TEXT}s":
            text += " " * min(int(one.get(f"{TEXT}c", "1")), 100)
        elif one.tag in (f"{TEXT}line-break", f"{TEXT}tab"):
            text += "\n" if one.tag.endswith("break") else " "
        elif one.tag != f"{OFFICE}annotation":
            text += _paragraph(one)
        text += one.tail or ""
    return text


def _float(cell: Any, written: str) -> str:
    """A number; as it is written when that is the same digits, with zeros or blanks that the value has lost."""
    text = plain_number(float(cell.get(f"{OFFICE}value", "0")))
    digits = re.sub(r"[ \u00a0\u202f.\-/]", "", written)
    same = written[:1] == "0" and digits.isdecimal() and digits.lstrip("0") == text.lstrip("0")
    return written if same else text


def _boolean(cell: Any, written: str) -> str:
    return shown(cell.get(f"{OFFICE}boolean-value") == "true")


def _percentage(cell: Any, written: str) -> str:
    return shown(float(cell.get(f"{OFFICE}value", "0")), "0%")


def _date(cell: Any, written: str) -> str:
    kept = cell.get(f"{OFFICE}date-value", "")
    try:
        return shown(datetime.fromisoformat(kept))
    except ValueError:
        return written or kept


_TYPED: dict[str, Callable[[Any, str], str]] = {
    "float": _float,
    "currency": _float,
    "percentage": _percentage,
    "date": _date,
    "boolean": _boolean,
}
