"""The models of the room: bodies and their rules; meetings; the polls of their day; what follows from them."""

from tenir.gouvernance.models.agendas import AgendaPersonnel
from tenir.gouvernance.models.dossiers import DossierDeReunion
from tenir.gouvernance.models.instances import InstanceSuivie, RegleDeGouvernance, Siege
from tenir.gouvernance.models.portes import PorteDeReunion
from tenir.gouvernance.models.registre import EntreeDeReunion
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
    "AgendaPersonnel",
    "Convocation",
    "CorrectionDeCompteRendu",
    "DateProposee",
    "Decision",
    "Disponibilite",
    "DossierDeReunion",
    "EcartMotive",
    "EntreeDeReunion",
    "InstanceSuivie",
    "OrganismeSonde",
    "PointDOrdreDuJour",
    "PorteDeReunion",
    "Proposition",
    "RegleDeGouvernance",
    "Reunion",
    "Siege",
    "Sondage",
]
