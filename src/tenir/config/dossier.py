"""The folder of the data: made for its owner alone, as everything that this site ever writes."""

import errno
import os
from pathlib import Path
from stat import S_IMODE

OWNER_ALONE = 0o077
"""The mask of what is written: neither group nor others read a database, a document, a backup or a message."""
REASONS = {
    errno.EACCES: "ce compte n’a pas le droit d’y écrire",
    errno.EPERM: "ce compte n’a pas le droit d’y écrire",
    errno.EROFS: "il est sur un disque en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.ENOTDIR: "ce n’est pas un dossier",
    errno.EEXIST: "ce n’est pas un dossier",
}


def open_folder(var: Path, *, local: bool = False) -> str:
    """Make the folder of the data, closed to other accounts; return what keeps it from serving, or nothing.

    What it returns is a French sentence. `local`: one machine, one person; elsewhere root does not write beside the
    account of the site, which could not read it back.
    """
    os.umask(OWNER_ALONE)
    try:
        var.mkdir(parents=True, exist_ok=True)
        _close(var)
    except OSError as error:
        return f"TENIR_VAR : le dossier {var} ne sert pas, {REASONS.get(error.errno or 0, error.strerror)}."
    if not os.access(var, os.R_OK | os.W_OK | os.X_OK):
        return f"TENIR_VAR : le dossier {var} ne sert pas, {REASONS[errno.EACCES]}."
    if not local and os.geteuid() == 0 != var.stat().st_uid:
        return f"TENIR_VAR : le dossier {var} est à un autre compte que root ; prenez-le (sudo -u {var.owner()} …)."
    return ""


def _close(var: Path) -> None:
    """Take from other accounts a folder that was made open; what is in it is then out of their reach."""
    found = var.stat()
    if found.st_uid == os.geteuid() and found.st_mode & OWNER_ALONE:
        var.chmod(S_IMODE(found.st_mode) & ~OWNER_ALONE)


def readable_by_others(folder: Path) -> list[Path]:
    """What in a folder another account may read; nothing when the folder itself is closed."""
    if not folder.is_dir() or not folder.stat().st_mode & OWNER_ALONE:
        return []
    return [folder, *(path for path in sorted(folder.rglob("*")) if path.stat().st_mode & OWNER_ALONE)]
