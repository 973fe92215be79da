"""The link by which a body answers two questions, without an account."""

from datetime import datetime

from tenir.core import jetons
from tenir.evaluation.enums import EtatDEvaluation
from tenir.evaluation.models import Contribution

CONTRIBUTION = "tenir.evaluation.contribution"
_ROWS = Contribution.objects.select_related("evaluation__espace", "evaluation__conduite_par", "organisme")


class LienClos(Exception):
    """The link answers nothing any more; the message is the French sentence to show."""


def token_of(contribution: Contribution) -> str:
    """The secret part of the address of a body."""
    return jetons.make(CONTRIBUTION, contribution.pk, contribution.alea)


def find_asked(jeton: str) -> Contribution | None:
    """What the link of a body opens, whatever became of it."""
    return jetons.find(jeton, CONTRIBUTION, _ROWS.all(), lambda row: row.alea)


def open_links(now: datetime) -> int:
    """How many links still answer."""
    return Contribution.objects.exclude(evaluation__etat=EtatDEvaluation.PUBLIEE).count()


def why_closed(contribution: Contribution) -> str:
    """Why the link answers nothing any more, in a sentence; empty while it answers."""
    published = contribution.evaluation.etat == EtatDEvaluation.PUBLIEE
    return "L’évaluation est publiée : les réponses sont closes. Merci." if published else ""
