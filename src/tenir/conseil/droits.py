"""Whose the names of the council are."""

from typing import Any

from tenir.conseil.models import QuestionDuConseil
from tenir.gouvernance.regles import CONSEIL
from tenir.habilitations.models import Habilitation
from tenir.habilitations.organismes import speaks_for


def answers(held: Habilitation, question: QuestionDuConseil) -> bool:
    """Whether the body someone acts for is the one that is asked, or is above the service that is."""
    return speaks_for(held, question.organisme)


def sits_in_the_council(held: Habilitation, _thing: Any) -> bool:
    """Whether someone acts for a council of residents: its members know one another by name."""
    return held.organisation is not None and held.organisation.nature == CONSEIL
