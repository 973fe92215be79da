"""The words of follow-up: what is declared, what the facts say, who reads what."""

from enum import IntEnum

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


CLOSED = (Statut.REALISEE, Statut.SUSPENDUE, Statut.ABANDONNEE)
"""Declared so, an action owes no news and is late on nothing."""

UNDECLARED = "rien n’est annoncé"
"""What is said of an action of which nobody said anything."""


class Calcule(models.TextChoices):
    """What the facts say of an action: its dates, its jalons, its news."""

    RIEN = "rien", "rien n’est annoncé"
    A_VENIR = "a-venir", "pas commencée"
    DANS_LES_TEMPS = "dans-les-temps", "dans les temps"
    EN_RETARD = "en-retard", "en retard"
    SANS_NOUVELLES = "sans-nouvelles", "sans nouvelles"
    TERMINEE = "terminee", "terminée"
    ARRETEE = "arretee", "arrêtée"


class Niveau(IntEnum):
    """Who reads a field of the life of a contract: anyone, those who have a role in it, its team and who carries it."""

    PUBLIC = 0
    PARTENAIRES = 1
    EQUIPE = 2


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


class EtatDEngagement(models.TextChoices):
    """Where a promise stands, as someone declares it."""

    NON_COMMENCE = "non-commence", "non commencé"
    EN_COURS = "en-cours", "en cours"
    TENU = "tenu", "tenu"
    TENU_EN_PARTIE = "tenu-en-partie", "tenu en partie"
    NON_TENU = "non-tenu", "non tenu"
    SANS_OBJET = "sans-objet", "sans objet"


EXPLAINED = (EtatDEngagement.TENU_EN_PARTIE, EtatDEngagement.NON_TENU, EtatDEngagement.SANS_OBJET)
"""The states of a promise that say why."""

SETTLED = (EtatDEngagement.TENU, EtatDEngagement.NON_TENU, EtatDEngagement.SANS_OBJET)
"""Declared so, a promise is awaited no more."""

TON_DE_L_ETAT = {
    "": Ton.MUET,
    EtatDEngagement.NON_COMMENCE: Ton.NEUTRE,
    EtatDEngagement.EN_COURS: Ton.FAIT,
    EtatDEngagement.TENU: Ton.FAIT,
    EtatDEngagement.TENU_EN_PARTIE: Ton.ATTENTION,
    EtatDEngagement.NON_TENU: Ton.RETARD,
    EtatDEngagement.SANS_OBJET: Ton.NEUTRE,
}


class Frequence(models.TextChoices):
    """How often an indicator is read."""

    MENSUELLE = "mensuelle", "chaque mois"
    TRIMESTRIELLE = "trimestrielle", "chaque trimestre"
    SEMESTRIELLE = "semestrielle", "chaque semestre"
    ANNUELLE = "annuelle", "chaque année"
    UNIQUE = "unique", "une fois"


MOIS_ENTRE_RELEVES = {
    Frequence.MENSUELLE: 1,
    Frequence.TRIMESTRIELLE: 3,
    Frequence.SEMESTRIELLE: 6,
    Frequence.ANNUELLE: 12,
}
"""How many months pass between two readings; none is due again after a single one."""


class StatutDeReleve(models.TextChoices):
    """How far a reading is believed."""

    PROVISOIRE = "provisoire", "provisoire"
    VALIDE = "valide", "validé"
    CONTESTE = "conteste", "contesté"


TON_DU_RELEVE = {
    StatutDeReleve.PROVISOIRE: Ton.ATTENTION,
    StatutDeReleve.VALIDE: Ton.FAIT,
    StatutDeReleve.CONTESTE: Ton.RETARD,
}
