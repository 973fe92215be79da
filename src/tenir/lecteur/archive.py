"""What Word and OpenDocument files are: a zip of XML parts, refused before any of it is parsed when it may harm."""

import io
import zipfile
import zlib

from lxml import etree

from tenir.lecteur.document import LectureRefusee

_MEGA = 1024 * 1024
MAX_DEPLIE = 200 * _MEGA  # of all parts together, once unzipped
_RATIO = 300  # a part that unzips to more than 300 times its size, above one megabyte, is a bomb


ABIMEES = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    AttributeError,
    IndexError,
    RuntimeError,
    etree.LxmlError,
)
"""What opening a damaged file raises, from the zip to the XML."""


def abime(nature: str) -> str:
    """The sentence for a file that does not open; `nature`: « Word », « OpenDocument »."""
    return f"Ce fichier {nature} est abîmé : il ne s’ouvre pas."


def controler_archive(content: bytes, nature: str) -> None:
    """Refuse what no word processor writes.

    Raises:
        LectureRefusee: protected, out of all measure, or with definitions that XML parsers expand.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if any(info.flag_bits & 1 for info in infos):
                raise LectureRefusee("Ce fichier est protégé par un mot de passe : enregistrez-le sans protection.")
            if sum(info.file_size for info in infos) > MAX_DEPLIE or any(map(_is_bomb, infos)):
                raise LectureRefusee(f"Ce fichier {nature} se déplie en un volume démesuré : il a été refusé.")
            for info in infos:
                if info.filename.endswith((".xml", ".rels")):
                    _check_part(archive.read(info), nature)
    except ABIMEES as error:
        raise LectureRefusee(abime(nature)) from error


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > _MEGA and info.file_size > _RATIO * max(info.compress_size, 1)


def _check_part(xml: bytes, nature: str) -> None:
    start = xml[:65536].replace(b"\0", b"")  # UTF-16 too
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise LectureRefusee(f"Ce fichier {nature} contient des définitions XML interdites : il a été refusé.")
