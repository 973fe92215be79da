"""Bodies of governance and the rules that order them."""

from django.db import models

from tenir.contrat.models.element import ElementSigne


class InstanceDeGouvernance(ElementSigne):
    """A body of governance."""

    genre = "instance"
    nom = models.TextField("nom")
    roles = models.JSONField("rôles", default=list)
    frequence = models.TextField("fréquence", blank=True)
    reunions_par_an = models.PositiveSmallIntegerField("réunions par an", null=True)

    class Meta(ElementSigne.Meta):
        verbose_name = "instance de gouvernance"


class RegleDOrdre(models.Model):
    """A rule that orders bodies, as the contract writes it."""

    instance = models.ForeignKey(InstanceDeGouvernance, models.CASCADE, verbose_name="instance", related_name="regles")
    avant = models.ForeignKey(
        InstanceDeGouvernance, models.CASCADE, verbose_name="avant", related_name="regles_en_amont", null=True
    )
    rang = models.PositiveSmallIntegerField("rang")
    titre = models.TextField("règle")
    source = models.TextField("lignes du document", blank=True)

    class Meta:
        verbose_name = "règle d’ordre"
        ordering = ["instance", "rang"]

    def __str__(self) -> str:
        return self.titre
