"""Where the texts of surveys that may name someone are changed; nothing else is kept of people."""

from tenir.core.piece import Answer
from tenir.ecran.navigation import address
from tenir.enquetes.models import Enquete, QuestionDEnquete


def _enquete(row: Enquete) -> str:
    return address("enquete", row.espace, row.numero)


def _question(row: QuestionDEnquete) -> str:
    return address("enquete", row.enquete.espace, row.enquete.numero)


WHERE: dict[str, Answer] = {Enquete._meta.label: _enquete, QuestionDEnquete._meta.label: _question}
"""By the label of the model."""
