"""What a rule finds, how grave it is, and how the file would be mended where that is certain."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tenir.fichier.source import Plage, written_lines

if TYPE_CHECKING:
    from tenir.fichier.objet import Item


class Gravite(StrEnum):
    """How grave an anomaly is: it must not be signed so, it is a fault, or it would be better otherwise."""

    BLOQUANTE = "bloquante"
    A_CORRIGER = "à corriger"
    A_AMELIORER = "à améliorer"

    @property
    def pluriel(self) -> str:
        """The same of several anomalies."""
        return f"{self}s" if self is Gravite.BLOQUANTE else str(self)


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of the contract file and the value it should have, when it can only be that one."""

    code: str
    champ: str
    valeur: str


@dataclass(frozen=True, slots=True)
class Ligne:
    """An anomaly as it is told: what a list, a file or another process is given of it. `ou`: where, in words."""

    regle: str
    gravite: str
    code: str
    lignes: str
    phrase: str
    remede: str
    ou: str = ""


@dataclass(frozen=True, slots=True)
class Anomalie:
    """Something wrong: where, in one sentence with its numbers, and what to do.

    `objet` is the item it is about, none for the whole contract. `regle` and `gravite` are filled by the register.
    `correction` is there only where no other value is possible; nothing applies it but a person.
    """

    objet: "Item | None"
    phrase: str
    remede: str
    source: tuple[Plage, ...] = ()
    regle: str = ""
    gravite: Gravite = Gravite.A_CORRIGER
    correction: Correction | None = None

    @property
    def code(self) -> str:
        """The code of the item, empty for the whole contract."""
        return self.objet.code if self.objet else ""

    @property
    def plages(self) -> tuple[Plage, ...]:
        """Where the document carries it."""
        return self.source or (self.objet.source if self.objet else ())

    @property
    def lignes(self) -> str:
        """The lines of the document that carry it, as they are read: « 12 à 14, 20 »."""
        return written_lines(self.plages)

    @property
    def ligne(self) -> Ligne:
        """The anomaly as it is told."""
        return Ligne(self.regle, self.gravite.value, self.code, self.lignes, self.phrase, self.remede)
