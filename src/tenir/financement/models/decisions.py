"""Which decisions settle the money of a line."""

from typing import Self

from django.db import models

from tenir.financement.models.lignes import LigneDeFinancement
from tenir.gouvernance.models import Decision
from tenir.habilitations.models import EspaceDeContrat


class LigneDecideeQuerySet(models.QuerySet["LigneDecidee"]):
    """Links between lines and decisions as pages ask for them."""

    def of_decision(self, decision: Decision) -> Self:
        """The lines that a decision settles, with what their pages say of them."""
        rows = self.filter(decision=decision).order_by("ligne")
        return rows.select_related("ligne__espace", "ligne__fiche__action", "ligne__financeur", "ligne__imprimee",
                                   "ligne__orientation")  # fmt: skip

    def of_line(self, ligne: LigneDeFinancement) -> Self:
        """The decisions that settle a line, the latest first."""
        rows = self.filter(ligne=ligne).order_by("-decision__numero")
        return rows.select_related("decision__espace", "decision__reunion__instance__instance")


class LigneDecidee(models.Model):
    """A line of the ledger that a decision settles: what was voted was voted somewhere, a day, in a meeting."""

    ligne = models.ForeignKey(LigneDeFinancement, models.CASCADE, verbose_name="ligne", related_name="decidees")
    decision = models.ForeignKey(Decision, models.PROTECT, verbose_name="décision", related_name="lignes_decidees")

    objects = LigneDecideeQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne décidée"
        verbose_name_plural = "lignes décidées"
        ordering = ["ligne", "decision"]
        constraints = [
            models.UniqueConstraint(
                fields=["ligne", "decision"],
                name="ligne_decidee_is_one_a_decision",
                violation_error_code="decision",
                violation_error_message="Cette ligne est déjà rattachée à cette décision.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ligne} et {self.decision}"

    @property
    def espace(self) -> EspaceDeContrat:
        """The contract of its line."""
        return self.ligne.espace
