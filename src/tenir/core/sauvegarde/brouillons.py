"""What is being written, held while it is: what a killed process left is held by nobody, and is removed."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

DRAFT = ".sauvegarde-"
FOLDER = "restauration-"


@contextmanager
def draft_file(beside: Path, prefix: str) -> Iterator[tuple[Path, "IO[bytes]"]]:
    """A file of its owner alone, to write then move; removed at the end if it is still there."""
    descriptor, name = tempfile.mkstemp(dir=beside, prefix=prefix)  # opens with mode 600
    try:
        with os.fdopen(descriptor, "w+b") as out:
            fcntl.flock(out, fcntl.LOCK_EX)
            yield Path(name), out
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def draft_folder(beside: Path) -> Iterator[Path]:
    """A folder to fill, removed at the end with what is left in it."""
    with tempfile.TemporaryDirectory(dir=beside, prefix=FOLDER) as name:
        held = os.open(name, os.O_RDONLY)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield Path(name)
        finally:
            os.close(held)


def sweep(beside: Path) -> list[str]:
    """Remove what processes that are gone left in a folder; return the names."""
    found = [*beside.glob(f"{DRAFT}*"), *beside.glob(f"{FOLDER}*")] if beside.is_dir() else []
    return [path.name for path in found if _removed(path)]


def _removed(path: Path) -> bool:
    """Remove a draft, unless a living process holds it."""
    try:
        held = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    except OSError:
        return False
    finally:
        os.close(held)
    return True
