"""The lines of the table of fiches: each fiche of a contract, and what the facts say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tenir.acteurs.models import Organisation
from tenir.fiches.droits import in_charge, to_designate
from tenir.fiches.ensemble import read_together
from tenir.fiches.jalons import jalons_of
from tenir.fiches.models import FicheAction, Jalon
from tenir.fiches.situation import Situation, get_situation
from tenir.habilitations.models import EspaceDeContrat


@dataclass(frozen=True, slots=True)
class Ligne:
    """One fiche of the table. `prochain`: the jalon awaited first, late or not."""

    fiche: FicheAction
    situation: Situation
    porteurs: Sequence[Organisation]
    a_designer: bool
    prochain: Jalon | None

    @property
    def code(self) -> str:
        """The code of its action."""
        return self.fiche.action.code


def lines_of(espace: EspaceDeContrat, on: date) -> list[Ligne]:
    """Every fiche of a contract on a day, in its order: read whole, then filtered and sorted where what the facts say
    is known."""
    rows = FicheAction.objects.of(espace).select_related("personne_en_charge")
    return [_line(fiche, on) for fiche in read_together(espace, rows)]


def _line(fiche: FicheAction, on: date) -> Ligne:
    jalons = jalons_of(fiche)
    awaited = min((jalon for jalon in jalons if jalon.attendu), key=lambda one: (one.attendu_le, one.pk), default=None)
    return Ligne(fiche, get_situation(fiche, jalons, on), in_charge(fiche), to_designate(fiche), awaited)
