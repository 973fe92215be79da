"""Who reads a fact of the life of a contract, and which level each field of each model is for.

Each room says the level of the fields of its models in its `champs.py` (`LECTURE`), and gives it at start-up
(`Piece(levels=LECTURE)`). What nobody said is for the team: a new field is closed until its room opens it.
`tests/visites/test_confidentialite.py` plants a value in every field and opens every page to hold the site to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.db.models import Model

from tenir.core.piece import by_name


class Niveau(IntEnum):
    """Who reads a field of the life of a contract: anyone, those who have a role in it, its team and who carries it."""

    PUBLIC = 0
    PARTENAIRES = 1
    EQUIPE = 2


JAMAIS = len(Niveau)
"""The level of what nobody reads, on no page and in no file: what a link or a proof is made of."""


@dataclass(frozen=True, slots=True)
class SelonLaLigne:
    """The level of a field that each row says for itself, in another field."""

    champ: str


@dataclass(frozen=True, slots=True)
class SelonLeContrat:
    """The level of a field that each contract opens to everyone, or keeps to the partenaires: all its kinds of facts
    are published, or not (`habilitations.publications`). `par`: the row above, which holds the contract.
    """

    genres: tuple[str, ...]
    par: str = ""

    def of(self, row: Model) -> int:
        """The level of a field of a row of a contract."""
        above: Any = getattr(row, self.par) if self.par else row
        return (
            Niveau.PUBLIC if all(getattr(above.espace, f"publie_{one}") for one in self.genres) else Niveau.PARTENAIRES
        )


Lecture = int | SelonLaLigne | SelonLeContrat
Levels = Mapping[str, Lecture]


def level_of(row: Model, name: str) -> int:
    """Who reads a field of a row, from `Niveau.PUBLIC` to `JAMAIS`: the team, when its room does not say."""
    declared: Levels | Niveau = by_name("levels").get(type(row).__name__, {})
    if isinstance(declared, Niveau):
        return declared
    found = declared.get(name, Niveau.EQUIPE)
    if isinstance(found, SelonLeContrat):
        return found.of(row)
    return int(getattr(row, found.champ)) if isinstance(found, SelonLaLigne) else found
