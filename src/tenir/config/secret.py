"""The secret key, and those before it: from the environment, or drawn once and kept beside the data."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

NAME = "secret"


def secret_keys(var: Path) -> list[str]:
    """The key that signs now, then those whose links still open.

    `TENIR_SECRET`, else the keys kept in `var/secret`, one a line, drawn on first use (readable by its owner only);
    and after it `TENIR_SECRETS_ANCIENS`.
    """
    given = os.environ.get("TENIR_SECRET")
    return list(dict.fromkeys([*([given] if given else kept_keys(var)), *former_keys()]))


def former_keys() -> list[str]:
    """The keys of before that the environment gives."""
    return [key for key in os.environ.get("TENIR_SECRETS_ANCIENS", "").split(",") if key]


def kept_keys(var: Path) -> list[str]:
    """The keys of the file, one drawn if there is none."""
    kept = var / NAME
    if not kept.exists():
        draw(kept)
    return kept.read_text().split()


def draw(kept: Path) -> None:
    """Write a new key whole, or not at all: of two processes that start together, both read the first one's."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = _written(kept, [secrets.token_urlsafe(64)])
    with suppress(FileExistsError):
        os.link(draft, kept)
    draft.unlink()


def rotate(var: Path, *, forget: bool) -> list[str]:
    """Put a new key before those of the file, or, to `forget`, leave the present one alone; return what is kept."""
    keys = kept_keys(var)
    left = keys[:1] if forget else [secrets.token_urlsafe(64), *keys]
    _written(var / NAME, left).replace(var / NAME)
    return left


def _written(kept: Path, keys: list[str]) -> Path:
    descriptor, draft = tempfile.mkstemp(dir=kept.parent)  # opens with mode 600
    with os.fdopen(descriptor, "w") as file:
        file.write("\n".join(keys))
    return Path(draft)
