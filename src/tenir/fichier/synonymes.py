"""The words of a resident, and those that contracts write for it: `synonymes.yaml`, which anyone may extend."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from tenir.fichier.mots import ARTICLES, words

MOST = 12
"""How many other readings of one question are tried."""


@dataclass(frozen=True, slots=True)
class Synonymes:
    """What people say for one thing, in comparable words, and what contracts write for it."""

    dit: tuple[frozenset[str], ...]
    ecrit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lecture:
    """Another reading of a question: the expression that contracts write, and every word that is then looked for."""

    ecrit: str
    mots: tuple[str, ...]


@cache
def synonymes() -> tuple[Synonymes, ...]:
    """The file, read once."""
    rows = yaml.safe_load(files("tenir.fichier").joinpath("synonymes.yaml").read_text(encoding="utf-8"))
    return tuple(Synonymes(tuple(frozenset(meant(one)) for one in row["dit"]), tuple(row["ecrit"])) for row in rows)


def meant(text: str) -> list[str]:
    """The comparable words that count in an expression."""
    return [word for word in words(text) if word not in ARTICLES]


def readings(asked: Sequence[str]) -> list[Lecture]:
    """The other readings of the words of a question: what contracts write, in the place of what is said."""
    found: dict[tuple[str, ...], Lecture] = {}
    for one in synonymes():
        for said in one.dit:
            if said <= set(asked):
                for ecrit in one.ecrit:
                    read = Lecture(ecrit, (*_left(asked, said), *meant(ecrit)))
                    found.setdefault(tuple(sorted(read.mots)), read)
    return [read for read in found.values() if set(read.mots) != set(asked)][:MOST]


def _left(asked: Sequence[str], said: Collection[str]) -> list[str]:
    return [word for word in asked if word not in said]
