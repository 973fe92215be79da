"""What the table of the comité des financeurs adds to the ledger: budgets, envelopes, the versions that it freezes."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.models import Orientation
from tenir.core import horloge
from tenir.core.noms import de
from tenir.fiches.models import FicheAction
from tenir.financement.models.lignes import FIRST_YEAR, LAST_YEAR, amount, none_as_zero
from tenir.financement.montants import NEGATIF
from tenir.gouvernance.models import Decision
from tenir.habilitations.models import EspaceDeContrat, of_contract


class BudgetDAction(models.Model):
    """What an action or a project costs in a year, so that what it lacks shows."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="budgets")
    orientation = models.ForeignKey(Orientation, models.PROTECT, verbose_name="orientation", related_name="budgets")
    fiche = models.ForeignKey(
        FicheAction, models.PROTECT, verbose_name="action", related_name="budgets", null=True, blank=True
    )
    projet = models.CharField("projet", max_length=150, blank=True)
    annee = models.PositiveSmallIntegerField("année")
    montant = amount("budget", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "budget d’action"
        verbose_name_plural = "budgets d’action"
        ordering = ["espace", "annee", "pk"]
        constraints = [
            models.UniqueConstraint(
                F("espace"),
                F("orientation"),
                F("projet"),
                F("annee"),
                none_as_zero("fiche"),
                name="budget_is_one_a_year",
                violation_error_message="Ce budget existe déjà : changez-le plutôt.",
            ),
            models.CheckConstraint(
                name="budget_year_is_one",
                condition=Q(annee__range=(FIRST_YEAR, LAST_YEAR)),
                violation_error_message="Écrivez une année : « 2026 ».",
            ),
            models.CheckConstraint(
                name="budget_is_not_negative",
                condition=Q(montant=None) | Q(montant__gte=0),
                violation_error_code="montant",
                violation_error_message=NEGATIF,
            ),
        ]

    def __str__(self) -> str:
        return f"budget {self.annee}"

    @property
    def code(self) -> str:
        """Its code in the trace."""
        of = self.fiche.code if self.fiche else self.projet or self.orientation.code
        return f"{of}/{self.annee}"


class Enveloppe(models.Model):
    """What a funder has in all for a year, and the most that it gives to one action; each may not be said."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="enveloppes")
    financeur = models.ForeignKey(Organisation, models.PROTECT, verbose_name="financeur", related_name="+")
    annee = models.PositiveSmallIntegerField("année")
    montant = amount("enveloppe", null=True, blank=True)
    plafond = amount("plafond par action", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "enveloppe"
        ordering = ["espace", "annee", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "financeur", "annee"],
                name="enveloppe_is_one_a_year",
                violation_error_message="Cette enveloppe existe déjà : changez-la plutôt.",
            ),
            models.CheckConstraint(
                name="enveloppe_year_is_one",
                condition=Q(annee__range=(FIRST_YEAR, LAST_YEAR)),
                violation_error_message="Écrivez une année : « 2026 ».",
            ),
            models.CheckConstraint(
                name="enveloppe_is_not_negative",
                condition=(Q(montant=None) | Q(montant__gte=0)) & (Q(plafond=None) | Q(plafond__gte=0)),
                violation_error_code="montant",
                violation_error_message=NEGATIF,
            ),
        ]

    def __str__(self) -> str:
        return f"enveloppe {self.annee} {de(self.financeur)}"

    @property
    def code(self) -> str:
        """Its code in the trace."""
        return f"{self.financeur.identifiant}/{self.annee}"


class VersionFigeeQuerySet(models.QuerySet["VersionFigee"]):
    """Frozen versions as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, the latest first."""
        rows = of_contract(self, espace).order_by("-numero")
        return rows.select_related("decision__reunion__instance__instance", "figee_par")


class VersionFigee(models.Model):
    """The table as a decision froze it: what it held, in one text, and the digest of that text. Never changed."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="versions_figees")
    numero = models.PositiveIntegerField("numéro")
    annee = models.PositiveSmallIntegerField("année", null=True, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, verbose_name="décision", related_name="versions_figees")
    contenu = models.TextField("contenu", editable=False)
    sha256 = models.CharField("empreinte", max_length=64, editable=False)
    figee_par = models.ForeignKey(Personne, models.PROTECT, verbose_name="figée par", related_name="+")
    figee_le = models.DateTimeField("figée le", default=horloge.now, editable=False)

    objects = VersionFigeeQuerySet.as_manager()

    class Meta:
        verbose_name = "version figée"
        verbose_name_plural = "versions figées"
        ordering = ["espace", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="version_figee_has_a_number_of_its_own",
                violation_error_message="Ce numéro de version est déjà donné.",
            ),
            models.UniqueConstraint(
                F("decision"),
                none_as_zero("annee"),
                name="version_figee_is_one_a_decision",
                violation_error_code="decision",
                violation_error_message="Cette décision fige déjà une version de cette année.",
            ),
            models.CheckConstraint(
                name="version_figee_holds_something",
                condition=~Q(contenu="") & ~Q(sha256=""),
                violation_error_message="Une version figée garde le tableau et son empreinte.",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.numero}"

    @property
    def code(self) -> str:
        """Its code on pages and in the trace."""
        return f"V{self.numero}"
