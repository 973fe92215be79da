"""What a meeting emits in the register: its entries, counts only."""

from typing import Self

from django.db import models

from tenir.activite.models import Entree
from tenir.gouvernance.models.reunions import Reunion
from tenir.habilitations.niveaux import Niveau


class EntreeDeReunionQuerySet(models.QuerySet["EntreeDeReunion"]):
    """What meetings emitted, as pages ask for it."""

    def of_meeting(self, reunion: Reunion, niveau: Niveau) -> Self:
        """What a meeting emitted that someone of a level reads, with its numbers."""
        rows = self.filter(reunion=reunion, entree__niveau__lte=niveau).order_by("entree__numero")
        return rows.select_related("entree__mots", "entree__espace").prefetch_related("entree__valeurs")


class EntreeDeReunion(models.Model):
    """An entry of the register that a meeting emits: situations studied, people trained; counts, never a case."""

    reunion = models.ForeignKey(Reunion, models.CASCADE, verbose_name="réunion", related_name="comptages")
    entree = models.OneToOneField(Entree, models.CASCADE, verbose_name="entrée", related_name="emise_par")

    objects = EntreeDeReunionQuerySet.as_manager()

    class Meta:
        verbose_name = "entrée de réunion"
        verbose_name_plural = "entrées de réunion"
        ordering = ["reunion", "pk"]

    def __str__(self) -> str:
        return f"{self.entree} de {self.reunion}"
