"""The words of évaluations."""

from django.db import models

from tenir.core.composants import Ton


class GenreDEvaluation(models.TextChoices):
    """When in the life of a contract it is made."""

    MI_PARCOURS = "mi-parcours", "à mi-parcours"
    FINALE = "finale", "finale"
    ANNUELLE = "annuelle", "annuelle"


class EtatDEvaluation(models.TextChoices):
    """Where an évaluation stands, and so who reads it: its team, those of the contract, anyone."""

    EN_PREPARATION = "preparation", "en préparation"
    FIGEE = "figee", "figée"
    PARTAGEE = "partagee", "partagée"
    PUBLIEE = "publiee", "publiée"


class Note(models.TextChoices):
    """How one criterion is judged. Nothing: nobody judged it yet."""

    OUI = "oui", "oui"
    EN_PARTIE = "en-partie", "en partie"
    NON = "non", "non"
    INCONNU = "inconnu", "on ne peut pas le dire"


class Recommandation(models.TextChoices):
    """What an orientation should become."""

    MAINTENIR = "maintenir", "maintenir"
    AJUSTER = "ajuster", "ajuster"
    ARRETER = "arreter", "arrêter"
    AJOUTER = "ajouter", "ajouter"


class Sorte(models.TextChoices):
    """What kind of thing is compared."""

    ACTION = "action", "action"
    ENGAGEMENT = "engagement", "engagement"
    INDICATEUR = "indicateur", "indicateur"
    ARGENT = "argent", "crédits spécifiques"
    DROIT_COMMUN = "droit-commun", "droit commun"


class Mouvement(models.TextChoices):
    """What became of a thing between two moments. Never guessed: what nobody said cannot be told."""

    AVANCE = "avance", "a avancé"
    CHANGE = "change", "a changé, sans cible pour juger"
    STABLE = "stable", "n’a pas bougé"
    RECULE = "recule", "a reculé"
    ARRETE = "arrete", "arrêté"
    ENTRE = "entre", "entré depuis"
    SORTI = "sorti", "sorti du contrat"
    INCONNU = "inconnu", "on ne peut pas le dire"


UNSHARED = (EtatDEvaluation.EN_PREPARATION, EtatDEvaluation.FIGEE)
"""The states that those who make it alone read."""

TON_DE_L_ETAT = {
    EtatDEvaluation.EN_PREPARATION: Ton.MUET,
    EtatDEvaluation.FIGEE: Ton.ATTENTION,
    EtatDEvaluation.PARTAGEE: Ton.NEUTRE,
    EtatDEvaluation.PUBLIEE: Ton.FAIT,
}
TON_DU_MOUVEMENT = {
    Mouvement.AVANCE: Ton.FAIT,
    Mouvement.CHANGE: Ton.NEUTRE,
    Mouvement.STABLE: Ton.ATTENTION,
    Mouvement.RECULE: Ton.RETARD,
    Mouvement.ARRETE: Ton.NEUTRE,
    Mouvement.ENTRE: Ton.NEUTRE,
    Mouvement.SORTI: Ton.NEUTRE,
    Mouvement.INCONNU: Ton.MUET,
}
