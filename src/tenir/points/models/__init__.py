"""What is asked of those who promised, what they answer, and the statements they are sent."""

from tenir.points.models.etat import EnvoiDesEtats, EtatRemis
from tenir.points.models.point import (
    Destinataire,
    Dispense,
    PointDEtape,
    Question,
    QuestionQuerySet,
    RefusDeSollicitation,
    place,
)

__all__ = [
    "Destinataire",
    "Dispense",
    "EnvoiDesEtats",
    "EtatRemis",
    "PointDEtape",
    "Question",
    "QuestionQuerySet",
    "RefusDeSollicitation",
    "place",
]
