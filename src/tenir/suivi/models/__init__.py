"""The life of what was signed: fiches of actions, promises, readings of indicators."""

from tenir.suivi.models.engagement import NouvelleDEngagement, PreuveDEngagement, SuiviDEngagement
from tenir.suivi.models.fiche import FicheAction, PartenaireDeLAction
from tenir.suivi.models.imports import ImportDeFiches
from tenir.suivi.models.jalon import Jalon
from tenir.suivi.models.nouvelle import DernierPassage, Nouvelle
from tenir.suivi.models.piece import PieceDeFiche
from tenir.suivi.models.point import Destinataire, Dispense, PointDEtape, Question, RefusDeSollicitation
from tenir.suivi.models.releve import CibleDIndicateur, ReleveDIndicateur, SuiviDIndicateur
from tenir.suivi.models.resume import Resume

__all__ = [
    "CibleDIndicateur",
    "DernierPassage",
    "Destinataire",
    "Dispense",
    "FicheAction",
    "ImportDeFiches",
    "Jalon",
    "Nouvelle",
    "NouvelleDEngagement",
    "PartenaireDeLAction",
    "PieceDeFiche",
    "PointDEtape",
    "PreuveDEngagement",
    "Question",
    "RefusDeSollicitation",
    "ReleveDIndicateur",
    "Resume",
    "SuiviDEngagement",
    "SuiviDIndicateur",
]
