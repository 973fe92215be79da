"""What a point d'étape asks of what is counted by period: the numbers of a kind, of one body, over one period."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tenir.acteurs.models import Organisation
from tenir.activite.periodes import named
from tenir.natures.enums import Forme

if TYPE_CHECKING:
    from tenir.natures.modeles import NatureEntiere  # with pydantic: this is read when the site starts


@dataclass(frozen=True, slots=True)
class NombreDemande:
    """Numbers asked of a body: those of a kind, over a period from `du` to `au`."""

    nature: "NatureEntiere"
    organisme: Organisation
    du: date
    au: date

    @property
    def periode(self) -> str:
        """« 3e trimestre 2026 »."""
        return named(self.nature.periode, (self.du, self.au))

    @property
    def code(self) -> str:
        """How it is called: « Heures d’accueil, 3e trimestre 2026 »."""
        return f"{self.nature.libelle}, {self.periode}"

    @property
    def cle(self) -> str:
        """By which the team passes over it: the kind and the body, whatever the period."""
        return f"nombre/{self.nature.nature}/{self.organisme.identifiant}"

    @property
    def d_un_jour(self) -> bool:
        """Whether it tells how things stand on one day, and not what happened over a period."""
        return self.nature.forme.value == Forme.ETAT.value

    def __str__(self) -> str:
        return self.code
