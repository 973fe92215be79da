"""What became of each row of a spreadsheet that came back: plain values, told in French."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tenir.fiches.classeur.modele import FEUILLES
from tenir.fiches.models import FicheAction, Jalon

FICHIER, ACTUEL = "fichier", "actuel"
"""What one chooses of a conflict: what the file says, or what stands."""


@dataclass(frozen=True, slots=True)
class Cellule:
    """A cell that is not as it left: where it is, of what, the field, what stands now, what the file says.

    `cle` names it for a choice; `valeur` is what the file gives to the field.
    """

    cle: str
    place: str
    quoi: str
    champ: str
    actuel: str
    propose: str
    valeur: Any = None
    origine: str | None = None


@dataclass(frozen=True, slots=True)
class Refus:
    """A cell, or a row, that is left out: where, of what, why and what to do."""

    place: str
    quoi: str
    raison: str


@dataclass(slots=True)
class LigneComparee:
    """A row that was read and what becomes of it. Without `jalon`, a row of jalons is a new one."""

    feuille: str
    rang: int
    code: str
    fiche: FicheAction | None = None
    jalon: Jalon | None = None
    changements: list[Cellule] = field(default_factory=list)
    conflits: list[Cellule] = field(default_factory=list)
    refus: list[Refus] = field(default_factory=list)

    @property
    def expliquee(self) -> bool:
        """Whether something in it is left out, or waits for a choice: the page then says why."""
        return bool(self.refus or self.conflits)

    def refuse(self, cells: list[Cellule], raison: Callable[[Cellule], str]) -> None:
        """Leave cells that were about to change out, each with its reason."""
        self.refus += [Refus(one.place, one.quoi, raison(one)) for one in cells]
        self.changements = [one for one in self.changements if one not in cells]


@dataclass(frozen=True, slots=True)
class Compte:
    """The rows of a sheet: read, kept whole, explained."""

    feuille: str
    lues: int
    gardees: int
    expliquees: int


@dataclass(frozen=True, slots=True)
class Comparaison:
    """A workbook beside the contract as it stands. `absentes`: the fiches that it does not hold, left as they are.

    `remarques`: how it was read, wherever someone could have expected otherwise.
    """

    lignes: list[LigneComparee]
    absentes: int
    ignorees: list[str]
    sans_origine: bool
    remarques: list[str] = field(default_factory=list)

    def changements(self) -> Iterator[tuple[LigneComparee, Cellule]]:
        """Every cell that changes."""
        return ((ligne, cell) for ligne in self.lignes for cell in ligne.changements)

    def conflits(self) -> Iterator[tuple[LigneComparee, Cellule]]:
        """Every cell that someone else changed meanwhile."""
        return ((ligne, cell) for ligne in self.lignes for cell in ligne.conflits)

    def refus(self) -> Iterator[tuple[LigneComparee, Refus]]:
        """Everything left out."""
        return ((ligne, refus) for ligne in self.lignes for refus in ligne.refus)

    def comptes(self) -> list[Compte]:
        """How many rows were read, kept and explained, sheet by sheet."""
        return [_count(nom, [one for one in self.lignes if one.feuille == nom]) for nom in FEUILLES]

    def empreinte(self) -> str:
        """A digest of all that the page shows: another one means that what was shown no longer holds."""
        told = [
            [one.feuille, one.rang, *(_told(each) for each in (one.changements, one.conflits)), _why(one.refus)]
            for one in self.lignes
        ]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _count(feuille: str, lignes: list[LigneComparee]) -> Compte:
    explained = sum(one.expliquee for one in lignes)
    return Compte(feuille, len(lignes), len(lignes) - explained, explained)


def _told(cells: list[Cellule]) -> list[list[str]]:
    return [[one.cle, one.actuel, one.propose] for one in cells]


def _why(refus: list[Refus]) -> list[list[str]]:
    return [[one.place, one.raison] for one in refus]
