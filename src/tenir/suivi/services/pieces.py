"""The pièces of a fiche: adding a file or a link, removing it."""

import io
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from tenir.core.trace import Fait, record
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of
from tenir.suivi.enums import Niveau
from tenir.suivi.models import FicheAction, PieceDeFiche
from tenir.suivi.services.fiche import GENRE, locked

OCTETS = 10 * 1024 * 1024
"""The most that a file may weigh, in bytes."""
NOM = 120
"""The most characters that the name of a file keeps, its ending included."""
RESERVEE = "pièce réservée à l’équipe"
"""How the trace names a pièce that the team alone reads: the history hides it from the others."""


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


def add_piece(
    *,
    by: Acces,
    fiche: FicheAction,
    niveau: Niveau,
    titre: str = "",
    lien: str = "",
    fichier: "UploadedFile[bytes] | None" = None,
) -> PieceDeFiche:
    """Add a link or a file to a fiche; without a title it takes the name of the file, or the site of the link.

    Raises:
        Refus: she may not.
        ValidationError: neither or both, a link that leads nowhere, a file that is refused.
    """
    require(by, "fiche.update", fiche.espace, fiche)
    piece = PieceDeFiche(fiche=fiche, lien=_site(lien), niveau=niveau, ajoutee_par=by.personne)
    content = _read(piece, fichier) if fichier else None
    piece.titre = titre.strip() or piece.nom or host_of(piece.lien)
    try:
        with transaction.atomic():
            _keep(by, piece, content)
    except BaseException:
        _forget(piece.fichier.storage, piece.fichier.name)  # a file written for a row that does not exist
        raise
    return piece


@transaction.atomic
def remove_piece(*, by: Acces, piece: PieceDeFiche) -> None:
    """Remove a link or a file; the trace keeps what it was called. The file goes once the removal is certain.

    Raises:
        Refus: she may not.
    """
    require(by, "fiche.update", piece.fiche.espace, piece.fiche)
    fiche = locked(piece.fiche)
    storage, name = piece.fichier.storage, piece.fichier.name
    fact = Fait(GENRE, fiche.code, _called(piece), _told(piece), "retirée")
    piece.delete()
    record(trace_of(fiche.espace), by.auteur(fiche.espace), [fact])
    transaction.on_commit(partial(_forget, storage, name))


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


def _site(lien: str) -> str:
    link = lien.strip()
    if link and not link.lower().startswith(("https://", "http://")):
        raise ValidationError({"lien": "Un lien commence par https:// ou http://."})
    return link


def host_of(lien: str) -> str:
    """The site that a link leads to; nothing when it cannot be read."""
    try:
        return urlsplit(lien).hostname or ""
    except ValueError:
        return ""


def _read(piece: PieceDeFiche, file: "UploadedFile[bytes]") -> bytes:
    """The content of a file whose name, weight and content are right; the row takes its name."""
    piece.nom = plain_name(file.name or "")
    kind = type_of(piece.nom)
    if (file.size or 0) > OCTETS:
        raise ValidationError({"fichier": "Ce fichier dépasse 10 Mo : allégez-le, ou donnez un lien."})
    content: bytes = file.read()
    if not content:
        raise ValidationError({"fichier": "Ce fichier est vide."})
    if not kind.holds(content):
        raise ValidationError({"fichier": _not_what_it_says(piece.nom)})
    return content


def _not_what_it_says(nom: str) -> str:
    suffix = PurePosixPath(nom).suffix.lower()
    return f"Ce fichier n’est pas un vrai {suffix}, ou il porte des macros : enregistrez-le de nouveau dans ce format."


def _keep(by: Acces, piece: PieceDeFiche, content: bytes | None) -> None:
    found = locked(piece.fiche)
    if content is not None:
        piece.fichier.save(piece.nom, ContentFile(content), save=False)
    piece.full_clean()
    piece.save()
    fact = Fait(GENRE, found.code, _called(piece), "", _told(piece))
    record(trace_of(found.espace), by.auteur(found.espace), [fact])


def _forget(storage: Storage, name: str | None) -> None:
    if name:
        storage.delete(name)


def _called(piece: PieceDeFiche) -> str:
    word = RESERVEE if piece.niveau == Niveau.EQUIPE else "pièce"
    return f"{word} « {piece.titre} »"


def _told(piece: PieceDeFiche) -> str:
    what = f"fichier {piece.nom}" if piece.fichier else f"lien {piece.lien}"
    return f"{what}, pour {piece.get_niveau_display()}"
