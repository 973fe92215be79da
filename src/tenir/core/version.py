"""Which Tenir this is: the version of its package, and the commit of the folder it runs from."""

from functools import cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LENGTH = 12


@cache
def full() -> str:
    """« 0.1.0 (1a2b3c4d5e6f) »: what to quote, and to install again; the version alone outside a repository."""
    found = commit(ROOT)
    return f"{number()} ({found[:LENGTH]})" if found else number()


def number() -> str:
    """The version of the package."""
    return metadata.version("tenir")


def commit(root: Path) -> str:
    """The commit that a folder is at; empty where there is no repository.

    Read from its files: the account of the site may not own them, and git then refuses to say.
    """
    try:
        folder = _folder(root / ".git")
        head = (folder / "HEAD").read_text().strip()
        name = head.removeprefix("ref: ")
        return head if name == head else _of(folder, name)
    except OSError:
        return ""


def _folder(git: Path) -> Path:
    """The folder of the repository; that of a worktree is named in a file."""
    return git.parent / git.read_text().removeprefix("gitdir:").strip() if git.is_file() else git


def _of(folder: Path, name: str) -> str:
    """What a branch points to: its own file, or a line of those that git has packed."""
    shared = folder / "commondir"
    common = folder / shared.read_text().strip() if shared.exists() else folder
    if (common / name).exists():
        return (common / name).read_text().strip()
    lines = (common / "packed-refs").read_text().splitlines()
    return next((line.split()[0] for line in lines if line.endswith(f" {name}")), "")
