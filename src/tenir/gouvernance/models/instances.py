"""Bodies as they live: who sits in them, from when to when; the rules added to those of the contract."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation
from tenir.contrat.models import ActionPrevue, InstanceDeGouvernance
from tenir.gouvernance.enums import COUNTED, NUMBERED, College, GenreDeRegle, NatureDeSource, Qualite
from tenir.habilitations.models import EspaceDeContrat, of_contract


class InstanceSuivieQuerySet(models.QuerySet["InstanceSuivie"]):
    """Bodies as the team asks for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract that are in force: the signed ones in its order, then those of the team."""
        rows = of_contract(self, espace).exclude(instance__retire=True).select_related("instance", "espace", "action")
        return rows.order_by(F("instance__ordre").asc(nulls_last=True), "pk")


class InstanceSuivie(models.Model):
    """The life of a body: one that the contract signs, or one that the team set up beside it (`instance` is none).

    `nom_propre`, `cree_par_quoi` and `reunions_par_an` are those of a body of the team; a signed one has its own.
    `compte`: the kind of the register in which its meetings count what they study.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="instances")
    instance = models.OneToOneField(
        InstanceDeGouvernance,
        models.PROTECT,
        verbose_name="instance signée",
        related_name="suivi",
        null=True,
        blank=True,
    )
    suivie_depuis = models.DateField("suivie depuis le")
    nom_propre = models.CharField("nom", max_length=150, blank=True)
    cree_par_quoi = models.CharField("ce qui la crée", max_length=300, blank=True)
    reunions_par_an = models.PositiveSmallIntegerField("réunions par an", null=True, blank=True)
    action = models.ForeignKey(
        ActionPrevue, models.PROTECT, verbose_name="action suivie", related_name="instances", null=True, blank=True
    )

    compte = models.SlugField("ce que ses réunions comptent", max_length=40, blank=True, db_index=False)

    objects = InstanceSuivieQuerySet.as_manager()

    class Meta:
        verbose_name = "instance suivie"
        ordering = ["espace", "pk"]
        constraints = [
            models.CheckConstraint(
                name="instance_suivie_is_signed_or_named",
                condition=Q(instance__isnull=False, nom_propre="") | (Q(instance=None) & ~Q(nom_propre="")),
                violation_error_code="nom_propre",
                violation_error_message="Nommez l’instance.",
            ),
            models.CheckConstraint(
                name="instance_suivie_of_the_team_says_why",
                condition=Q(instance__isnull=False) | ~Q(cree_par_quoi=""),
                violation_error_code="cree_par_quoi",
                violation_error_message="Dites ce qui crée cette instance : une décision, une action du contrat.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def nom(self) -> str:
        """What it is called."""
        return self.instance.nom if self.instance else self.nom_propre

    @property
    def code(self) -> str:
        """Its code in addresses and in the trace: that of the contract, or « T » and its number."""
        return self.instance.code if self.instance else f"T{self.pk}"


class SiegeQuerySet(models.QuerySet["Siege"]):
    """Seats by when they are held."""

    def on(self, day: date) -> Self:
        """Those held on a day."""
        return self.filter(du__lte=day).filter(Q(au=None) | Q(au__gt=day))


class Siege(models.Model):
    """A seat in a body: a function of an organisation, from a day to another (excluded). It names nobody.

    `decision`: what settled it, where the contract said two things.
    """

    instance = models.ForeignKey(InstanceSuivie, models.CASCADE, verbose_name="instance suivie", related_name="sieges")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="+")
    fonction = models.CharField("fonction", max_length=150, blank=True)
    qualite = models.CharField("qualité", max_length=10, choices=Qualite, default=Qualite.MEMBRE)
    college = models.CharField("collège", max_length=10, choices=College, blank=True)
    du = models.DateField("depuis le")
    au = models.DateField("prend fin le", null=True, blank=True)
    decision = models.ForeignKey(
        "Decision", models.PROTECT, verbose_name="décision qui l’a réglé", related_name="sieges", null=True, blank=True
    )

    objects = SiegeQuerySet.as_manager()

    class Meta:
        verbose_name = "siège"
        ordering = ["instance", "pk"]
        constraints = [
            models.CheckConstraint(
                name="siege_runs_forward",
                condition=Q(au=None) | Q(au__gt=F("du")),
                violation_error_code="au",
                violation_error_message="Un siège prend fin après avoir commencé.",
            ),
            models.UniqueConstraint(
                fields=["instance", "organisation", "fonction", "qualite"],
                condition=Q(au=None),
                name="siege_is_held_once",
                violation_error_code="organisation",
                violation_error_message="Cet organisme tient déjà ce siège.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.fonction}" if self.fonction else str(self.organisation)

    @property
    def counts(self) -> bool:
        """Whether the quorum counts its body."""
        return self.qualite in COUNTED


class RegleDeGouvernance(models.Model):
    """A rule that the team added to those of the contract: what it rests on, since when. It warns, and never blocks."""

    instance = models.ForeignKey(
        InstanceSuivie, models.CASCADE, verbose_name="instance suivie", related_name="regles_ajoutees"
    )
    genre = models.CharField("sur quoi", max_length=10, choices=GenreDeRegle)
    titre = models.CharField("règle", max_length=300)
    nombre = models.PositiveSmallIntegerField("nombre", null=True, blank=True)
    avant = models.ForeignKey(
        InstanceSuivie, models.CASCADE, verbose_name="en amont de", related_name="+", null=True, blank=True
    )
    organisme = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisme", related_name="+", null=True, blank=True
    )
    nature = models.CharField("ce sur quoi elle s’appuie", max_length=10, choices=NatureDeSource)
    source = models.CharField("source", max_length=300)
    du = models.DateField("depuis le")
    au = models.DateField("prend fin le", null=True, blank=True)

    class Meta:
        verbose_name = "règle de gouvernance"
        ordering = ["instance", "pk"]
        constraints = [
            models.CheckConstraint(
                name="regle_de_gouvernance_says_its_source",
                condition=~Q(source="") & ~Q(titre=""),
                violation_error_code="source",
                violation_error_message="Dites d’où vient la règle.",
            ),
            models.CheckConstraint(
                name="regle_de_gouvernance_holds_its_number",
                condition=Q(nombre__gt=0)
                | Q(nombre=None, genre__in=[one for one in GenreDeRegle.values if one not in NUMBERED]),
                violation_error_code="nombre",
                violation_error_message="Dites combien : de réunions par an, de jours, ou la part des organismes.",
            ),
            models.CheckConstraint(
                name="regle_de_gouvernance_asks_each_sex_for_half_at_most",
                condition=~Q(genre=GenreDeRegle.PARITE) | Q(nombre=None) | Q(nombre__lte=50),
                violation_error_code="nombre",
                violation_error_message="La part de chaque sexe ne dépasse pas la moitié.",
            ),
            models.CheckConstraint(
                name="regle_de_gouvernance_orders_two_bodies",
                condition=~Q(genre=GenreDeRegle.ORDRE) | Q(avant__isnull=False),
                violation_error_code="avant",
                violation_error_message="Dites en amont de quelle instance.",
            ),
            models.CheckConstraint(
                name="regle_de_gouvernance_names_its_body",
                condition=~Q(genre=GenreDeRegle.PRESENCE) | Q(organisme__isnull=False),
                violation_error_code="organisme",
                violation_error_message="Dites quel organisme doit siéger.",
            ),
            models.CheckConstraint(
                name="regle_de_gouvernance_runs_forward",
                condition=Q(au=None) | Q(au__gte=F("du")),
                violation_error_code="au",
                violation_error_message="Une règle prend fin après avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre
