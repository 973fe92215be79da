"""The thresholds of calls for projects."""

from datetime import date

from tenir.core.seuils import Seuil
from tenir.financement.seuils import CONVENTION_DUE as CONVENTION_DUE  # one threshold for the ledger and for calls

BROUILLON_GARDE = (
    Seuil(180, date(2024, 1, 1), "Choix de Tenir : le temps de revenir chercher ses mots pour une autre demande."),
)
"""How many days after the last day of its call a dossier that was never sent is kept."""
