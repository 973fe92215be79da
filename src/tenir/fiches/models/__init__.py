"""The life of planned actions."""

from tenir.fiches.models.fiche import FicheAction, PartenaireDeLAction
from tenir.fiches.models.imports import ImportDeFiches
from tenir.fiches.models.jalon import Jalon
from tenir.fiches.models.nouvelle import Nouvelle
from tenir.fiches.models.piece import PieceDeFiche

__all__ = ["FicheAction", "ImportDeFiches", "Jalon", "Nouvelle", "PartenaireDeLAction", "PieceDeFiche"]
