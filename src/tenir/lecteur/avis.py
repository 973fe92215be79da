"""How sure the reader is of each item, and what a person should settle first."""

from dataclasses import dataclass, field
from enum import StrEnum

from tenir.lecteur.lignes import Texte


class Niveau(StrEnum):
    """How far the reading of an item may be relied upon."""

    HAUTE = "haute"
    MOYENNE = "moyenne"
    BASSE = "basse"


@dataclass(frozen=True, slots=True)
class Avis:
    """The confidence in one item, with the doubt as a French sentence when there is one."""

    niveau: Niveau = Niveau.HAUTE
    doute: str | None = None


@dataclass
class Atelier:
    """What every reader of a part works with: the text, the territories it names, the confidences gathered."""

    texte: Texte
    territoires: tuple[str, ...] = ()
    avis: dict[str, Avis] = field(default_factory=dict)

    def juge(self, code: str, niveau: Niveau, doute: str) -> None:
        """Record a doubt on an item."""
        self.avis[code] = Avis(niveau, doute)
