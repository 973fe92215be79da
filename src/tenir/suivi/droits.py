"""Who carries a fiche, and what someone reads of it."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from tenir.acteurs.models import Organisation
from tenir.acteurs.rattachements import with_ancestors, with_services
from tenir.contrat.models import ActionPrevue, OrganismeCite
from tenir.contrat.pilotage import NOMMES, Pilotage, partenaires, pilotage, prefetches
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import Acces, may
from tenir.suivi.enums import Niveau
from tenir.suivi.models import FicheAction, SuiviDEngagement, SuiviDIndicateur


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
    return any(_speaks_for(held, body) for body in in_charge(fiche))


def owns_promise(held: Habilitation, suivi: SuiviDEngagement) -> bool:
    """Whether the body someone acts for promised it, or is above the service that did."""
    return _speaks_for(held, suivi.engagement.signataire.organisation)


def owns_indicateur(held: Habilitation, suivi: SuiviDIndicateur) -> bool:
    """Whether the body someone acts for answers for an indicator, or is above the service that does."""
    return suivi.organisme is not None and _speaks_for(held, suivi.organisme)


def _speaks_for(held: Habilitation, body: Organisation) -> bool:
    return held.organisation is not None and held.organisation.identifiant in with_ancestors(body.identifiant)


def bodies_of(acces: Acces, espace: EspaceDeContrat) -> set[str]:
    """The bodies someone acts for in a contract, with their services."""
    held = [one.organisation.identifiant for one in acces.on(espace) if one.organisation]
    return set().union(*(with_services(one) for one in held))


def niveau_of(acces: Acces | None, espace: EspaceDeContrat, fiche: FicheAction | None = None) -> Niveau:
    """What someone reads of a fiche; without one, what she reads of any."""
    if acces is None or not may(acces, "fiche.read", espace):
        return Niveau.PUBLIC
    return Niveau.EQUIPE if may(acces, "fiche.confide", espace, fiche) else Niveau.PARTENAIRES
