"""The lines of the table of fiches: each fiche of a contract, and what the facts say of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tenir.acteurs.models import Organisation
from tenir.contrat.models import OrganismeCite, Orientation
from tenir.contrat.pilotage import NOMMES
from tenir.fiches.droits import in_charge, to_designate
from tenir.fiches.models import FicheAction, Jalon
from tenir.fiches.situation import Situation, get_situation
from tenir.habilitations.models import EspaceDeContrat

Row = TypeVar("Row")


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
    """Every fiche of a contract on a day, in its order: five queries, whatever the contract.

    A contract has some hundred actions: they are read whole, then filtered and sorted here, where what the facts say
    is known. `prefetch_related` would take twice as long, most of it in a queryset for each fiche.
    """
    fiches = list(FicheAction.objects.of(espace).select_related("action", "personne_en_charge"))
    jalons = _by(lambda one: one.fiche_id, Jalon.objects.filter(fiche__espace=espace).order_by("prevu_le", "pk"))
    _hang_bodies(espace, fiches)
    return [_line(fiche, jalons[fiche.pk], on) for fiche in fiches]


def _hang_bodies(espace: EspaceDeContrat, fiches: list[FicheAction]) -> None:
    """Give each fiche its contract, its orientation and the bodies it names, as `pilotage.prefetches` would."""
    cited = list(OrganismeCite.objects.filter(espace=espace, role=OrganismeCite.Role.PILOTE).order_by("rang", "pk"))
    wanted = {one.organisation_id for one in cited} | {one.organisme_en_charge_id for one in fiches}
    bodies = Organisation.objects.in_bulk([one for one in wanted if one])
    for one in cited:
        one.organisation = bodies.get(one.organisation_id or 0)
    of_action = _by(lambda one: one.action_id, cited)
    of_orientation = _by(lambda one: one.orientation_id, cited)
    orientations = {one.pk: one for one in Orientation.objects.filter(espace=espace).select_related("axe")}
    for orientation in orientations.values():
        setattr(orientation, NOMMES, of_orientation[orientation.pk])
    for fiche in fiches:
        fiche.espace, fiche.organisme_en_charge = espace, bodies.get(fiche.organisme_en_charge_id or 0)
        fiche.action.orientation = orientations[fiche.action.orientation_id]
        setattr(fiche.action, NOMMES, of_action[fiche.action_id])


def _by(key: Callable[[Row], int | None], rows: Iterable[Row]) -> defaultdict[int | None, list[Row]]:
    found: defaultdict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _line(fiche: FicheAction, jalons: list[Jalon], on: date) -> Ligne:
    awaited = min((jalon for jalon in jalons if jalon.attendu), key=lambda one: (one.attendu_le, one.pk), default=None)
    return Ligne(fiche, get_situation(fiche, jalons, on), in_charge(fiche), to_designate(fiche), awaited)
