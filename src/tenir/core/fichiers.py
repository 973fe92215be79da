"""Files that people give: what is kept, what is refused, what becomes of them. A file is what its content shows."""

import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

OCTETS = 10 * 1024 * 1024
"""The most that a file may weigh, in bytes."""
NOM = 120
"""The most characters that the name of a file keeps, its ending included."""


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of file: how it is served, and how its content shows that it is one."""

    mime: str
    holds: Callable[[bytes], bool]


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(signatures)


def _names(content: bytes) -> list[str]:
    """What an archive holds; nothing when it is none."""
    try:
        return zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return []


def _office(part: str) -> Callable[[bytes], bool]:
    """An Office document without macros: it holds `part`, and nothing that runs."""

    def holds(content: bytes) -> bool:
        names = _names(content)
        runs = any(name.lower().endswith("vbaproject.bin") for name in names)
        return {part, "[Content_Types].xml"} <= set(names) and not runs

    return holds


def _open_document(mime: str) -> Callable[[bytes], bool]:
    """An OpenDocument file without macros: its own type comes first, uncompressed (OpenDocument 1.3, part 2, 3.3)."""

    def holds(content: bytes) -> bool:
        names = _names(content)
        runs = any(name.startswith(("Basic/", "Scripts/")) for name in names)
        return content[30:].startswith(b"mimetype" + mime.encode() + b"PK") and "content.xml" in names and not runs

    return holds


def _text(content: bytes) -> bool:
    """Text in UTF-8 or Windows-1252, and no other known kind of file under the name of a text."""
    return b"\0" not in content and not content.startswith((b"%PDF", b"PK\x03\x04", b"{\\rtf", b"MZ", b"\xff\xd8\xff"))


_WORD = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
TYPES = {
    "pdf": Type("application/pdf", _starts(b"%PDF-")),
    "docx": Type(f"{_WORD}.wordprocessingml.document", _office("word/document.xml")),
    "xlsx": Type(f"{_WORD}.spreadsheetml.sheet", _office("xl/workbook.xml")),
    "pptx": Type(f"{_WORD}.presentationml.presentation", _office("ppt/presentation.xml")),
    "odt": Type(f"{_ODF}.text", _open_document(f"{_ODF}.text")),
    "ods": Type(f"{_ODF}.spreadsheet", _open_document(f"{_ODF}.spreadsheet")),
    "odp": Type(f"{_ODF}.presentation", _open_document(f"{_ODF}.presentation")),
    "csv": Type("text/csv", _text),
    "txt": Type("text/plain", _text),
    "png": Type("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    "jpg": Type("image/jpeg", _starts(b"\xff\xd8\xff")),
}
"""The kinds of files that are kept, by the ending of their name."""
SYNONYMES = {"jpeg": "jpg"}


def type_of(nom: str) -> Type:
    """The kind of a file that was kept.

    Raises:
        ValidationError: such a name is not kept.
    """
    suffix = PurePosixPath(nom).suffix.lower().lstrip(".")
    found = TYPES.get(SYNONYMES.get(suffix, suffix))
    if found is None:
        kinds = ", ".join(TYPES)
        raise ValidationError({"fichier": f"Ce type de fichier n’est pas accepté : donnez l’un de {kinds}."})
    return found


def plain_name(name: str) -> str:
    """The name of a file, without folders nor signs that do not show, and not too long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in unicodedata.normalize("NFC", last))
    kept = " ".join(shown.split()).strip(". ")
    stem, dot, suffix = kept.rpartition(".")
    return f"{stem[: NOM - len(suffix) - 1].strip()}{dot}{suffix}"


def read_file(file: "File[bytes]") -> tuple[str, bytes]:
    """The name and the content of a file that may be kept.

    Raises:
        ValidationError: its kind is not kept, it is too heavy, empty, or not what its name says.
    """
    nom = plain_name(file.name or "")
    kind = type_of(nom)
    if (file.size or 0) > OCTETS:
        raise ValidationError({"fichier": "Ce fichier dépasse 10 Mo : allégez-le, ou donnez un lien."})
    content: bytes = file.read()
    if not content:
        raise ValidationError({"fichier": "Ce fichier est vide."})
    if not kind.holds(content):
        raise ValidationError({"fichier": _not_what_it_says(nom)})
    return nom, content


@contextmanager
def kept_with_its_row(file: FieldFile) -> Iterator[None]:
    """A transaction that takes back the file written in it when its row is refused."""
    before = file.name
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if file.name != before:
            _forget(file.storage, file.name)
        raise


def forget_once_certain(file: FieldFile) -> None:
    """Delete a file once the transaction that drops its row is certain."""
    transaction.on_commit(partial(_forget, file.storage, file.name))


def to_be_kept(file: FieldFile, nom: str) -> HttpResponse:
    """Answer with a file under the name it came with: to be kept, never shown as a page of the site.

    Raises:
        Http404: there is none.
    """
    if not file.name or not file.storage.exists(file.name):
        raise Http404
    with file.open("rb") as opened:
        response = HttpResponse(opened.read(), content_type=type_of(nom).mime)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=nom)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _not_what_it_says(nom: str) -> str:
    suffix = PurePosixPath(nom).suffix.lower()
    return f"Ce fichier n’est pas un vrai {suffix}, ou il porte des macros : enregistrez-le de nouveau dans ce format."


def _forget(storage: Storage, name: str | None) -> None:
    if name:
        storage.delete(name)
