"""Funding lines and the schemes they name."""

from typing import Self

from django.db import models

from tenir.acteurs.models import Organisation
from tenir.contrat.models.element import ElementSigne, ElementSigneQuerySet
from tenir.contrat.models.strategie import Orientation
from tenir.fichier import enums


class LigneDeCreditsQuerySet(ElementSigneQuerySet["LigneDeCredits"]):
    """Funding lines."""

    def vides(self) -> Self:
        """The lines that name a funder and announce nothing."""
        return self.filter(vide=True)


class LigneDeCredits(ElementSigne):
    """One funder in one orientation, with what it announces, or nothing."""

    genre = "ligne de crédits"
    orientation = models.ForeignKey(Orientation, models.PROTECT, verbose_name="orientation", related_name="credits")
    nature = models.CharField("nature", max_length=20, choices=[(n.value, n.value) for n in enums.NatureDeCredits])
    financeur = models.TextField("financeur imprimé")
    rattachee_a = models.TextField("rattachée à", blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisation", related_name="lignes_de_credits", null=True
    )
    vide = models.BooleanField("restée vide")

    objects = LigneDeCreditsQuerySet.as_manager()  # type: ignore[misc]  # stubs see the inherited manager as a class variable

    class Meta(ElementSigne.Meta):
        verbose_name = "ligne de crédits"

    @property
    def nom_court(self) -> str:
        """The funder as printed."""
        return self.financeur


class Dispositif(models.Model):
    """A scheme named by a funding line; `cle` is the same for every spelling of one scheme."""

    ligne = models.ForeignKey(
        LigneDeCredits, models.CASCADE, verbose_name="ligne de crédits", related_name="dispositifs"
    )
    rang = models.PositiveSmallIntegerField("rang")
    nom = models.TextField("nom imprimé")
    nom_usuel = models.TextField("nom usuel")
    cle = models.TextField("clé")
    sous_theme = models.TextField("sous-thème", blank=True)

    class Meta:
        verbose_name = "dispositif"
        ordering = ["ligne", "rang"]

    def __str__(self) -> str:
        return self.nom
