"""Whose an engagement is, and what someone reads of it."""

from tenir.engagements.models import SuiviDEngagement
from tenir.habilitations.models import Habilitation
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.organismes import speaks_for
from tenir.habilitations.rights import Acces, may


def owns_engagement(held: Habilitation, suivi: SuiviDEngagement) -> bool:
    """Whether the body someone acts for promised it, or is above the service that did."""
    return speaks_for(held, suivi.engagement.signataire.organisation)


def niveau_of(acces: Acces, suivi: SuiviDEngagement) -> Niveau:
    """What someone reads of an engagement: its difficulties are for the team, the copilots and the signatory."""
    confided = may(acces, "engagement.update", suivi.espace, suivi) or may(acces, "fiche.confide", suivi.espace)
    return Niveau.EQUIPE if confided else Niveau.PARTENAIRES
