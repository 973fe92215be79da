"""What entries add up to, month by month: written with them, proved by a recount (`tenir recompter`)."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q

from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.habilitations.niveaux import Niveau


class CumulQuerySet(models.QuerySet["Cumul"]):
    """Sums as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, the oldest month first."""
        return of_contract(self, espace).order_by("mois", "nature", "mesure", "modalite")


class Cumul(models.Model):
    """One measure of one kind over one month: how many entries gave it, their sum, the greatest of them.

    Without a measure: how many entries. A décompte belongs to the month in which its period ends. Different people
    cannot be summed: there are at least `maximum` of them, at most `somme`.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="cumuls")
    nature = models.SlugField("nature", max_length=40, db_index=False)
    niveau = models.PositiveSmallIntegerField("lisible par", default=Niveau.PARTENAIRES)
    mois = models.DateField("mois")
    mesure = models.CharField("mesure", max_length=40, blank=True)
    modalite = models.CharField("modalité", max_length=60, blank=True)
    nombre = models.PositiveIntegerField("entrées")
    somme = models.DecimalField("somme", max_digits=16, decimal_places=2, default=Decimal(0))
    maximum = models.DecimalField("maximum", max_digits=12, decimal_places=2, default=Decimal(0))

    objects = CumulQuerySet.as_manager()

    class Meta:
        verbose_name = "cumul"
        ordering = ["espace", "mois", "nature", "mesure", "modalite"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "mois", "nature", "niveau", "mesure", "modalite"],
                name="cumul_is_one_for_a_month",
                violation_error_message="Ce cumul existe déjà.",
            ),
            models.CheckConstraint(
                name="cumul_counts_something",
                condition=Q(nombre__gte=1, somme__gte=0, maximum__gte=0),
                violation_error_message="Un cumul compte au moins une entrée.",
            ),
            models.CheckConstraint(
                name="cumul_starts_a_month",
                condition=Q(mois__day=1),
                violation_error_message="Un cumul est d’un mois : son jour est le premier.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nature} {self.mois:%Y-%m} {self.mesure}"
