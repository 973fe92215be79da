"""Whose an évaluation is, and who reads it."""

from tenir.evaluation.models import Evaluation, EvaluationQuerySet
from tenir.evaluation.services.commun import RIGHT
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.organismes import bodies_of, speaks_for
from tenir.habilitations.rights import Acces, may


def leads(held: Habilitation, evaluation: Evaluation) -> bool:
    """Whether the body someone acts for leads it, or is above the service that does."""
    return speaks_for(held, evaluation.conduite_par)


def read_by(acces: Acces, espace: EspaceDeContrat) -> EvaluationQuerySet:
    """Those that someone reads: all for the team, for the others what is shared and what their body leads."""
    rows = Evaluation.objects.of(espace)
    if may(acces, RIGHT, espace):
        return rows
    hers = rows.filter(conduite_par__identifiant__in=bodies_of(acces, espace))
    return rows.shared() | hers
