"""How a dossier is read: a funder of a call asked by its link, the points that each criterion received."""

import secrets
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation
from tenir.appels.grille import LONGUEUR
from tenir.appels.models.appels import AppelAProjets
from tenir.appels.models.dossiers import PartDemandee
from tenir.core.noms import de
from tenir.habilitations.models import EspaceDeContrat


class DemandeDInstructionQuerySet(models.QuerySet["DemandeDInstruction"]):
    """What funders were asked to read, as pages ask for it."""

    def open(self, on: date) -> Self:
        """Those whose link may still say something that day."""
        return self.filter(close_le__gte=on, arretee_le=None)


class DemandeDInstruction(models.Model):
    """A funder of a call asked to read what is asked of it: its one link, until when. It names nobody."""

    appel = models.ForeignKey(
        AppelAProjets, models.CASCADE, verbose_name="appel à projets", related_name="demandes_d_instruction"
    )
    financeur = models.ForeignKey(Organisation, models.PROTECT, verbose_name="financeur", related_name="+")
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    demandee_le = models.DateField("demandée le")
    close_le = models.DateField("à rendre avant le")
    arretee_le = models.DateField("arrêtée le", null=True, blank=True)

    objects = DemandeDInstructionQuerySet.as_manager()

    class Meta:
        verbose_name = "demande d’instruction"
        verbose_name_plural = "demandes d’instruction"
        ordering = ["appel", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appel", "financeur"],
                condition=Q(arretee_le=None),
                name="demande_d_instruction_is_one_a_funder",
                violation_error_code="financeurs",
                violation_error_message="Ce financeur a déjà son lien : arrêtez-le d’abord.",
            ),
            models.CheckConstraint(
                name="demande_d_instruction_runs_forward",
                condition=Q(close_le__gte=F("demandee_le")),
                violation_error_code="close_le",
                violation_error_message="Laissez au moins un jour pour lire.",
            ),
        ]

    def __str__(self) -> str:
        return f"instruction {de(self.financeur)}"

    @property
    def espace(self) -> EspaceDeContrat:
        """The contract of its call."""
        return self.appel.espace

    @property
    def code(self) -> str:
        """Its code in the trace."""
        return str(self.pk)


class NoteDeCritere(models.Model):
    """The points that a criterion received for what is asked of one funder. `sur`: of how many, the day it was said."""

    part = models.ForeignKey(PartDemandee, models.CASCADE, verbose_name="part demandée", related_name="notes")
    critere = models.CharField("critère", max_length=LONGUEUR)
    points = models.PositiveSmallIntegerField("points")
    sur = models.PositiveSmallIntegerField("sur")

    class Meta:
        verbose_name = "note de critère"
        verbose_name_plural = "notes de critère"
        ordering = ["part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "critere"],
                name="note_de_critere_is_one_a_criterion",
                violation_error_message="Ce critère a déjà sa note.",
            ),
            models.CheckConstraint(
                name="note_de_critere_is_within_its_points",
                condition=Q(points__gte=0, points__lte=F("sur"), sur__gte=1),
                violation_error_code="points",
                violation_error_message="Une note ne dépasse pas les points de son critère.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.critere} : {self.points} sur {self.sur}"
