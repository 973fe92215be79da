"""What comes back at a rhythm: its days are computed, never stored."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation
from tenir.activite.calendrier import LAST, Rythme
from tenir.activite.enums import JOURS, Rang, Zone
from tenir.contrat.models import Lieu
from tenir.core.alphabet import alphabetical
from tenir.core.typographie import clock_fr
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.habilitations.niveaux import Niveau

AILLEURS = 120
"""The longest name of a place that the contract does not name."""


class SerieQuerySet(models.QuerySet["Serie"]):
    """Series as the team asks for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract."""
        return of_contract(self, espace).order_by(alphabetical("libelle"), "numero")


class Serie(models.Model):
    """A session that comes back: « every Tuesday from 2 to 5 p.m., but for school holidays », held by a body.

    `jours`: digits, 0 is Monday. `semaines`: every so many weeks; `rang`: the n-th of each month instead.
    """

    IN_WORDS: ClassVar[dict[str, object]] = {
        "jours": lambda jours: ", ".join(JOURS[int(one)] for one in jours),
        "lieu": lambda lieu: lieu.nom if lieu else "",
        "debut": clock_fr,
        "fin": clock_fr,
    }

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="series")
    numero = models.PositiveIntegerField("numéro", editable=False)
    nature = models.SlugField("nature", max_length=40)
    libelle = models.CharField("libellé de la nature", max_length=80, editable=False)
    niveau = models.PositiveSmallIntegerField("lisible par", default=Niveau.PARTENAIRES)
    titre = models.CharField("titre", max_length=80, blank=True)
    organisme = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="series")
    lieu = models.ForeignKey(Lieu, models.PROTECT, verbose_name="lieu", related_name="series", null=True, blank=True)
    autre_lieu = models.CharField("autre lieu", max_length=AILLEURS, blank=True)
    fiches = models.ManyToManyField(FicheAction, verbose_name="actions", related_name="series", blank=True)
    jours = models.CharField("jours", max_length=7)
    semaines = models.PositiveSmallIntegerField("toutes les … semaines", default=1)
    rang = models.SmallIntegerField("rang dans le mois", choices=Rang, null=True, blank=True)
    debut = models.TimeField("de")
    fin = models.TimeField("à")
    du = models.DateField("à partir du")
    au = models.DateField("jusqu’au", null=True, blank=True)
    sauf_feries = models.BooleanField("sauf les jours fériés", default=True)
    zone = models.CharField("sauf les vacances scolaires", max_length=1, choices=Zone, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = SerieQuerySet.as_manager()

    class Meta:
        verbose_name = "série"
        ordering = ["espace", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="serie_is_numbered_once",
                violation_error_message="Ce numéro de série sert déjà.",
            ),
            models.CheckConstraint(
                name="serie_has_days_of_the_week",
                condition=Q(jours__regex=r"^0?1?2?3?4?5?6?$") & ~Q(jours=""),
                violation_error_message="Choisissez au moins un jour de la semaine.",
                violation_error_code="jours",
            ),
            models.CheckConstraint(
                name="serie_comes_back_within_eight_weeks",
                condition=Q(semaines__gte=1, semaines__lte=8),
                violation_error_message="Une série revient au moins toutes les huit semaines.",
                violation_error_code="semaines",
            ),
            models.CheckConstraint(
                name="serie_of_weeks_or_of_months",
                condition=Q(rang=None) | Q(rang__in=[1, 2, 3, 4, LAST], semaines=1),
                violation_error_message="Choisissez un rythme en semaines, ou un rang dans le mois : pas les deux.",
                violation_error_code="rang",
            ),
            models.CheckConstraint(
                name="serie_ends_after_it_starts",
                condition=Q(fin__gt=F("debut")),
                violation_error_message="L’heure de fin vient avant celle du début.",
                violation_error_code="fin",
            ),
            models.CheckConstraint(
                name="serie_runs_forward",
                condition=Q(au=None) | Q(au__gte=F("du")),
                violation_error_message="La série se termine avant de commencer.",
                violation_error_code="au",
            ),
            models.CheckConstraint(
                name="serie_zone_is_known",
                condition=Q(zone="") | Q(zone__in=Zone.values),
                violation_error_message="Les vacances scolaires ont trois zones : A, B et C.",
                violation_error_code="zone",
            ),
            models.CheckConstraint(
                name="serie_is_somewhere_once",
                condition=Q(lieu=None) | Q(autre_lieu=""),
                violation_error_message="Choisissez un lieu dans la liste, ou écrivez-en un autre : pas les deux.",
                violation_error_code="autre_lieu",
            ),
            models.CheckConstraint(
                name="serie_is_read_by_someone",
                condition=Q(niveau__in=[Niveau.PARTENAIRES.value, Niveau.EQUIPE.value]),
                violation_error_message="Une série se lit par les partenaires ou par l’équipe.",
                violation_error_code="niveau",
            ),
        ]

    def __str__(self) -> str:
        return self.titre or self.libelle

    @property
    def code(self) -> str:
        """How the trace and addresses name it."""
        return str(self.numero)

    @property
    def rythme(self) -> Rythme:
        """The days on which it falls."""
        return Rythme(
            jours=tuple(map(int, self.jours)),
            du=self.du,
            au=self.au,
            semaines=self.semaines,
            rang=self.rang,
            sauf_feries=self.sauf_feries,
            zone=self.zone,
        )

    @property
    def minutes(self) -> int:
        """How long one session lasts."""
        return (self.fin.hour - self.debut.hour) * 60 + self.fin.minute - self.debut.minute

    @property
    def ou(self) -> str:
        """Where it takes place, in words."""
        return self.lieu.nom if self.lieu else self.autre_lieu
