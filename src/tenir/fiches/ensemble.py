"""The fiches of a contract read together: some hundred, where a page asks what the facts say of all of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from tenir.contrat.models import OrganismeCite, Orientation
from tenir.contrat.pilotage import NOMMES
from tenir.fiches.jalons import READ
from tenir.fiches.models import FicheAction, Jalon
from tenir.fiches.models.fiche import FicheActionQuerySet
from tenir.habilitations.models import EspaceDeContrat

Row = TypeVar("Row")


def read_together(espace: EspaceDeContrat, rows: FicheActionQuerySet) -> list[FicheAction]:
    """Fiches of a contract with their actions, orientations, bodies and jalons: four queries, whatever the contract.

    They answer `jalons_of`, `in_charge` and `to_designate`. `prefetch_related` would take twice as long, most of it in
    a condition on each fiche.
    """
    fiches = list(rows.select_related("action", "organisme_en_charge"))
    jalons = _by(lambda one: one.fiche_id, Jalon.objects.filter(fiche__espace=espace).order_by("prevu_le", "pk"))
    orientations, of_action = _named(espace)
    for fiche in fiches:
        fiche.action.orientation = orientations[fiche.action.orientation_id]
        setattr(fiche.action, NOMMES, of_action[fiche.action_id])
        setattr(fiche, READ, jalons[fiche.pk])
    return fiches


def _named(espace: EspaceDeContrat) -> tuple[dict[int, Orientation], dict[int | None, list[OrganismeCite]]]:
    """The orientations of a contract, each with its pilots, and the pilots of each action, as `pilotage.prefetches`."""
    pilots = OrganismeCite.objects.filter(espace=espace, role=OrganismeCite.Role.PILOTE)
    cited = list(pilots.select_related("organisation").order_by("rang", "pk"))
    of_orientation = _by(lambda one: one.orientation_id, cited)
    orientations = {one.pk: one for one in Orientation.objects.filter(espace=espace).select_related("axe").order_by()}
    for orientation in orientations.values():
        setattr(orientation, NOMMES, of_orientation[orientation.pk])
    return orientations, _by(lambda one: one.action_id, cited)


def _by(key: Callable[[Row], int | None], rows: Iterable[Row]) -> defaultdict[int | None, list[Row]]:
    found: defaultdict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
