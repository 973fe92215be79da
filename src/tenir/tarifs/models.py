"""Tariffs: a service that is paid for, its grids, their tranches, and how many used each; counts only, never a name."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation
from tenir.contrat.models import ActionPrevue
from tenir.core.typographie import MINUS, NBSP, date_fr
from tenir.financement.montants import told
from tenir.gouvernance.models import PointDOrdreDuJour
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.habilitations.niveaux import Niveau
from tenir.tarifs.enums import PLURIEL, Repartition, Unite

PRIX_MAX = 10_000
"""No price reaches it, in euros: past it a finger slipped."""
QUOTIENT_MAX = 20_000
"""No bound of a quotient familial reaches it, in euros a month."""
UNITES_MAX = 10_000_000
"""No service counts as many units in a year."""
BAISSE, HAUSSE = -50, 200
"""How far attendance may be supposed to move, in hundredths."""
ANNEES = (2000, 2099)
"""The years of which attendance may be written."""


def price(name: str, **options: Any) -> "models.DecimalField[Any, Any]":
    """A column of euros and cents, exact."""
    return models.DecimalField(name, max_digits=8, decimal_places=2, **options)


def told_move(evolution: int) -> str:
    """« +10 % », « −5 % »."""
    return f"{'+' if evolution > 0 else MINUS}{abs(evolution)}{NBSP}%"


class ServiceTarifeQuerySet(models.QuerySet["ServiceTarife"]):
    """Services as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with who runs them and what they serve."""
        return of_contract(self, espace).select_related("espace", "organisme", "action")


class ServiceTarife(models.Model):
    """What residents pay for: a canteen, a swimming pool. `cout`: what a unit costs, in euros, says `cout_source`."""

    IN_WORDS: ClassVar[dict[str, object]] = {"cout": told}

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="services_tarifes")
    numero = models.PositiveIntegerField("numéro", editable=False)
    libelle = models.CharField("service", max_length=120)
    organisme = models.ForeignKey(Organisation, models.PROTECT, verbose_name="géré par", related_name="+")
    unite = models.CharField("le prix est pour", max_length=14, choices=Unite, default=Unite.SEANCE)
    action = models.ForeignKey(
        ActionPrevue, models.PROTECT, verbose_name="action servie", related_name="+", null=True, blank=True
    )
    cout = price("coût de revient d’une unité", null=True, blank=True)
    cout_source = models.CharField("source du coût", max_length=200, blank=True)
    inscrit_le = models.DateField("inscrit le", editable=False)
    version = models.PositiveIntegerField("version", default=1)

    objects = ServiceTarifeQuerySet.as_manager()

    class Meta:
        verbose_name = "service tarifé"
        ordering = ["espace", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="service_tarife_is_numbered_once",
                violation_error_message="Ce numéro de service est déjà donné.",
            ),
            models.CheckConstraint(
                name="service_tarife_has_a_name",
                condition=~Q(libelle=""),
                violation_error_code="libelle",
                violation_error_message="Dites le nom du service.",
            ),
            models.CheckConstraint(
                name="service_tarife_costs_something_known",
                condition=Q(cout=None) | Q(cout__gte=0, cout__lt=PRIX_MAX),
                violation_error_code="cout",
                violation_error_message="Un coût de revient va de 0 à 9 999,99 €.",
            ),
            models.CheckConstraint(
                name="service_tarife_cost_has_a_source",
                condition=Q(cout=None, cout_source="") | Q(cout__isnull=False) & ~Q(cout_source=""),
                violation_error_code="cout_source",
                violation_error_message="Un coût de revient se donne avec sa source, et une source avec son coût.",
            ),
        ]

    def __str__(self) -> str:
        return self.libelle

    @property
    def code(self) -> str:
        """Its code on pages and in the trace."""
        return f"T{self.numero}"

    @property
    def pluriel(self) -> str:
        """What its attendance counts: « repas », « séances »."""
        return PLURIEL[Unite(self.unite)]


class GrilleTarifaireQuerySet(models.QuerySet["GrilleTarifaire"]):
    """Grids as pages ask for them."""

    def of(self, service: ServiceTarife) -> Self:
        """Those of one service, with their tranches, the latest first."""
        found = self.filter(service=service).select_related("service__espace", "service__organisme")
        return found.prefetch_related("tranches").order_by("-applicable_le", "-numero")

    def decided(self) -> Self:
        """Those that apply, did or will."""
        return self.filter(applicable_le__isnull=False)

    def scenarios(self) -> Self:
        """Those that nobody retained."""
        return self.filter(applicable_le=None)


class GrilleTarifaire(models.Model):
    """The prices of a service by tranche: a grid, from a day on; a scenario, while it has no day.

    `annee`: of which attendance a scenario is reckoned on. `part_de`: the grid that it is compared with. `point`: the
    item of an agenda that puts it forward. `decidee_le`, `decision`: when and by what it was retained.
    """

    IN_WORDS: ClassVar[dict[str, object]] = {
        "applicable_le": lambda day: date_fr(day) if day else "",
        "annee": lambda year: str(year or ""),
    }

    service = models.ForeignKey(ServiceTarife, models.CASCADE, verbose_name="service", related_name="grilles")
    numero = models.PositiveIntegerField("numéro", editable=False)
    titre = models.CharField("nom du scénario", max_length=80, blank=True)
    applicable_le = models.DateField("applicable le", null=True, blank=True)
    annee = models.PositiveSmallIntegerField("fréquentation de l’année", null=True, blank=True)
    repartition = models.CharField(
        "si une tranche est coupée", max_length=15, choices=Repartition, default=Repartition.PROPORTIONNELLE
    )
    part_de = models.ForeignKey(
        "self", models.PROTECT, verbose_name="comparé à", related_name="scenarios", null=True, blank=True
    )
    point = models.ForeignKey(
        PointDOrdreDuJour,
        models.SET_NULL,
        verbose_name="point d’ordre du jour",
        related_name="+",
        null=True,
        blank=True,
    )
    decidee_le = models.DateField("décidée le", null=True, blank=True)
    decision = models.CharField("référence de la décision", max_length=200, blank=True)
    inscrite_le = models.DateField("inscrite le", editable=False)
    version = models.PositiveIntegerField("version", default=1)

    objects = GrilleTarifaireQuerySet.as_manager()

    class Meta:
        verbose_name = "grille tarifaire"
        ordering = ["service", "-applicable_le", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "numero"],
                name="grille_tarifaire_is_numbered_once",
                violation_error_message="Ce numéro de grille est déjà donné.",
            ),
            models.UniqueConstraint(
                fields=["service", "applicable_le"],
                name="grille_tarifaire_starts_alone_on_its_day",
                violation_error_code="applicable_le",
                violation_error_message="Une grille de ce service s’applique déjà depuis ce jour.",
            ),
            models.CheckConstraint(
                name="grille_tarifaire_scenario_has_a_name",
                condition=Q(applicable_le__isnull=False) | ~Q(titre=""),
                violation_error_code="titre",
                violation_error_message="Nommez ce scénario.",
            ),
            models.CheckConstraint(
                name="grille_tarifaire_year_is_known",
                condition=Q(annee=None) | Q(annee__gte=ANNEES[0], annee__lte=ANNEES[1]),
                violation_error_code="annee",
                violation_error_message="Une année va de 2000 à 2099.",
            ),
            models.CheckConstraint(
                name="grille_tarifaire_decision_has_its_day",
                condition=Q(decidee_le=None, decision="")
                | Q(decidee_le__isnull=False, applicable_le__isnull=False) & ~Q(decision=""),
                violation_error_code="decision",
                violation_error_message="Une décision a son jour, sa référence, et le jour où la grille s’applique.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre or "grille tarifaire"

    @property
    def code(self) -> str:
        """Its code in the trace: that of its service, then its own."""
        return f"{self.service.code}-{self.numero}"

    @property
    def is_scenario(self) -> bool:
        """Whether nobody retained it."""
        return self.applicable_le is None

    @property
    def niveau(self) -> int:
        """Who reads it: anyone once it was retained, the team before."""
        return Niveau.EQUIPE if self.is_scenario else Niveau.PUBLIC


class Tranche(models.Model):
    """A price of a grid: for whom (`categorie`, none for everyone), from which quotient familial on (`seuil`, in euros
    a month), to the next of the same category: two tranches can neither overlap nor leave a hole between them.

    `evolution`: in a scenario, how much its attendance is supposed to move, in hundredths.
    """

    IN_WORDS: ClassVar[dict[str, object]] = {
        "prix": told,
        "evolution": lambda value: told_move(value) if value else "",
    }

    grille = models.ForeignKey(GrilleTarifaire, models.CASCADE, verbose_name="grille", related_name="tranches")
    famille = models.PositiveSmallIntegerField("rang de la catégorie", default=1)
    categorie = models.CharField("catégorie", max_length=80, blank=True)
    seuil = models.PositiveIntegerField("à partir du quotient", default=0)
    prix = price("prix")
    evolution = models.SmallIntegerField("évolution supposée", default=0)

    class Meta:
        verbose_name = "tranche"
        ordering = ["grille", "famille", "seuil", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grille", "categorie", "seuil"],
                name="tranche_starts_where_no_other_does",
                violation_error_code="seuil",
                violation_error_message="Deux tranches de la même catégorie partent du même quotient.",
            ),
            models.CheckConstraint(
                name="tranche_quotient_is_known",
                condition=Q(seuil__gte=0, seuil__lt=QUOTIENT_MAX),
                violation_error_code="seuil",
                violation_error_message="Un quotient va de 0 à 19 999 € par mois.",
            ),
            models.CheckConstraint(
                name="tranche_price_is_known",
                condition=Q(prix__gte=0, prix__lt=PRIX_MAX),
                violation_error_code="prix",
                violation_error_message="Un prix va de 0 à 9 999,99 €.",
            ),
            models.CheckConstraint(
                name="tranche_attendance_moves_a_little",
                condition=Q(evolution__gte=BAISSE, evolution__lte=HAUSSE),
                violation_error_code="evolution",
                violation_error_message="Une évolution va de −50 à +200 %.",
            ),
        ]

    def __str__(self) -> str:
        return self.categorie or "tous"

    @property
    def niveau(self) -> int:
        """Who reads it: those who read its grid."""
        return self.grille.niveau


class FrequentationQuerySet(models.QuerySet["Frequentation"]):
    """Attendance as pages ask for it."""

    def of(self, service: ServiceTarife) -> Self:
        """That of one service, year after year."""
        rows = self.filter(tranche__grille__service=service).select_related("tranche__grille")
        return rows.order_by("annee", "tranche__grille__applicable_le", "tranche__famille", "tranche__seuil")

    def on(self, grilles: Iterable[GrilleTarifaire]) -> Self:
        """That of some grids."""
        return self.filter(tranche__grille__in=list(grilles))


class Frequentation(models.Model):
    """How much a tranche was used in a year: units, and distinct users where they are known. What is not written is not
    known: nought is written."""

    tranche = models.ForeignKey(Tranche, models.PROTECT, verbose_name="tranche", related_name="frequentations")
    annee = models.PositiveSmallIntegerField("année")
    unites = models.PositiveIntegerField("unités")
    usagers = models.PositiveIntegerField("usagers différents", null=True, blank=True)
    source = models.CharField("source", max_length=200, blank=True)

    objects = FrequentationQuerySet.as_manager()

    class Meta:
        verbose_name = "fréquentation"
        ordering = ["annee", "tranche"]
        constraints = [
            models.UniqueConstraint(
                fields=["tranche", "annee"],
                name="frequentation_is_said_once",
                violation_error_message="La fréquentation de cette tranche est déjà dite pour cette année.",
            ),
            models.CheckConstraint(
                name="frequentation_year_is_known",
                condition=Q(annee__gte=ANNEES[0], annee__lte=ANNEES[1]),
                violation_error_code="annee",
                violation_error_message="Une année va de 2000 à 2099.",
            ),
            models.CheckConstraint(
                name="frequentation_units_are_known",
                condition=Q(unites__lt=UNITES_MAX),
                violation_error_code="unites",
                violation_error_message="Le nombre d’unités d’une année compte sept chiffres au plus.",
            ),
            models.CheckConstraint(
                name="frequentation_users_come_at_least_once",
                condition=Q(usagers=None) | Q(usagers__lte=models.F("unites")),
                violation_error_code="usagers",
                violation_error_message="Chaque usager compte au moins une unité : ils ne sont pas plus nombreux.",
            ),
            models.CheckConstraint(
                name="frequentation_has_a_source",
                condition=~Q(source=""),
                violation_error_code="source",
                violation_error_message="Dites d’où viennent ces nombres.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.annee}"
