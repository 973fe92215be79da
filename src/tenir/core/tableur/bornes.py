"""How much a workbook may hold, known before anything of it is parsed: counted as bytes, while it unfolds."""

import io
import re
import zipfile
from collections.abc import Iterator

from tenir.core.tableur.tableau import TableauIllisible

DEPLIE = 40 * 1024 * 1024
"""The most that the parts of a workbook may hold once unfolded, in bytes."""
BALISES = 400_000
"""The most marks (« < ») that the parts of a workbook may hold: they, not bytes, are what reading one costs."""
BALISES_DES_FEUILLES = 2_000_000
"""The same where several sheets come in."""
BEYOND = 10
"""How far past the last row one counts: headings, and the breaks of pages, whose mark begins as that of a row."""
CHUNK = 256 * 1024
ABIME = "Ce classeur est abîmé : il ne s’ouvre pas. Enregistrez-le de nouveau."
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
"""A part that is not in UTF-8, as every spreadsheet writes it: its marks could not be counted."""
_ROW = re.compile(rb"<(?:\w+:)?(?:row|table-row)\b")
OVERLAP = 32
"""More bytes than the mark of a row takes: none is missed where two chunks meet."""


def marks(archive: zipfile.ZipFile, most: int, rows: int) -> int:
    """How many marks the parts of a workbook hold; counting stops where it is refused.

    Raises:
        TableauIllisible: more than `most`, a sheet with more than `rows` rows, or a part that hides what it holds.
    """
    if sum(info.file_size for info in archive.infolist()) > DEPLIE:
        raise TableauIllisible("Ce classeur se déplie en un volume démesuré : il a été refusé.")
    found = 0
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            for marked in _counted(archive, name, rows):
                found += marked
                if found > most:
                    raise TableauIllisible("Ce classeur a trop de cellules : gardez les seules colonnes utiles.")
    return found


def _counted(archive: zipfile.ZipFile, name: str, rows: int) -> Iterator[int]:
    """The marks of a part, chunk by chunk."""
    seen, tail = 0, b""
    for chunk in chunks(archive, name):
        if not tail:
            _refuse_disguise(chunk)
        for row in _ROW.finditer(tail[-OVERLAP:] + chunk):
            seen += row.end() > min(len(tail), OVERLAP)
        if seen > rows + BEYOND:
            raise TableauIllisible(f"Une feuille de ce classeur dépasse {rows} lignes : retirez-la, ou coupez-la.")
        yield chunk.count(b"<")
        tail = chunk


def chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part of an archive as it unfolds."""
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            yield chunk


def _refuse_disguise(first: bytes) -> None:
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"<") or _DECLARED.match(start) or b"<!DOCTYPE" in start[:2_000]:
        raise TableauIllisible(ABIME)


def opened(content: bytes) -> zipfile.ZipFile:
    """The archive that a workbook is.

    Raises:
        TableauIllisible: it is none.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise TableauIllisible(ABIME) from error
