"""The thresholds of préconisations."""

from datetime import date

from tenir.core.seuils import Seuil

DELAI_DE_REPONSE = (
    Seuil(
        60,
        date(2024, 1, 1),
        "Choix de Tenir : deux mois, comme le silence d’une administration.",
    ),
)
"""In how many days a body answers, when the team says nothing else."""

RAPPEL = (Seuil(10, date(2024, 1, 1), "Choix de Tenir : une semaine ouvrée et demie suffit pour écrire une réponse."),)
"""How many days before its date an answer is recalled to the body."""

ADRESSE_GARDEE = (
    Seuil(90, date(2024, 1, 1), "Choix de Tenir : le temps de lire la réponse, et de demander qu’on la reprenne."),
)
"""How many days after the last answer the address of whoever sent it is kept."""
