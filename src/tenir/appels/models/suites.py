"""What follows a grant: its convention, and the dates that a body asks to move."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from tenir.appels.enums import EtatDeReport
from tenir.appels.models.dossiers import DossierDeDemande, PartDemandee
from tenir.habilitations.models import EspaceDeContrat, of_contract


class ConventionDeSubventionQuerySet(models.QuerySet["ConventionDeSubvention"]):
    """Conventions as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with what they grant."""
        return of_contract(self, espace).select_related("espace", "part__financeur", "part__dossier__appel")

    def to_sign(self) -> Self:
        """Those that wait to be signed, the oldest first."""
        return self.filter(signee_le=None).order_by("etablie_le", "pk")


class ConventionDeSubvention(models.Model):
    """The convention by which a funder grants money to a body: to be signed, then signed.

    `modalites`: how it is paid, in the words of the convention.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="conventions")
    numero = models.PositiveIntegerField("numéro")
    part = models.OneToOneField(PartDemandee, models.CASCADE, verbose_name="part demandée", related_name="convention")
    modalites = models.TextField("comment elle se verse", max_length=2000)
    etablie_le = models.DateField("établie le")
    signee_le = models.DateField("signée le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = ConventionDeSubventionQuerySet.as_manager()

    class Meta:
        verbose_name = "convention de subvention"
        verbose_name_plural = "conventions de subvention"
        ordering = ["espace", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="convention_has_a_number_of_its_own",
                violation_error_message="Ce numéro de convention est déjà donné.",
            ),
            models.CheckConstraint(
                name="convention_says_how_it_is_paid",
                condition=~Q(modalites=""),
                violation_error_code="modalites",
                violation_error_message="Dites comment la subvention se verse.",
            ),
            models.CheckConstraint(
                name="convention_is_signed_once_made",
                condition=Q(signee_le=None) | Q(signee_le__gte=F("etablie_le")),
                violation_error_code="le",
                violation_error_message="Une convention se signe après avoir été établie.",
            ),
        ]

    def __str__(self) -> str:
        return f"convention {self.code}"

    @property
    def code(self) -> str:
        """Its code on pages and in the trace."""
        return f"CV{self.numero}"


class ReportDeDates(models.Model):
    """Other days asked for an action that is funded, and what the team answers."""

    dossier = models.ForeignKey(DossierDeDemande, models.CASCADE, verbose_name="dossier", related_name="reports")
    debut = models.DateField("commence le")
    fin = models.DateField("finit le")
    raison = models.CharField("pourquoi", max_length=1000)
    demande_le = models.DateField("demandé le")
    etat = models.CharField("état", max_length=8, choices=EtatDeReport, default=EtatDeReport.A_LIRE)
    reponse = models.CharField("raison de la réponse", max_length=1000, blank=True)
    repondu_le = models.DateField("répondu le", null=True, blank=True)

    class Meta:
        verbose_name = "report de dates"
        verbose_name_plural = "reports de dates"
        ordering = ["dossier", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(etat=EtatDeReport.A_LIRE),
                name="report_de_dates_waits_once",
                violation_error_message="Un changement de dates attend déjà une réponse.",
            ),
            models.CheckConstraint(
                name="report_de_dates_runs_forward",
                condition=Q(fin__gte=F("debut")),
                violation_error_code="fin",
                violation_error_message="L’action finit après avoir commencé.",
            ),
            models.CheckConstraint(
                name="report_de_dates_says_why",
                condition=~Q(raison=""),
                violation_error_code="raison",
                violation_error_message="Dites pourquoi.",
            ),
            models.CheckConstraint(
                name="report_de_dates_refused_says_why",
                condition=~Q(etat=EtatDeReport.REFUSE) | ~Q(reponse=""),
                violation_error_code="reponse",
                violation_error_message="Dites pourquoi : tout refus porte sa raison, envoyée à qui demande.",
            ),
            models.CheckConstraint(
                name="report_de_dates_answered_has_its_day",
                condition=Q(etat=EtatDeReport.A_LIRE, repondu_le=None)
                | (~Q(etat=EtatDeReport.A_LIRE) & Q(repondu_le__isnull=False)),
                violation_error_message="Un changement de dates auquel on a répondu a le jour de sa réponse.",
            ),
        ]

    def __str__(self) -> str:
        return f"report de dates de {self.dossier.code}"
