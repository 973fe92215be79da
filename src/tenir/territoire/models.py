"""Places of the politique de la ville: intercommunalities, communes, priority quarters."""

from django.db import models

from tenir.core.alphabet import alphabetical


class Territoire(models.Model):
    """An intercommunality (SIREN), a commune (INSEE code) or a priority quarter (QPV code)."""

    class Nature(models.TextChoices):
        EPCI = "epci", "intercommunalité"
        COMMUNE = "commune", "commune"
        QPV = "qpv", "quartier prioritaire"

    nature = models.CharField("nature", max_length=10, choices=Nature)
    code = models.CharField("code", max_length=20, blank=True)
    nom = models.TextField("nom")
    departement = models.TextField("département", blank=True)
    population = models.PositiveIntegerField("population", null=True)
    origine_population = models.TextField("source de la population", blank=True)
    periode_population = models.TextField("année de la population", blank=True)

    class Meta:
        verbose_name = "territoire"
        ordering = ["nature", alphabetical("nom"), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nature", "code", "nom"],
                name="territoire_is_known_once",
                violation_error_message="Ce territoire existe déjà.",
            ),
            models.CheckConstraint(
                name="territoire_population_has_a_source",
                condition=models.Q(population=None) | ~models.Q(origine_population=""),
                violation_error_message="Une population s’accompagne de sa source.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom
