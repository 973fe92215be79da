"""The words of tariffs."""

from django.db import models


class Unite(models.TextChoices):
    """What a price is for."""

    REPAS = "repas", "le repas"
    SEANCE = "seance", "la séance"
    ENTREE = "entree", "l’entrée"
    DEMI_JOURNEE = "demi-journee", "la demi-journée"
    JOURNEE = "journee", "la journée"
    MOIS = "mois", "le mois"
    ANNEE = "annee", "l’année"


PLURIEL = {
    Unite.REPAS: "repas",
    Unite.SEANCE: "séances",
    Unite.ENTREE: "entrées",
    Unite.DEMI_JOURNEE: "demi-journées",
    Unite.JOURNEE: "journées",
    Unite.MOIS: "mois",
    Unite.ANNEE: "inscriptions",
}
"""What attendance counts, in the plural; a price for the year is paid once by each who enrols."""


class Repartition(models.TextChoices):
    """How the attendance of a tranche is shared when a scenario cuts it."""

    PROPORTIONNELLE = "proportionnelle", "au prorata de la largeur des tranches"
    NON_REPARTIE = "non-repartie", "non répartie : ce qu’elle donnerait n’est pas dit"
