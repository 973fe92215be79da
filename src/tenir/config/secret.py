"""The secret key: from the environment, or drawn once and kept beside the data."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def secret_key(var: Path) -> str:
    """Return `TENIR_SECRET`, else the key kept in `var/secret`, drawn on first use (readable by its owner only)."""
    if key := os.environ.get("TENIR_SECRET"):
        return key
    kept = var / "secret"
    if not kept.exists():
        draw(kept)
    return kept.read_text()


def draw(kept: Path) -> None:
    """Write a new key whole, or not at all: of two processes that start together, both read the first one's."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=kept.parent)  # opens with mode 600
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    with suppress(FileExistsError):
        os.link(draft, kept)
    Path(draft).unlink()
