"""Workbooks for the tests, written by hand as a spreadsheet writes them."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)
MIME = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(rows: Sequence[Sequence[Any]], *, formats: dict[str, str] | None = None, title: str = "Feuil1") -> bytes:
    """An XLSX of one sheet; `formats` are number formats by cell."""
    book = Workbook()
    book.active.title = title
    for rank, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = book.active.cell(rank, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    for place, format in (formats or {}).items():
        book.active[place].number_format = format
    return saved(book)


def saved(book: Workbook) -> bytes:
    """What is kept of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """An ODS of one sheet of texts, ended as LibreOffice ends it: by a million empty rows."""
    body = "".join(f"<table:table-row>{''.join(map(_texts, row))}</table:table-row>" for row in rows)
    return ods_of(f'<table:table table:name="Feuil1">{body}{EMPTY_END}</table:table>')


EMPTY_END = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)


def ods_of(tables: str, styles: str = "") -> bytes:
    """An ODS of these tables."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIME, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
    return out.getvalue()


def cell(kind: str, value: str, written: str) -> str:
    """A typed cell of an ODS: « float », « date », « boolean », with what it shows."""
    name = {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}={quoteattr(value)}><text:p>{escape(written)}'
        "</text:p></table:table-cell>"
    )


def _texts(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    paragraphs = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def _spaced(line: str) -> str:
    return "".join("<text:s/>" if c == " " else escape(c) for c in line)
