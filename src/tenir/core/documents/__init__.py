"""Documents that leave the site: said once, written as a page, as Word and as accessible PDF (PDF/UA-1).

A document is plain values: whoever makes one knows nothing of files, and the three say the same thing. No text of it
is ever read as markup. `docs/adr/0023-documents.md`.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.http import Http404, HttpResponse


@dataclass(frozen=True, slots=True)
class Tableau:
    """A table: its name for those who do not see it, its columns and their share of the width, its rows.

    A cell may hold several lines.
    """

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


def digest(document: Document) -> str:
    """The SHA-256 of what a document says, in hexadecimal."""
    said = json.dumps(asdict(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def recall(said: Mapping[str, Any]) -> Document:
    """A document again, from its values as `asdict` gives them and as JSON keeps them."""
    parts = tuple(
        Partie(
            part["titre"],
            tuple(part["phrases"]),
            _table(part["tableau"]) if part["tableau"] else None,
            part["vide"],
        )
        for part in said["parties"]
    )
    return Document(said["titre"], said["surtitre"], tuple(said["chapeau"]), parts, said["avertissement"])


def _table(said: Mapping[str, Any]) -> Tableau:
    lines = tuple(tuple(line) for line in said["lignes"])
    return Tableau(said["resume"], tuple(said["colonnes"]), tuple(said["largeurs"]), lines)


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
