"""Lists that leave the site: one helper for CSV and XLSX.

A French spreadsheet opens the CSV as it is: semicolons, decimal commas, UTF-8 announced. No cell can act as a formula
in a spreadsheet: in CSV a text that a spreadsheet would compute is preceded by an apostrophe; in XLSX every text is
written as text, every day as a day.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from math import isfinite
from typing import Any

from django.http import Http404, HttpResponse

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_NAME_LENGTH = 31
CELL_LENGTH = 32_767
"""The most that a cell of a spreadsheet holds."""
FIRST_YEAR = 1900
"""The first whose days a spreadsheet knows; the others are texts."""

Row = Sequence[Any]


def export_response(rows: Iterable[Row], *, name: str, format: str) -> HttpResponse:
    """Answer with a file of the rows, the header first. `name` is the file's name without its ending; what an address
    or a sheet could not bear becomes a hyphen.

    Raises:
        Http404: the format is neither csv nor xlsx.
    """
    if format not in _WRITERS:
        raise Http404
    write, content_type = _WRITERS[format]
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-.") or "export"
    response = HttpResponse(write(rows, name), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return response


def csv_file(rows: Iterable[Row]) -> bytes:
    """The rows as a CSV file for a French spreadsheet, to be put in an archive."""
    return _write_csv(rows, "")


def neutral(value: Any) -> Any:
    """A value that no spreadsheet computes; numbers stay numbers."""
    if value is None or _is_number(value):
        return value
    text = _text(value)
    return f"'{text}" if _could_be_ours(text) else text


def unprotected(text: str) -> str:
    """The text that `neutral` protected: what we write comes back as it left."""
    return text[1:] if text.startswith("'") and _could_be_ours(text) else text


def _could_be_ours(text: str) -> bool:
    """Whether a text acts as a formula, or reads as one that was protected: its own apostrophe is protected too."""
    return text.lstrip("'").startswith(FORMULA_STARTS)


def _write_csv(rows: Iterable[Row], name: str) -> bytes:
    out = StringIO()
    out.write(BOM)
    csv.writer(out, delimiter=";").writerows([in_csv(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def in_csv(cell: Any) -> Any:
    """A value as a cell of a CSV file."""
    return str(cell).replace(".", ",") if isinstance(cell, (float, Decimal)) and _is_number(cell) else neutral(cell)


def _write_xlsx(rows: Iterable[Row], name: str) -> bytes:
    import xlsxwriter  # slow to import, for who asks for a workbook

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(name[:SHEET_NAME_LENGTH])
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        days = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        for rank, row in enumerate(rows):
            for column, cell in enumerate(row):
                style = days if type(cell) is date else wrapped
                _write_cell(sheet, rank, column, cell, bold if rank == 0 else style)
        sheet.freeze_panes(1, 0)
        sheet.autofit(400)
    return out.getvalue()


def _write_cell(sheet: Any, rank: int, column: int, cell: Any, style: Any) -> None:
    if _is_number(cell):
        sheet.write_number(rank, column, cell, style)
    elif type(cell) is date and cell.year >= FIRST_YEAR:
        sheet.write_datetime(rank, column, cell, style)
    elif text := _text(cell):
        text = neutral(text) if text.startswith("'") else text  # else its apostrophe would come back as a protection
        fits = text if len(text) <= CELL_LENGTH else f"{text[: CELL_LENGTH - 1]}…"
        sheet.write_string(rank, column, fits, style)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and isfinite(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return "" if value is None else str(value)


_WRITERS = {"csv": (_write_csv, "text/csv; charset=utf-8"), "xlsx": (_write_xlsx, XLSX)}
