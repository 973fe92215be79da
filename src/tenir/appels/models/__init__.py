"""The models of the room: calls for projects, what each funder brings to one, what bodies send to it."""

from tenir.appels.models.appels import AppelAProjets, EnveloppeDAppel, PieceDAppel
from tenir.appels.models.comptes_rendus import (
    CompteRenduFinancier,
    LigneRealisee,
    RecuDeFinanceur,
    ResultatDIndicateur,
)
from tenir.appels.models.dossiers import DossierDeDemande, LigneDeBudget, PartDemandee, PieceDeDossier
from tenir.appels.models.instruction import DemandeDInstruction, NoteDeCritere
from tenir.appels.models.suites import ConventionDeSubvention, ReportDeDates

__all__ = [
    "AppelAProjets",
    "CompteRenduFinancier",
    "ConventionDeSubvention",
    "DemandeDInstruction",
    "DossierDeDemande",
    "EnveloppeDAppel",
    "LigneDeBudget",
    "LigneRealisee",
    "NoteDeCritere",
    "PartDemandee",
    "PieceDAppel",
    "PieceDeDossier",
    "RecuDeFinanceur",
    "ReportDeDates",
    "ResultatDIndicateur",
]
