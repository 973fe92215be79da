"""A mandate: who sits in the council, from a day to another."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from tenir.conseil.models.appels import Candidature
from tenir.habilitations.models import EspaceDeContrat, of_contract


class MandatQuerySet(models.QuerySet["Mandat"]):
    """Mandates as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with who holds them."""
        return of_contract(self, espace).select_related("espace", "candidature__appel", "remplace__candidature")

    def on(self, day: date) -> Self:
        """Those held on a day."""
        return self.filter(du__lte=day, au__gt=day)


class Mandat(models.Model):
    """A seat of the council held by a candidate from a day to another (excluded).

    `motif`: why it ended before its term, in words that name nobody. `remplace`: the mandate it goes on with.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="mandats")
    candidature = models.ForeignKey(Candidature, models.PROTECT, verbose_name="membre", related_name="mandats")
    du = models.DateField("depuis le")
    au = models.DateField("prend fin le")
    motif = models.CharField("pourquoi il a pris fin avant son terme", max_length=200, blank=True)
    remplace = models.OneToOneField(
        "self", models.PROTECT, verbose_name="remplace", related_name="remplacant", null=True, blank=True
    )

    objects = MandatQuerySet.as_manager()

    class Meta:
        verbose_name = "mandat"
        ordering = ["espace", "du", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mandat_runs_forward",
                condition=Q(au__gt=F("du")) | (Q(au=F("du")) & ~Q(motif="")),
                violation_error_code="au",
                violation_error_message="Un mandat prend fin après avoir commencé.",
            ),
            models.UniqueConstraint(
                fields=["candidature", "du"],
                name="mandat_is_given_once",
                violation_error_message="Ce membre a déjà ce mandat.",
            ),
        ]

    def __str__(self) -> str:
        return f"mandat de la candidature n° {self.candidature.numero}"
