"""The words of préconisations."""

from django.db import models

from tenir.core.composants import Ton


class Origine(models.TextChoices):
    """Where a préconisation comes from."""

    CONSEIL = "conseil", "conseil citoyen"
    REUNION = "reunion", "réunion"
    MARCHE = "marche", "marche exploratoire"
    HABITANT = "habitant", "habitant ou habitante"


class EtatDePreconisation(models.TextChoices):
    """Where a préconisation stands. The first and the last are the team's alone."""

    A_LIRE = "a-lire", "à lire"
    ATTENDUE = "attendue", "attend une réponse"
    A_L_ETUDE = "a-l-etude", "à l’étude"
    SUIVIE = "suivie", "suivie"
    EN_PARTIE = "en-partie", "suivie en partie"
    REFUSEE = "refusee", "refusée"
    ECARTEE = "ecartee", "non publiée"


Etat = EtatDePreconisation
KEPT_BY_THE_TEAM = (Etat.A_LIRE, Etat.ECARTEE)
"""The states that nobody reads but the team, and whoever sent it."""
EXPECTED = (Etat.ATTENDUE, Etat.A_L_ETUDE)
"""The states in which an answer is still due."""
FINAL = (Etat.SUIVIE, Etat.EN_PARTIE, Etat.REFUSEE)
"""The answers that close."""
FOLLOWED = (Etat.SUIVIE, Etat.EN_PARTIE)
ANSWERS = (Etat.SUIVIE, Etat.EN_PARTIE, Etat.REFUSEE, Etat.A_L_ETUDE)
"""What a body may answer."""
PUBLIC = (*EXPECTED, *FINAL)

TON_DE_L_ETAT = {
    Etat.A_LIRE: Ton.ATTENTION,
    Etat.ATTENDUE: Ton.ATTENTION,
    Etat.A_L_ETUDE: Ton.NEUTRE,
    Etat.SUIVIE: Ton.FAIT,
    Etat.EN_PARTIE: Ton.FAIT,
    Etat.REFUSEE: Ton.NEUTRE,
    Etat.ECARTEE: Ton.MUET,
}
