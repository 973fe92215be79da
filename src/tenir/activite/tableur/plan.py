"""What someone says of a table: what each heading holds, the kind and the body of the rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tenir.activite.tableur.colonnes import NATURE, ORGANISME
from tenir.core.tableur.correspondance import Releve
from tenir.fichier.mots import comparable


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of a table are read.

    `colonnes`: what each heading holds, by its key (`Titre.cle`). `nature`, `organisme`: those of the whole file, empty
    when a column says. `natures`: the kind that each value of that column means. `repetees`: rows that say the same are
    several things done, not one written twice.
    """

    colonnes: Mapping[str, str] = field(default_factory=dict)
    nature: str = ""
    organisme: str = ""
    natures: Mapping[str, str] = field(default_factory=dict)
    repetees: bool = False

    def choix(self, releve: Releve) -> dict[int, str]:
        """What each column of a table holds, those left aside apart."""
        return {one.colonne: key for one in releve.titres if (key := self.colonnes.get(one.cle, ""))}

    def kind_of(self, value: str) -> str:
        """The kind that a value of the column of kinds means; empty when nobody said."""
        return self.nature or self.natures.get(comparable(value), "")

    @property
    def par_colonne(self) -> bool:
        """Whether a column says the kind."""
        return not self.nature and NATURE in self.colonnes.values()

    @property
    def corps_par_colonne(self) -> bool:
        """Whether a column says the body."""
        return not self.organisme and ORGANISME in self.colonnes.values()

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "colonnes": dict(self.colonnes),
            "nature": self.nature,
            "organisme": self.organisme,
            "natures": dict(self.natures),
            "repetees": self.repetees,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Plan":
        """What `to_json` kept; an empty one of nothing."""
        return cls(**kept)
