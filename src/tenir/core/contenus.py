"""What a kept file says, as text enough to be searched: plain bytes, and the parts of an office document."""

import io
import re
import zipfile
from email import message_from_bytes, policy
from typing import Protocol

LARGEST = 32 * 1024 * 1024
"""The most bytes of a file that are read, and of what one part of it holds."""
TAGS = re.compile(r"<[^>]{0,2000}>")


class Lisible(Protocol):
    """A file kept by a storage."""

    name: str | None

    def open(self, mode: str = "rb") -> object:
        """Open it."""


def text_of(kept: "Lisible") -> str:
    """What a file kept for a row says; nothing when there is none, or when it cannot be read."""
    if not kept.name:
        return ""
    try:
        with kept.open("rb") as source:  # type: ignore[attr-defined]  # a file is its own context
            return text_in(source.read(LARGEST))
    except OSError:
        return ""


def text_in(held: bytes) -> str:
    """The texts of a file, one after the other."""
    if not zipfile.is_zipfile(io.BytesIO(held)):
        return decoded(held)
    with zipfile.ZipFile(io.BytesIO(held)) as archive:
        return "\n".join(_member(archive, part) for part in archive.infolist() if part.file_size <= LARGEST)


def messages_in(held: bytes) -> str:
    """The texts of messages written in a file, whatever their coding."""
    told = [decoded(held)]
    for one in re.split(rb"(?m)^-{70,}\s*$", held):
        message = message_from_bytes(one.lstrip(), policy=policy.default)
        told += [f"{name}: {value}" for name, value in message.items()]
        told += [str(part.get_content()) for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join(told)


def decoded(held: bytes) -> str:
    """Bytes as text; those that are none stay apart from words."""
    try:
        return held.decode()
    except UnicodeDecodeError:
        return held.decode("latin-1")


def _member(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """A part of an archive: its words stand together whatever the marks between them."""
    try:
        text = decoded(archive.read(part))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        return part.filename
    return f"{part.filename}\n{text}\n{TAGS.sub(' ', text) if part.filename.endswith('.xml') else ''}"
