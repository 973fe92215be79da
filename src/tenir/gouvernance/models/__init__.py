"""The models of the room: bodies and their rules; meetings; the polls of their day; what follows from them."""

from tenir.gouvernance.models.instances import InstanceSuivie, RegleDeGouvernance, Siege
from tenir.gouvernance.models.reunions import (
    Convocation,
    CorrectionDeCompteRendu,
    EcartMotive,
    PointDOrdreDuJour,
    Reunion,
)
from tenir.gouvernance.models.sondages import DateProposee, Disponibilite, OrganismeSonde, Sondage
from tenir.gouvernance.models.suites import Decision, Proposition

__all__ = [
    "Convocation",
    "CorrectionDeCompteRendu",
    "DateProposee",
    "Decision",
    "Disponibilite",
    "EcartMotive",
    "InstanceSuivie",
    "OrganismeSonde",
    "PointDOrdreDuJour",
    "Proposition",
    "RegleDeGouvernance",
    "Reunion",
    "Siege",
    "Sondage",
]
