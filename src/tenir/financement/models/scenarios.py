"""What the comité weighs before it decides: scenarios of a year, each a set of proposed amounts over the ledger."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation
from tenir.contrat.models import Orientation
from tenir.fiches.models import FicheAction
from tenir.financement.models.lignes import FIRST_YEAR, LAST_YEAR, amount, none_as_zero
from tenir.financement.montants import NEGATIF
from tenir.gouvernance.models import Decision
from tenir.habilitations.models import EspaceDeContrat, of_contract


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    """Scenarios as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract that nobody took away, in the order in which they were opened."""
        rows = of_contract(self, espace).filter(retire_le=None).order_by("numero")
        return rows.select_related("espace", "adopte_par__reunion__instance__instance")


class Scenario(models.Model):
    """A way to share the money of a year: it changes nothing of the ledger until a decision adopts it."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="scenarios")
    numero = models.PositiveIntegerField("numéro", editable=False)
    annee = models.PositiveSmallIntegerField("année")
    nom = models.CharField("nom", max_length=80)
    adopte_par = models.ForeignKey(
        Decision, models.PROTECT, verbose_name="adopté par", related_name="scenarios", null=True, blank=True
    )
    adopte_le = models.DateField("adopté le", null=True, blank=True)
    retire_le = models.DateField("supprimé le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = "scénario"
        ordering = ["espace", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="scenario_has_a_number_of_its_own",
                violation_error_message="Ce numéro de scénario est déjà donné.",
            ),
            models.UniqueConstraint(
                fields=["espace", "annee", "nom"],
                condition=Q(retire_le=None),
                name="scenario_has_a_name_of_its_own",
                violation_error_code="nom",
                violation_error_message="Un scénario de cette année porte déjà ce nom.",
            ),
            models.UniqueConstraint(
                fields=["adopte_par", "annee"],
                condition=Q(adopte_par__isnull=False),
                name="scenario_is_one_a_decision",
                violation_error_code="decision",
                violation_error_message="Cette décision adopte déjà un scénario de cette année.",
            ),
            models.CheckConstraint(
                name="scenario_year_is_one",
                condition=Q(annee__range=(FIRST_YEAR, LAST_YEAR)),
                violation_error_code="annee",
                violation_error_message="Écrivez une année : « 2026 ».",
            ),
            models.CheckConstraint(
                name="scenario_adopted_stays",
                condition=Q(adopte_par=None) | Q(retire_le=None),
                violation_error_message="Une décision a adopté ce scénario : il reste.",
            ),
            models.CheckConstraint(
                name="scenario_adopted_has_its_day",
                condition=Q(adopte_par=None, adopte_le=None) | Q(adopte_par__isnull=False, adopte_le__isnull=False),
                violation_error_message="Un scénario adopté porte sa décision et son jour.",
            ),
        ]

    def __str__(self) -> str:
        return f"scénario « {self.nom} »"

    @property
    def code(self) -> str:
        """Its code in the trace."""
        return f"SC{self.numero}"


class MontantPropose(models.Model):
    """What a scenario proposes that a funder brings to one thing of the table, instead of what the ledger says."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, verbose_name="scénario", related_name="montants")
    orientation = models.ForeignKey(Orientation, models.PROTECT, verbose_name="orientation", related_name="+")
    fiche = models.ForeignKey(
        FicheAction, models.PROTECT, verbose_name="action", related_name="+", null=True, blank=True
    )
    projet = models.CharField("projet", max_length=150, blank=True)
    financeur = models.ForeignKey(Organisation, models.PROTECT, verbose_name="financeur", related_name="+")
    montant = amount("montant proposé")

    class Meta:
        verbose_name = "montant proposé"
        verbose_name_plural = "montants proposés"
        ordering = ["scenario", "pk"]
        constraints = [
            models.UniqueConstraint(
                F("scenario"),
                F("orientation"),
                F("projet"),
                F("financeur"),
                none_as_zero("fiche"),
                name="montant_propose_is_one_a_cell",
                violation_error_message="Ce scénario propose déjà un montant dans cette case.",
            ),
            models.CheckConstraint(
                name="montant_propose_is_for_one_thing",
                condition=Q(fiche=None) | Q(projet=""),
                violation_error_code="projet",
                violation_error_message="Choisissez une action, ou nommez un projet : pas les deux.",
            ),
            models.CheckConstraint(
                name="montant_propose_is_not_negative",
                condition=Q(montant__gte=0),
                violation_error_code="montant",
                violation_error_message=NEGATIF,
            ),
        ]

    def __str__(self) -> str:
        return f"montant proposé par {self.scenario}"

    @property
    def espace(self) -> EspaceDeContrat:
        """The contract of its scenario."""
        return self.scenario.espace
