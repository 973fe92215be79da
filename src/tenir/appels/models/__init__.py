"""The models of the room: calls for projects, what each funder brings to one, what bodies send to it."""

from tenir.appels.models.appels import AppelAProjets, EnveloppeDAppel, PieceDAppel
from tenir.appels.models.dossiers import DossierDeDemande, LigneDeBudget, PartDemandee, PieceDeDossier

__all__ = [
    "AppelAProjets",
    "DossierDeDemande",
    "EnveloppeDAppel",
    "LigneDeBudget",
    "PartDemandee",
    "PieceDAppel",
    "PieceDeDossier",
]
