"""The thresholds of the council of residents."""

from datetime import date

from tenir.core.seuils import Seuil

_DEPUIS = date(2024, 1, 1)
PLANCHER = (
    Seuil(10, _DEPUIS, "Choix de Tenir : sous dix membres, un contrat lu dit que son conseil s’est essoufflé."),
)
"""Under how many members the desk of the team says so."""

FIN_DE_MANDAT = (Seuil(120, _DEPUIS, "Choix de Tenir : un appel à candidatures et un tirage prennent quatre mois."),)
"""How many days before its end the desk tells of a mandate."""

AVIS_PROCHE = (Seuil(10, _DEPUIS, "Choix de Tenir : il reste le temps de réunir le conseil."),)
"""How many days before the end of its time limit the desk tells of an opinion that is awaited."""

NON_RETENUES = (Seuil(60, _DEPUIS, "Choix de Tenir : deux mois suffisent pour contester un tirage."),)
"""How many days after the draw the contact of who is neither member nor deputy is erased."""

SANS_TIRAGE = (Seuil(365, _DEPUIS, "Choix de Tenir : un an sans tirage, l’appel n’aura pas de suite."),)
"""How many days after its end the contacts of a call that was never drawn are erased."""

PETIT_NOMBRE = (Seuil(5, _DEPUIS, "Choix de Tenir : sous cinq, un nombre de personnes en désigne."),)
"""Under how many people a class of candidates is never public."""
