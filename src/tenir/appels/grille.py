"""What a call says line by line, read as data: its criteria with their points, the documents that it asks for.

One line is one thing, so that a team writes it, pastes it and compares it as a text. Pure: nothing here asks the base.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from tenir.core.typographie import pluriel
from tenir.financement.montants import share

FACULTATIF = "(facultatif)"
POINTS = 100
"""The most points that a criterion gives."""
LONGUEUR = 300
"""The most signs that the words of a criterion have."""
POIDS = 10
"""The most that a criterion may weigh, beside one that weighs 1."""
_LINE = re.compile(
    r"^(?P<mots>.+?)\s*[;:|]\s*(?P<points>\d{1,3})\s*(?:points?|pts?)?(?:\s*[;:|]?\s*[x×]\s*(?P<poids>\d{1,2}))?$"
)


@dataclass(frozen=True, slots=True)
class Critere:
    """What a dossier is judged by, how many points it gives, and how much these weigh."""

    intitule: str
    points: int
    poids: int = 1

    @property
    def dit(self) -> str:
        """« 5 points, comptés double »."""
        return pluriel(self.points, "point") + ("" if self.poids == 1 else f", comptés {self.poids} fois")


@dataclass(frozen=True, slots=True)
class PieceDemandee:
    """A document that a dossier must bring, or may."""

    intitule: str
    obligatoire: bool


def criteria_of(text: str) -> list[Critere]:
    """The criteria of a grid: « Effet attendu pour les habitants ; 5 », « Budget sincère ; 3 ; ×2 », one a line.

    Raises:
        ValidationError: a line without its points, or said twice; each is told by its number.
    """
    found: list[Critere] = []
    for rank, line in _lines(text):
        read = _LINE.match(line)
        if read is None or not 1 <= int(read["points"]) <= POINTS:
            raise ValidationError(f"Critère {rank} : finissez par ses points, de 1 à {POINTS} : « {line} ; 5 ».")
        if len(read["mots"]) > LONGUEUR:
            raise ValidationError(f"Critère {rank} : {LONGUEUR} signes au plus.")
        poids = int(read["poids"] or 1)
        if not 1 <= poids <= POIDS:
            raise ValidationError(f"Critère {rank} : son poids va de 1 à {POIDS} : « ×2 ».")
        if any(one.intitule == read["mots"] for one in found):
            raise ValidationError(f"Critère {rank} : « {read['mots']} » est écrit deux fois.")
        found.append(Critere(read["mots"], int(read["points"]), poids))
    return found


def score_of(criteres: Sequence[Critere], notes: Mapping[str, int]) -> int | None:
    """What points given make out of a hundred, each with its weight; nothing until every criterion has some."""
    if not criteres or any(one.intitule not in notes for one in criteres):
        return None
    got = sum(one.poids * notes[one.intitule] for one in criteres)
    found = share(Decimal(got), Decimal(sum(one.poids * one.points for one in criteres)))
    return None if found is None else int(found)


def documents_of(text: str) -> list[PieceDemandee]:
    """The documents asked for, one a line; « (facultatif) » at the end of those that may be left out."""
    return [
        PieceDemandee(line.removesuffix(FACULTATIF).strip(), obligatoire=not line.endswith(FACULTATIF))
        for _, line in _lines(text)
    ]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    kept = (" ".join(line.split()) for line in text.splitlines())
    return enumerate((line for line in kept if line), start=1)
