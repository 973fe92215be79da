"""The life of the planned actions: fiches, jalons, news, pièces."""

from tenir.suivi.models.fiche import FicheAction, PartenaireDeLAction
from tenir.suivi.models.imports import ImportDeFiches
from tenir.suivi.models.jalon import Jalon
from tenir.suivi.models.nouvelle import DernierPassage, Nouvelle
from tenir.suivi.models.piece import PieceDeFiche

__all__ = [
    "DernierPassage",
    "FicheAction",
    "ImportDeFiches",
    "Jalon",
    "Nouvelle",
    "PartenaireDeLAction",
    "PieceDeFiche",
]
