"""What a rule finds, and how grave it is."""

from dataclasses import dataclass
from enum import StrEnum

from tenir.fichier.objet import Item
from tenir.fichier.source import Plage, written_lines


class Gravite(StrEnum):
    """How grave an anomaly is: it must not be signed so, it is a fault, or it would be better otherwise."""

    BLOQUANTE = "bloquante"
    A_CORRIGER = "à corriger"
    A_AMELIORER = "à améliorer"


@dataclass(frozen=True, slots=True)
class Anomalie:
    """Something wrong: where, in one sentence with its numbers, and what to do.

    `objet` is the item it is about, none for the whole contract. `regle` and `gravite` are filled by the register.
    """

    objet: Item | None
    phrase: str
    remede: str
    source: tuple[Plage, ...] = ()
    regle: str = ""
    gravite: Gravite = Gravite.A_CORRIGER

    @property
    def code(self) -> str:
        """The code of the item, empty for the whole contract."""
        return self.objet.code if self.objet else ""

    @property
    def lignes(self) -> str:
        """The lines of the document that carry it, as they are written: « 12-14, 20 »."""
        return written_lines(self.source or (self.objet.source if self.objet else ()))
