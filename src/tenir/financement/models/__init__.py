"""The ledger, the table of the funders, what is asked of them."""

from tenir.financement.models.decisions import LigneDecidee
from tenir.financement.models.demandes import DemandeAuFinanceur, ReponseDeFinanceur
from tenir.financement.models.dispositifs import FicheDeDispositif, ReponseSurDispositif
from tenir.financement.models.lignes import LigneDeFinancement, MouvementDeFinancement
from tenir.financement.models.publication import SubventionAPublier
from tenir.financement.models.rapprochements import RapprochementDeSubventions
from tenir.financement.models.scenarios import MontantPropose, Scenario
from tenir.financement.models.tableau import BudgetDAction, Enveloppe, VersionFigee

__all__ = [
    "BudgetDAction",
    "DemandeAuFinanceur",
    "Enveloppe",
    "FicheDeDispositif",
    "LigneDeFinancement",
    "LigneDecidee",
    "MontantPropose",
    "MouvementDeFinancement",
    "RapprochementDeSubventions",
    "ReponseDeFinanceur",
    "ReponseSurDispositif",
    "Scenario",
    "SubventionAPublier",
    "VersionFigee",
]
