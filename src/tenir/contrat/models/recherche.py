"""What the search of a contract looks through."""

from django.db import models

from tenir.habilitations.models import EspaceDeContrat


class EntreeDeRecherche(models.Model):
    """One searchable item: `mots` is its normalised text, each word between spaces."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="espace", related_name="+")
    code = models.CharField("code", max_length=40)
    genre = models.CharField("genre", max_length=30)
    titre = models.TextField("titre")
    extrait = models.TextField("extrait", blank=True)
    mots_du_titre = models.TextField("mots du titre")
    mots = models.TextField("mots")
    ordre = models.PositiveIntegerField("ordre")

    class Meta:
        verbose_name = "entrée de recherche"
        ordering = ["espace", "ordre"]

    def __str__(self) -> str:
        return f"{self.code} {self.titre}"
