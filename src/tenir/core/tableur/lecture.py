"""Reads a file or a paste, whatever program wrote it: the content says what it is, never its name."""

import zipfile
from collections.abc import Callable, Iterable
from typing import TypeVar

from tenir.core.tableur import ods, xlsx
from tenir.core.tableur.bornes import ABIME, BALISES, BALISES_DES_FEUILLES, marks, opened
from tenir.core.tableur.tableau import LIGNES, LIGNES_DES_FEUILLES, Tableau, TableauIllisible, held
from tenir.core.tableur.texte import rows_of_text
from tenir.fichier.codage import AccentsIllisibles, PasDuTexte, decoded
from tenir.fichier.mots import comparable

Lu = TypeVar("Lu")
OCTETS = 2 * 1024 * 1024
LONG = 100_000
"""From how many marks a workbook takes about a second to read: a work then does it."""
TOO_BIG = "Ce fichier dépasse 2 Mo : gardez la seule feuille utile, ou collez les lignes."
NOT_TEXT = "Ce fichier n’est ni un classeur .xlsx ou .ods ni un CSV : enregistrez-le dans l’un des trois."
ACCENTS = "Les accents de ce fichier ne se lisent pas : enregistrez-le en « CSV UTF-8 », ou en classeur."
OLD = (
    "Ce fichier est un ancien classeur .xls, ou il est protégé par un mot de passe : enregistrez-le en .xlsx, sans lui."
)


def pasted(text: str) -> Tableau:
    """What a spreadsheet puts in the clipboard: cells parted by tabs; or a CSV.

    Raises:
        TableauIllisible: empty, or too long.
    """
    read = rows_of_text(text, clipboard=True)
    return _whole(Tableau("", held(read.lignes, LIGNES), read.remarques))


def read_file(name: str, content: bytes) -> list[Tableau]:
    """The sheets of an XLSX or ODS file, those that show first; or the one of a CSV. None is empty.

    Raises:
        TableauIllisible: none of these, damaged, empty, or too big.
    """
    if _is_text(content):
        return [_whole(_text_table(content, LIGNES))]
    tables, _ = _workbook(content, BALISES, LIGNES, None)
    if not tables:
        raise TableauIllisible("Ce tableau est vide.")
    return sorted(tables, key=lambda one: one.masquee)


def read_sheets(name: str, content: bytes, wanted: Iterable[str] | None) -> tuple[list[Tableau], list[str]]:
    """The sheets of a workbook that have one of the names wanted (all, without), hidden or not, and the names of the
    others. Case and accents are forgiven.

    A CSV is one sheet without a name. Empty sheets are left out.

    Raises:
        TableauIllisible: neither, damaged, or too big; or none of the sheets is there.
    """
    if _is_text(content):
        return [_whole(_text_table(content, LIGNES_DES_FEUILLES))], []
    names = None if wanted is None else {comparable(one) for one in wanted}
    return _workbook(content, BALISES_DES_FEUILLES, LIGNES_DES_FEUILLES, names)


def is_long(content: bytes) -> bool:
    """Whether `read_sheets` takes about a second, or more.

    Raises:
        TableauIllisible: it would be refused unread.
    """
    if len(content) > OCTETS or not content.startswith(b"PK"):
        return False
    with opened(content) as archive:
        return _safely(lambda: marks(archive, BALISES_DES_FEUILLES, LIGNES_DES_FEUILLES)) > LONG


def _is_text(content: bytes) -> bool:
    if len(content) > OCTETS:
        raise TableauIllisible(TOO_BIG)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableauIllisible(OLD)
    if content.startswith((b"%PDF", b"{\\rtf")) or content.lstrip()[:20].lower().startswith((b"<html", b"<!doctype")):
        raise TableauIllisible(NOT_TEXT)
    return not content.startswith(b"PK")


def _text_table(content: bytes, most: int) -> Tableau:
    try:
        text = decoded(content)
    except PasDuTexte as error:
        raise TableauIllisible(NOT_TEXT) from error
    except AccentsIllisibles as error:
        raise TableauIllisible(ACCENTS) from error
    read = rows_of_text(text.texte)
    return Tableau("", held(read.lignes, most), (*text.remarques, *read.remarques))


def _workbook(content: bytes, most: int, rows: int, wanted: set[str] | None) -> tuple[list[Tableau], list[str]]:
    """What is read of a workbook, once it is known not to unfold beyond measure."""
    with opened(content) as archive:
        read = _reader(archive)
        _safely(lambda: marks(archive, most, LIGNES_DES_FEUILLES))
    return _safely(lambda: read(content, rows, wanted))


def _reader(archive: zipfile.ZipFile) -> Callable[[bytes, int, set[str] | None], tuple[list[Tableau], list[str]]]:
    if "xl/workbook.xml" in archive.namelist():
        return xlsx.sheets
    if ods.is_ods(archive):
        return ods.sheets
    raise TableauIllisible("Ce fichier n’est pas un classeur .xlsx ou .ods : enregistrez-le dans l’un des deux.")


def _safely(read: Callable[[], Lu]) -> Lu:
    try:
        return read()
    except TableauIllisible:
        raise
    except Exception as error:
        raise TableauIllisible(ABIME) from error


def _whole(tableau: Tableau) -> Tableau:
    if not tableau.lignes:
        raise TableauIllisible("Ce tableau est vide.")
    return tableau
