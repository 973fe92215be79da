"""The mark of what a page shows: sent back with an act, it tells whether what is acted on is still what was read."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.core import signing

MARQUE = "marque"
"""The hidden field of the mark."""
SALT = "tenir.core.marques"

Lu = Mapping[str, str]
"""What a page showed of what it acts on, noun by noun, in words."""


def seal(lu: Lu) -> str:
    """What was shown, as a form carries it."""
    return signing.dumps(dict(lu), salt=SALT, compress=True)


def unseal(text: str) -> dict[str, str]:
    """What a form says was shown; nothing when it carries no mark, or one of ours no more."""
    try:
        found: dict[str, str] = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return {}
    return found


def digest(lu: Lu) -> str:
    """What was shown, in a few signs: where many things are acted on at once, each carries its own."""
    return hashlib.sha256(json.dumps(dict(lu), sort_keys=True).encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Ecart:
    """What changed since it was read: what was read, what stands, and what was about to be written over it, if said."""

    nom: str
    lu: str
    actuel: str
    propose: str = ""


class Perime(Exception):
    """What was acted on is no more what was read. Nothing is written; `actuel` is what stands now, to be read."""

    def __init__(self, lu: Lu, actuel: Lu, propose: Lu | None = None) -> None:
        super().__init__("Ceci a changé depuis que la page a été affichée : relisez, puis choisissez.")
        self.actuel = dict(actuel)
        self.connu = bool(lu)
        names = dict.fromkeys([*actuel, *lu])
        said = propose or {}
        self.ecarts = [
            Ecart(name, lu.get(name, ""), actuel.get(name, ""), said.get(name, ""))
            for name in names
            if lu.get(name, "") != actuel.get(name, "")
        ]


def refuse_unread(lu: Lu | None, actuel: Lu, propose: Lu | None = None) -> None:
    """Let through only who read what stands. `lu` is none where nothing was read on a page: a command, another service.

    Raises:
        Perime: it changed since.
    """
    if lu is not None and dict(lu) != dict(actuel):
        raise Perime(lu, actuel, propose)
