"""The words of the register."""

from django.db import models

from tenir.core.composants import Ton
from tenir.natures import enums


class Forme(models.TextChoices):
    """What one entry tells (`natures.enums.Forme`)."""

    SEANCE = enums.Forme.SEANCE.value, "séance"
    DECOMPTE = enums.Forme.DECOMPTE.value, "décompte"
    ETAT = enums.Forme.ETAT.value, "état"
    OBJET = enums.Forme.OBJET.value, "registre"


class Statut(models.TextChoices):
    """Whether it was held."""

    PREVUE = "prévue", "prévue"
    TENUE = "tenue", "tenue"
    ANNULEE = "annulée", "annulée"


class Confiance(models.TextChoices):
    """How far an entry is believed: only those retained count."""

    DECLAREE = "déclarée", "à lire"
    RETENUE = "retenue", "retenue"
    CONTESTEE = "contestée", "contestée"


class Source(models.TextChoices):
    """By which door an entry came."""

    EQUIPE = "équipe", "saisie sur le site"
    CARNET = "carnet", "carnet"
    TABLEUR = "tableur", "tableur"
    AGENDA = "agenda", "agenda"
    POINT = "point", "point d’étape"
    REUNION = "réunion", "réunion"


class GenreDeCarnet(models.TextChoices):
    """Whose a carnet is."""

    PERSONNEL = "personnel", "carnet d’une personne"
    AFFICHE = "affiche", "affiche au mur"


class DansLeQuartier(models.TextChoices):
    """Whether it took place in the quarter."""

    OUI = "oui", "oui"
    NON = "non", "non"
    NSP = "nsp", "ne sait pas"


class Rang(models.IntegerChoices):
    """Which one of the month a series falls on."""

    PREMIER = 1, "le premier du mois"
    DEUXIEME = 2, "le deuxième du mois"
    TROISIEME = 3, "le troisième du mois"
    QUATRIEME = 4, "le quatrième du mois"
    DERNIER = -1, "le dernier du mois"


class Zone(models.TextChoices):
    """The zones of school holidays (Code de l’éducation, art. L521-1)."""

    A = "A", "zone A"
    B = "B", "zone B"
    C = "C", "zone C"


JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

TON_DU_STATUT = {Statut.PREVUE: Ton.NEUTRE, Statut.TENUE: Ton.FAIT, Statut.ANNULEE: Ton.MUET}
TON_DE_LA_CONFIANCE = {
    Confiance.DECLAREE: Ton.ATTENTION,
    Confiance.RETENUE: Ton.FAIT,
    Confiance.CONTESTEE: Ton.RETARD,
}
