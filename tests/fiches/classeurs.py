"""Workbooks for the tests: written by Tenir, changed as a person or a spreadsheet would, read back."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tenir.fiches.classeur.comparaison import Comparaison
from tenir.fiches.classeur.comparer import compare
from tenir.fiches.classeur.ecrire import write_workbook
from tenir.fiches.classeur.lire import read_workbook
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.bureautique import through_office


def exported(by: Acces, espace: EspaceDeContrat) -> bytes:
    """The workbook of the whole contract."""
    rows = FicheAction.objects.of(espace).select_related("action", "organisme_en_charge", "personne_en_charge")
    return write_workbook(by=by, espace=espace, fiches=list(rows))


def opened(content: bytes) -> Workbook:
    """A workbook to change by hand."""
    return load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> bytes:
    """What is kept of it."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def column(sheet: Worksheet, heading: str) -> int:
    """The rank of a column."""
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def row_of(sheet: Worksheet, code: str) -> int:
    """The first row of an action."""
    wanted = column(sheet, "Code")
    return next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, wanted).value == code)


def write(content: bytes, sheet: str, code: str, values: Mapping[str, Any]) -> bytes:
    """The workbook with cells of the first row of an action written over."""
    book = opened(content)
    row = row_of(book[sheet], code)
    for heading, value in values.items():
        book[sheet].cell(row, column(book[sheet], heading)).value = value
    return saved(book)


def append(content: bytes, sheet: str, values: Mapping[str, Any]) -> bytes:
    """The workbook with a row more."""
    book = opened(content)
    row = max((cell.row for line in book[sheet] for cell in line if cell.value is not None), default=1) + 1
    for heading, value in values.items():
        book[sheet].cell(row, column(book[sheet], heading)).value = value
    return saved(book)


def compared(content: bytes, espace: EspaceDeContrat, name: str = "fiches.xlsx") -> Comparaison:
    """What a workbook would change now."""
    return compare(read_workbook(name, content), espace)


def changes(found: Comparaison) -> list[tuple[str, str, str, str]]:
    """Each change: code, field, before, after."""
    return [(ligne.code, cell.quoi, cell.actuel, cell.propose) for ligne, cell in found.changements()]


def conflicts(found: Comparaison) -> list[tuple[str, str, str, str]]:
    """Each conflict: code, field, what stands, what the file says."""
    return [(ligne.code, cell.quoi, cell.actuel, cell.propose) for ligne, cell in found.conflits()]


def refusals(found: Comparaison) -> list[str]:
    """Each refusal: where, and why."""
    return [f"{refus.place} : {refus.raison}".replace("\xa0", " ") for _, refus in found.refus()]


def nothing_lost(found: Comparaison) -> bool:
    """Whether rows in = rows kept + rows explained, sheet by sheet."""
    return all(one.lues == one.gardees + one.expliquees for one in found.comptes())


def through_libreoffice(content: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it again; the test is skipped where it is not installed."""
    source = folder / "classeur.xlsx"
    source.write_bytes(content)
    return through_office(source, "xlsx:Calc MS Excel 2007 XML", folder / "repasse").read_bytes()
