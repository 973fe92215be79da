"""The secret key: from the environment, or drawn once and kept beside the data."""

import os
import secrets
from pathlib import Path


def secret_key(var: Path) -> str:
    """Return `TENIR_SECRET`, else the key kept in `var/secret`, drawn on first use (readable by its owner only)."""
    if key := os.environ.get("TENIR_SECRET"):
        return key
    kept = var / "secret"
    if not kept.exists():
        var.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(64))
    return kept.read_text()
