"""What a question is about, as people call it: by its title, never by its code alone."""

from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.models import FicheAction
from tenir.indicateurs.models import SuiviDIndicateur
from tenir.points.demande import NombreDemande
from tenir.points.models import Question


def title_of(sujet: FicheAction | SuiviDEngagement | SuiviDIndicateur | NombreDemande) -> str:
    """The title of an action or of a promise, the label of an indicator with its unit, a kind with its period."""
    if isinstance(sujet, NombreDemande):
        return str(sujet)
    if isinstance(sujet, FicheAction):
        return sujet.action.titre
    if isinstance(sujet, SuiviDEngagement):
        return sujet.engagement.titre
    return f"{sujet.indicateur.libelle}{f' ({sujet.unite})' if sujet.unite else ''}"


def title_of_question(question: Question) -> str:
    """The title of what a question asks about."""
    return title_of(question.sujet)
