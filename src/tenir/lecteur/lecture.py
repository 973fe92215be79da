"""From a file to its normalised text, whatever it is: the content says what it is, never the name.

`lire_document` is the only door for files that come from outside: it measures, then reads in a limited subprocess.
"""

import io
import stat
import zipfile
from pathlib import Path

from tenir.lecteur import bornes
from tenir.lecteur.archive import ABIMEES, abime
from tenir.lecteur.document import DocumentLu, LectureRefusee
from tenir.lecteur.odt import is_odt, read_odt
from tenir.lecteur.texte import read_text

MAX_CARACTERES = 5_000_000  # thirty times the contract of Coutras

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_REFUSED = {
    b"{\\rtf": "Ce fichier est au format RTF : enregistrez-le en Word (.docx), en PDF ou en texte, puis recommencez.",
    b"\x89PNG": "Ce fichier est une image : il faut le document lui-même, en Word, en PDF ou en texte.",
    b"\xff\xd8\xff": "Ce fichier est une image : il faut le document lui-même, en Word, en PDF ou en texte.",
}


def lire_document(path: Path, limites: bornes.Limites = bornes.LIMITES) -> DocumentLu:
    """The normalised text of a .txt, .pdf, .docx or .odt file, with what typography says of its lines.

    Raises:
        LectureRefusee: the file cannot be read as a document; the message is one French sentence.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise LectureRefusee(f"Le fichier « {path.name} » est introuvable.") from error
    if stat.S_ISDIR(state.st_mode):
        raise LectureRefusee(f"« {path.name} » est un dossier : indiquez le fichier du document.")
    if not stat.S_ISREG(state.st_mode):
        raise LectureRefusee(f"« {path.name} » n’est pas un fichier ordinaire.")
    if state.st_size == 0:
        raise LectureRefusee("Ce document est vide.")
    if state.st_size > limites.octets:
        raise LectureRefusee(_too_big(state.st_size, limites.octets))
    return bornes.read_bounded(path, limites)


def _too_big(size: int, limit: int) -> str:
    mega = 1024 * 1024
    return f"Ce fichier pèse {-(-size // mega)} Mo : le lecteur s’arrête à {limit // mega} Mo."


def read_content(content: bytes) -> DocumentLu:
    """The document that bytes hold, in this very process: for the subprocess, and for bytes we made ourselves."""
    document = _read(content)
    if len(document.texte) > MAX_CARACTERES:
        raise LectureRefusee("Ce document est bien plus long qu’un contrat : plus de cinq millions de caractères.")
    if not document.texte.strip():
        raise LectureRefusee("Ce document ne contient aucun texte.")
    return document


def _read(content: bytes) -> DocumentLu:
    for head, sentence in _REFUSED.items():
        if content.startswith(head):
            raise LectureRefusee(sentence)
    if b"%PDF-" in content[:1024]:
        from tenir.lecteur.pdf import read_pdf  # loaded when needed: half of the start-up time

        return read_pdf(content)
    if content.startswith(b"PK"):
        return _office(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise LectureRefusee(_old_office(content))
    return read_text(content)


def _office(content: bytes) -> DocumentLu:
    """A Word or OpenDocument text, told by the parts it holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names, opendocument = archive.namelist(), is_odt(archive)
    except ABIMEES as error:
        raise LectureRefusee(abime("Word")) from error
    if opendocument:
        return read_odt(content)
    if "word/document.xml" not in names:
        raise LectureRefusee(
            "Ce fichier est une archive ou un autre format de bureautique : enregistrez-le en Word (.docx), "
            "en OpenDocument (.odt) ou en PDF."
        )
    from tenir.lecteur.word import read_word

    return read_word(content)


def _old_office(content: bytes) -> str:
    if _ENCRYPTED in content:
        return "Ce fichier Word est protégé par un mot de passe : enregistrez-le sans protection, puis recommencez."
    return "Ce fichier est dans un ancien format Office : enregistrez-le en Word (.docx) ou en PDF, puis recommencez."
