"""What was read of a document, kept with it: read once for a dozen rules, gone when the document is let go.

A cache of the process would keep the last documents in the memory of a worker long after they were answered.
"""

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from tenir.fichier.document import DocumentNormalise

Read = TypeVar("Read", bound=Callable[..., Any])
_VALUES = (int, str, re.Pattern)
_KEPT = "_lu_par_les_regles"
_OF_WORDS: list[Callable[[], None]] = []


def lu_une_fois(read: Read) -> Read:
    """Keep what a function reads of a document in the document itself.

    A contract is known by identity, and kept beside: its place in memory is not given to another meanwhile.
    """

    @wraps(read)
    def kept(*given: Any) -> Any:
        document = next(one for one in given if isinstance(one, DocumentNormalise))
        held = document.__dict__.setdefault(_KEPT, {})
        key = (read, *(one if isinstance(one, _VALUES) else id(one) for one in given))
        if key not in held:
            held[key] = (read(*given), [one for one in given if one is not document])
        return held[key][0]

    return cast(Read, kept)


def des_mots(taille: int) -> Callable[[Read], Read]:
    """A cache of short texts, emptied when a contract has been through the rules."""

    def of(read: Read) -> Read:
        cached = lru_cache(maxsize=taille)(read)
        _OF_WORDS.append(cached.cache_clear)
        return cast(Read, cached)

    return of


def oublier() -> None:
    """Empty the caches of texts: nothing of a contract outlives the answer about it."""
    for clear in _OF_WORDS:
        clear()
