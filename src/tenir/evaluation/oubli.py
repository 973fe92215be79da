"""What the room keeps of people: messages to contacts; where its texts that may name someone are changed."""

from tenir.acteurs.models import Personne
from tenir.core.oubli import Marques
from tenir.core.piece import Answer
from tenir.ecran.navigation import address
from tenir.evaluation.models import (
    Appreciation,
    Contribution,
    DonneeDeBesoin,
    Evaluation,
    Instantane,
    QuestionDEvaluation,
)
from tenir.evaluation.services.contributions import forget_person

Row = QuestionDEvaluation | Appreciation | DonneeDeBesoin | Contribution | Instantane


def forget(personne: Personne, marques: Marques) -> None:
    """Call off the messages that wait for her, and take her address off those that left."""
    forget_person(personne)


def _one(row: Evaluation) -> str:
    return address("evaluation", row.espace, row.numero)


def _of(row: Row) -> str:
    return _one(row.evaluation)


def _judgement(row: Appreciation) -> str:
    return address("evaluation-apprecier", row.evaluation.espace, row.evaluation.numero, row.orientation.code)


def _said(row: Contribution) -> str:
    return address("evaluation-contribution", row.evaluation.espace, row.evaluation.numero, row.pk)


WHERE: dict[str, Answer] = {
    Evaluation._meta.label: _one,
    QuestionDEvaluation._meta.label: _of,
    Instantane._meta.label: _of,
    Appreciation._meta.label: _judgement,
    DonneeDeBesoin._meta.label: _of,
    Contribution._meta.label: _said,
}
