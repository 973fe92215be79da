"""The models of the room: bodies and their rules; meetings; what follows from them."""

from tenir.gouvernance.models.instances import InstanceSuivie, RegleDeGouvernance, Siege
from tenir.gouvernance.models.reunions import (
    Convocation,
    CorrectionDeCompteRendu,
    EcartMotive,
    PointDOrdreDuJour,
    Reunion,
)
from tenir.gouvernance.models.suites import Decision, Proposition

__all__ = [
    "Convocation",
    "CorrectionDeCompteRendu",
    "Decision",
    "EcartMotive",
    "InstanceSuivie",
    "PointDOrdreDuJour",
    "Proposition",
    "RegleDeGouvernance",
    "Reunion",
    "Siege",
]
