"""The thresholds of calls for projects."""

from datetime import date

from tenir.core.seuils import Seuil

BROUILLON_GARDE = (
    Seuil(180, date(2024, 1, 1), "Choix de Tenir : le temps de revenir chercher ses mots pour une autre demande."),
)
"""How many days after the last day of its call a dossier that was never sent is kept."""
CONVENTION_DUE = (
    Seuil(23_000, date(2001, 6, 8), "Loi du 12 avril 2000, article 10 ; décret n° 2001-495, article 1er."),
)
"""Above how many euros a year a public funder and a private body sign a convention."""
