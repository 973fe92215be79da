"""Who carries a fiche, and what someone reads of it."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from tenir.acteurs.models import Organisation
from tenir.contrat.models import ActionPrevue, OrganismeCite
from tenir.contrat.pilotage import NOMMES, Pilotage, partenaires, pilotage, prefetches
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.organismes import speaks_for
from tenir.habilitations.rights import Acces, may


def printed_pilots(fiche: FicheAction) -> Pilotage:
    """The pilots as the signed text names them, the orientation's when the action names none."""
    return pilotage(_with_names(fiche))


def printed_partners(fiche: FicheAction) -> list[OrganismeCite]:
    """The other bodies that the signed text names for the action."""
    return partenaires(_with_names(fiche))


def _with_names(fiche: FicheAction) -> ActionPrevue:
    if not hasattr(fiche.action, NOMMES):
        prefetch_related_objects([fiche.action], "orientation", *prefetches())
    return fiche.action


def in_charge(fiche: FicheAction) -> Sequence[Organisation]:
    """The bodies that carry a fiche: the settled one, else those printed that are known bodies."""
    if fiche.organisme_en_charge:
        return [fiche.organisme_en_charge]
    return [one.organisation for one in printed_pilots(fiche).organismes if one.organisation]


def to_designate(fiche: FicheAction) -> bool:
    """Whether a body is still to be designated, as `FicheActionQuerySet.to_designate`."""
    return fiche.organisme_en_charge_id is None and printed_pilots(fiche).a_designer


def is_theirs(held: Habilitation, fiche: FicheAction) -> bool:
    """Whether a fiche is carried by the body someone acts for, or by one of its services."""
    return any(speaks_for(held, body) for body in in_charge(fiche))


def niveau_of(acces: Acces | None, espace: EspaceDeContrat, fiche: FicheAction | None = None) -> Niveau:
    """What someone reads of a fiche; without one, what she reads of any."""
    if acces is None or not may(acces, "fiche.read", espace):
        return Niveau.PUBLIC
    return Niveau.EQUIPE if may(acces, "fiche.confide", espace, fiche) else Niveau.PARTENAIRES
