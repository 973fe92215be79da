"""What a call says line by line, read as data: its criteria with their points, the documents that it asks for.

One line is one thing, so that a team writes it, pastes it and compares it as a text. Pure: nothing here asks the base.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

FACULTATIF = "(facultatif)"
POINTS = 100
"""The most points that a criterion gives."""
_LINE = re.compile(r"^(?P<mots>.+?)\s*[;:|]\s*(?P<points>\d{1,3})\s*(?:points?|pts?)?$")


@dataclass(frozen=True, slots=True)
class Critere:
    """What a dossier is judged by, and how many points it gives."""

    intitule: str
    points: int


@dataclass(frozen=True, slots=True)
class PieceDemandee:
    """A document that a dossier must bring, or may."""

    intitule: str
    obligatoire: bool


def criteria_of(text: str) -> list[Critere]:
    """The criteria of a grid: « Effet attendu pour les habitants ; 5 », one a line.

    Raises:
        ValidationError: a line without its points, or said twice; each is told by its number.
    """
    found: list[Critere] = []
    for rank, line in _lines(text):
        read = _LINE.match(line)
        if read is None or not 1 <= int(read["points"]) <= POINTS:
            raise ValidationError(f"Critère {rank} : finissez par ses points, de 1 à {POINTS} : « {line} ; 5 ».")
        if any(one.intitule == read["mots"] for one in found):
            raise ValidationError(f"Critère {rank} : « {read['mots']} » est écrit deux fois.")
        found.append(Critere(read["mots"], int(read["points"])))
    return found


def documents_of(text: str) -> list[PieceDemandee]:
    """The documents asked for, one a line; « (facultatif) » at the end of those that may be left out."""
    return [
        PieceDemandee(line.removesuffix(FACULTATIF).strip(), obligatoire=not line.endswith(FACULTATIF))
        for _, line in _lines(text)
    ]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    kept = (" ".join(line.split()) for line in text.splitlines())
    return enumerate((line for line in kept if line), start=1)
