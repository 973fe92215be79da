"""The disk that holds the data: a file is written whole or not at all, and health tries a write before it says « bon ».

A full disk refuses the database as well as files: it is told in one sentence, by the page of an error and by `/sante`.
"""

import errno
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
SQLITE_FULL = "database or disk is full"
TRY = 64 * 1024
"""How many bytes health tries to write: more than what a full disk may still take."""
UNFINISHED = ".ecriture-"
"""How the name of a file being written starts."""


class StockageEntier(FileSystemStorage):
    """Keeps a file once it is written whole: beside first, then moved to its name, which no one sees half-written."""

    def _save(self, name: str, content: "File[Any]") -> str:
        """Write a file.

        Raises:
            OSError: it could not be written; nothing of it is left.
        """
        with tempfile.NamedTemporaryFile(dir=self._beside(), prefix=UNFINISHED, delete=False) as beside:
            try:
                for chunk in content.chunks():
                    beside.write(chunk if isinstance(chunk, bytes) else chunk.encode())
                beside.flush()
                return str(super()._save(name, _Written(beside)))  # type: ignore[misc]
            finally:
                Path(beside.name).unlink(missing_ok=True)

    def _beside(self) -> Path:
        folder = Path(self.location)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def drop_unfinished(self, before: datetime) -> None:
        """Remove what a process killed while it wrote has left."""
        for file in Path(self.location).glob(f"{UNFINISHED}*"):
            if file.stat().st_mtime < before.timestamp():
                file.unlink(missing_ok=True)


class _Written(File):  # type: ignore[type-arg]  # Django’s own takes no parameter when it runs
    """A file already on the disk, which the storage has only to move."""

    def temporary_file_path(self) -> str:
        """Where it is."""
        return str(self.file.name)  # type: ignore[union-attr]


def can_write() -> bool:
    """Whether the folder of the data takes a write now; it is tried, and nothing of the try is left."""
    try:
        with tempfile.TemporaryFile(dir=settings.VAR) as tried:
            tried.write(b"\0" * TRY)
            tried.flush()
    except OSError:
        return False
    return True


def room() -> int:
    """How many bytes the disk of the data still takes; none when it does not answer."""
    try:
        return shutil.disk_usage(settings.VAR).free
    except OSError:
        return 0


def is_full(error: BaseException | None) -> bool:
    """Whether an error comes of a disk, or a database, that takes no more."""
    while error:
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        if isinstance(error, OperationalError) and (SQLITE_FULL in str(error) or "No space left" in str(error)):
            return True
        error = error.__cause__ or error.__context__
    return False
