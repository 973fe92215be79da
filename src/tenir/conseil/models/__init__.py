"""The models of the room: calls, candidates and mandates; what the council works with, asks and is asked."""

from tenir.conseil.models.appels import AppelACandidatures, Candidature
from tenir.conseil.models.avis import DemandeDAvis
from tenir.conseil.models.espace import MoyenDuConseil, PieceDuConseil
from tenir.conseil.models.mandats import Mandat
from tenir.conseil.models.questions import PresenceDeMembre, QuestionDuConseil

__all__ = [
    "AppelACandidatures",
    "Candidature",
    "DemandeDAvis",
    "Mandat",
    "MoyenDuConseil",
    "PieceDuConseil",
    "PresenceDeMembre",
    "QuestionDuConseil",
]
