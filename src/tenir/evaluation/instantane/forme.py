"""The form of a snapshot: plain data, its one text, its digest; read again only once the digest is checked.

What it holds names bodies, never persons: titles, codes, states, days, counts, figures. The few words that people typed
beside a figure (its unit, its part, its source) are kept apart, by place and digest: a name may be taken off them, and
what was frozen is still what was frozen.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tenir.evaluation.models import Instantane

Donnees = dict[str, Any]
SCHEMA = 1
"""The number of the form. A later form is read beside this one, never in its place."""
TYPED = frozenset({"source", "unite", "pour"})
"""The keys under which stand the words that people typed."""


class InstantaneAltere(Exception):
    """What is kept no longer has the digest it was frozen with."""

    def __init__(self) -> None:
        super().__init__("Cet instantané a été changé depuis qu’il a été figé : il n’est plus montré.")


class FormeInconnue(Exception):
    """It was frozen in a form that this version of Tenir does not read."""

    def __init__(self, schema: int) -> None:
        super().__init__(f"Cet instantané est de forme {schema}, que cette version de Tenir ne lit pas.")


@dataclass(frozen=True, slots=True)
class Fige:
    """Data as they are kept: the one text, its digest, and the words typed, each in its place."""

    contenu: str
    sha256: str
    mots: list[str]


def canonical(data: Donnees) -> str:
    """The one text of some data."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def freeze(data: Donnees) -> Fige:
    """Data as they will be kept."""
    words = sorted(set(_typed(data)))
    places = {word: place for place, word in enumerate(words)}
    kept = _with(data, places.__getitem__)
    text = canonical({**kept, "mots": [digest(word) for word in words]})
    return Fige(text, digest(text), words)


def recall(instantane: Instantane) -> Donnees:
    """What a snapshot holds, once its digest is checked. `mots_effaces`: how many typed words are no more the same.

    Raises:
        InstantaneAltere: it is not what was frozen.
        FormeInconnue: it is of a form that is not read here.
    """
    if digest(instantane.contenu) != instantane.sha256:
        raise InstantaneAltere
    if instantane.schema != SCHEMA:
        raise FormeInconnue(instantane.schema)
    kept: Donnees = json.loads(instantane.contenu)
    digests, words = kept.pop("mots"), list(instantane.mots)
    if len(words) != len(digests):
        raise InstantaneAltere
    erased = sum(digest(word) != one for word, one in zip(words, digests, strict=True))
    found: Donnees = _with(kept, words.__getitem__)
    return {**found, "mots_effaces": erased}


def _typed(data: Any, key: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _typed(value, name)
    elif isinstance(data, list):
        for one in data:
            yield from _typed(one, key)
    elif key in TYPED:
        yield data


def _with(data: Any, change: Callable[[Any], Any], key: str = "") -> Any:
    """The same data, each typed word changed."""
    if isinstance(data, dict):
        return {name: _with(value, change, name) for name, value in data.items()}
    if isinstance(data, list):
        return [_with(one, change, key) for one in data]
    return change(data) if key in TYPED else data
