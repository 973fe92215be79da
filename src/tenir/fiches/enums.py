"""The words of a fiche action: what is declared, what the facts say."""

from django.db import models

from tenir.core.composants import Ton


class Statut(models.TextChoices):
    """What someone declares of an action."""

    A_LANCER = "a-lancer", "à lancer"
    EN_PREPARATION = "en-preparation", "en préparation"
    EN_COURS = "en-cours", "en cours"
    REALISEE = "realisee", "réalisée"
    SUSPENDUE = "suspendue", "suspendue"
    ABANDONNEE = "abandonnee", "abandonnée"


EXPLAINED = (Statut.SUSPENDUE, Statut.ABANDONNEE)
"""The statuses that say why."""

UNDER_WAY, COMMENCEES = (Statut.EN_COURS, Statut.REALISEE), "commencees"
"""The statuses of an action that began and was not given up; how lists are asked for them."""

CLOSED = (Statut.REALISEE, Statut.SUSPENDUE, Statut.ABANDONNEE)
"""Declared so, an action owes no news and is late on nothing."""


SYNONYMES = {
    Statut.A_LANCER: ("à démarrer", "à engager", "à venir", "non démarrée", "pas démarrée", "non commencée"),
    Statut.EN_PREPARATION: ("en cours de préparation", "à l’étude", "en projet"),
    Statut.EN_COURS: ("en cours de réalisation", "en cours d’exécution", "démarrée", "engagée", "commencée"),
    Statut.REALISEE: ("terminée", "achevée", "finie", "faite", "exécutée"),
    Statut.SUSPENDUE: ("en pause", "interrompue"),
    Statut.ABANDONNEE: ("annulée",),
}
"""Other words for a status, as tables of follow-up write it; what could be two of them is asked."""


class Calcule(models.TextChoices):
    """What the facts say of an action: its dates, its jalons, its news."""

    RIEN = "rien", "rien n’est annoncé"
    A_VENIR = "a-venir", "pas commencée"
    DANS_LES_TEMPS = "dans-les-temps", "dans les temps"
    EN_RETARD = "en-retard", "en retard"
    SANS_NOUVELLES = "sans-nouvelles", "sans nouvelles"
    TERMINEE = "terminee", "terminée"
    ARRETEE = "arretee", "arrêtée"


TON_DU_STATUT = {
    "": Ton.MUET,
    Statut.A_LANCER: Ton.NEUTRE,
    Statut.EN_PREPARATION: Ton.ATTENTION,
    Statut.EN_COURS: Ton.FAIT,
    Statut.REALISEE: Ton.FAIT,
    Statut.SUSPENDUE: Ton.ATTENTION,
    Statut.ABANDONNEE: Ton.NEUTRE,
}
TON_DU_CALCULE = {
    Calcule.RIEN: Ton.MUET,
    Calcule.A_VENIR: Ton.NEUTRE,
    Calcule.DANS_LES_TEMPS: Ton.FAIT,
    Calcule.EN_RETARD: Ton.RETARD,
    Calcule.SANS_NOUVELLES: Ton.MUET,
    Calcule.TERMINEE: Ton.FAIT,
    Calcule.ARRETEE: Ton.NEUTRE,
}
