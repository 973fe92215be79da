"""Documents that leave the site: said once, written as a page, as Word and as accessible PDF (PDF/UA-1).

A document is plain values: whoever makes one knows nothing of files, and the three say the same thing. No text of it
is ever read as markup. `docs/adr/0023-documents.md`.
"""

import re
from dataclasses import dataclass

from django.http import Http404, HttpResponse


@dataclass(frozen=True, slots=True)
class Tableau:
    """A table: its name for those who do not see it, its columns and their share of the width, its rows."""

    resume: str
    colonnes: tuple[str, ...]
    largeurs: tuple[int, ...]
    lignes: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Partie:
    """A part: sentences, then a table; with neither, it says `vide`."""

    titre: str
    phrases: tuple[str, ...] = ()
    tableau: Tableau | None = None
    vide: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says. `avertissement` is repeated at the head of each sheet: a fictitious contract says so."""

    titre: str
    surtitre: str
    chapeau: tuple[str, ...]
    parties: tuple[Partie, ...]
    avertissement: str = ""


def document_response(document: Document, *, name: str, format: str) -> HttpResponse:
    """Answer with the file of a document. `name` is the file's name without its ending.

    Raises:
        Http404: the format is neither pdf nor docx.
    """
    from tenir.core.documents import pdf, word  # both need the values above

    writers = {"pdf": (pdf.write, pdf.MIME), "docx": (word.write, word.MIME)}
    if format not in writers:
        raise Http404
    write, mime = writers[format]
    safe = re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-.") or "document"
    response = HttpResponse(write(document), content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="{safe}.{format}"'
    return response
