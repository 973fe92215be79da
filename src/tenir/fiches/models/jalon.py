"""The jalons of a fiche: what is awaited, by when, and when it came."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce


class JalonQuerySet(models.QuerySet["Jalon"]):
    """Jalons by where they stand."""

    def awaited(self) -> Self:
        """Those that have neither come nor been given up."""
        return self.filter(atteint_le=None, abandonne_le=None)

    def overdue(self, on: date) -> Self:
        """Those awaited before that day."""
        return self.awaited().filter(Q(revise_le__lt=on) | Q(revise_le=None, prevu_le__lt=on))

    def by_date(self) -> Self:
        """In the order of the days they are awaited."""
        return self.annotate(jour=Coalesce("revise_le", "prevu_le")).order_by("jour", "pk")


class Jalon(models.Model):
    """One step of an action: planned for a day, revised maybe, reached or given up."""

    fiche = models.ForeignKey("FicheAction", models.CASCADE, verbose_name="fiche action", related_name="jalons")
    titre = models.CharField("jalon", max_length=200)
    prevu_le = models.DateField("prévu le")
    revise_le = models.DateField("révisé au", null=True, blank=True)
    atteint_le = models.DateField("atteint le", null=True, blank=True)
    abandonne_le = models.DateField("abandonné le", null=True, blank=True)

    objects = JalonQuerySet.as_manager()

    class Meta:
        verbose_name = "jalon"
        ordering = ["fiche", "prevu_le", "pk"]
        indexes = [
            models.Index(
                fields=["fiche", "prevu_le"],
                name="jalon_awaited",
                condition=Q(atteint_le__isnull=True, abandonne_le__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="jalon_is_reached_or_given_up",
                condition=Q(atteint_le=None) | Q(abandonne_le=None),
                violation_error_code="abandonne_le",
                violation_error_message="Un jalon est atteint ou abandonné, pas les deux.",
            ),
            models.CheckConstraint(
                name="jalon_is_revised_to_another_day",
                condition=Q(revise_le=None) | ~Q(revise_le=F("prevu_le")),
                violation_error_code="revise_le",
                violation_error_message="La date révisée est celle qui était prévue : laissez-la vide.",
            ),
            models.CheckConstraint(
                name="jalon_has_a_title",
                condition=~Q(titre=""),
                violation_error_code="titre",
                violation_error_message="Dites ce qui est attendu.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    @property
    def attendu_le(self) -> date:
        """The day it is awaited: as revised, else as planned."""
        return self.revise_le or self.prevu_le

    @property
    def attendu(self) -> bool:
        """Whether it has neither come nor been given up."""
        return self.atteint_le is None and self.abandonne_le is None
