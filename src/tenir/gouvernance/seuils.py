"""The thresholds of bodies and meetings."""

from datetime import date

from tenir.core.seuils import Seuil

A_PREVOIR = (
    Seuil(120, date(2024, 1, 1), "Choix de Tenir : quatre mois avant la fin d’une année, une date se trouve encore."),
)
"""How many days before the end of its year the desk recalls a meeting that the contract asks for and nobody planned."""

CORRECTIONS = (Seuil(21, date(2024, 1, 1), "Choix de Tenir : trois semaines pour relire un compte rendu."),)
"""How many days after they were circulated minutes receive corrections by the link."""

LIEN_DE_CONVOCATION = (
    Seuil(2, date(2024, 1, 1), "Choix de Tenir : on répond encore le lendemain, puis le lien se ferme."),
)
"""How many days after the meeting the link of a convocation opens it."""
