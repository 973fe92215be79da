"""The words of exploratory walks."""

from django.db import models

from tenir.core.composants import Ton


class Categorie(models.TextChoices):
    """What a stop of a walk is about."""

    ECLAIRAGE = "eclairage", "éclairage"
    PROPRETE = "proprete", "propreté"
    VOIRIE = "voirie", "chaussée et trottoirs"
    CIRCULATION = "circulation", "circulation et stationnement"
    ACCES = "acces", "accessibilité"
    TRANQUILLITE = "tranquillite", "tranquillité"
    ESPACES = "espaces", "espaces verts et jeux"
    BATI = "bati", "bâti et façades"
    AUTRE = "autre", "autre"


class Urgence(models.IntegerChoices):
    """How soon what is seen calls for something, as those who walk judge it."""

    ATTENDRE = 1, "peut attendre"
    PRESSANT = 2, "pressant"
    DANGER = 3, "danger"


class EtatDArret(models.TextChoices):
    """Where what was seen at a stop stands."""

    SIGNALE = "signale", "signalé"
    EN_COURS = "en-cours", "en cours"
    REGLE = "regle", "réglé"
    SANS_SUITE = "sans-suite", "sans suite"


class Evolution(models.TextChoices):
    """What the next walk finds at a stop that it sees again."""

    REGLE = "regle", "réglé"
    MIEUX = "mieux", "mieux"
    PAREIL = "pareil", "pareil"
    PIRE = "pire", "pire"


class EtatDeMarche(models.TextChoices):
    """Who reads a walk: those who have a role in the contract, then anyone."""

    INTERNE = "interne", "non publiée"
    PUBLIEE = "publiee", "publiée"


OPEN = (EtatDArret.SIGNALE, EtatDArret.EN_COURS)
"""The states in which something is still to be done."""

TON_DE_L_URGENCE = {Urgence.ATTENDRE: Ton.NEUTRE, Urgence.PRESSANT: Ton.ATTENTION, Urgence.DANGER: Ton.RETARD}
TON_DE_L_ETAT = {
    EtatDArret.SIGNALE: Ton.ATTENTION,
    EtatDArret.EN_COURS: Ton.NEUTRE,
    EtatDArret.REGLE: Ton.FAIT,
    EtatDArret.SANS_SUITE: Ton.MUET,
}
TON_DE_L_EVOLUTION = {
    Evolution.REGLE: Ton.FAIT,
    Evolution.MIEUX: Ton.FAIT,
    Evolution.PAREIL: Ton.ATTENTION,
    Evolution.PIRE: Ton.RETARD,
}
