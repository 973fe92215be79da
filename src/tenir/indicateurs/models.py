"""The readings of indicators, and what is needed to read them: who, in what unit, how often, from where to where."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.models import Indicateur
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.indicateurs.enums import Frequence, StatutDeReleve

LIKELY = (date(1990, 1, 1), date(2100, 1, 1))
"""A day outside these is a slip of the hand."""
LOOK_AGAIN = "Vérifiez l’année."


def _likely(field: str, name: str) -> models.CheckConstraint:
    """A day whose year is believable."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__range": LIKELY}),
        violation_error_code=field,
        violation_error_message=LOOK_AGAIN,
    )


class SuiviDIndicateurQuerySet(models.QuerySet["SuiviDIndicateur"]):
    """Indicators as the team asks for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """The indicators in force of one contract that repeat no other, in the order of the contract."""
        return of_contract(self, espace).filter(indicateur__retire=False).order_by("indicateur__ordre")

    def without_owner(self) -> Self:
        """Those that no body answers for."""
        return self.filter(organisme=None)


class SuiviDIndicateur(models.Model):
    """What is needed to follow one indicator. What nobody has defined is empty, and shown « à définir ».

    `reference` is where it stood before (the baseline), with its day and its source.
    """

    espace = models.ForeignKey(
        EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="indicateurs_suivis"
    )
    indicateur = models.OneToOneField(Indicateur, models.PROTECT, verbose_name="indicateur", related_name="suivi")
    version = models.PositiveIntegerField("version", default=1)
    ouvert_le = models.DateField("suivi depuis le")
    organisme = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="organisme responsable",
        related_name="indicateurs_suivis",
        null=True,
        blank=True,
    )
    personne = models.ForeignKey(
        Personne,
        models.PROTECT,
        verbose_name="personne responsable",
        related_name="indicateurs_suivis",
        null=True,
        blank=True,
    )
    unite = models.CharField("unité", max_length=80, blank=True)
    frequence = models.CharField("fréquence", max_length=15, choices=Frequence, blank=True)
    reference = models.DecimalField("valeur de départ", max_digits=15, decimal_places=4, null=True, blank=True)
    reference_le = models.DateField("valeur de départ au", null=True, blank=True)
    reference_source = models.CharField("source de la valeur de départ", max_length=200, blank=True)

    objects = SuiviDIndicateurQuerySet.as_manager()

    class Meta:
        verbose_name = "suivi d’indicateur"
        ordering = ["espace", "indicateur"]
        constraints = [
            models.CheckConstraint(
                name="suivi_d_indicateur_frequency_is_known",
                condition=Q(frequence="") | Q(frequence__in=Frequence.values),
                violation_error_message="Cette fréquence n’existe pas.",
            ),
            models.CheckConstraint(
                name="suivi_d_indicateur_baseline_has_a_likely_day",
                condition=Q(reference_le=None) | Q(reference_le__range=LIKELY),
                violation_error_code="reference_le",
                violation_error_message=LOOK_AGAIN,
            ),
            models.CheckConstraint(
                name="suivi_d_indicateur_baseline_is_whole",
                condition=Q(reference=None, reference_le=None, reference_source="")
                | (Q(reference__isnull=False, reference_le__isnull=False) & ~Q(reference_source="")),
                violation_error_code="reference",
                violation_error_message="Une valeur de départ ne va jamais seule : donnez son jour et sa source.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicateur.code} {self.indicateur.libelle}"

    @property
    def code(self) -> str:
        """The code of its indicator."""
        return self.indicateur.code


class CibleDIndicateur(models.Model):
    """What an indicator should reach by a day."""

    suivi = models.ForeignKey(
        SuiviDIndicateur, models.CASCADE, verbose_name="suivi d’indicateur", related_name="cibles"
    )
    le = models.DateField("pour le")
    valeur = models.DecimalField("cible", max_digits=15, decimal_places=4)
    source = models.CharField("source", max_length=200, blank=True)

    class Meta:
        verbose_name = "cible d’indicateur"
        ordering = ["suivi", "le"]
        constraints = [
            models.UniqueConstraint(
                fields=["suivi", "le"],
                name="cible_d_indicateur_is_one_for_a_day",
                violation_error_message="Une cible est déjà fixée pour ce jour.",
            ),
            _likely("le", "cible_d_indicateur_has_a_likely_day"),
        ]

    def __str__(self) -> str:
        return f"{self.valeur} au {self.le:%d/%m/%Y}"


class ReleveDIndicateurQuerySet(models.QuerySet["ReleveDIndicateur"]):
    """Readings, those that were corrected apart."""

    def in_force(self) -> Self:
        """Those that no other corrects, the oldest period first."""
        return self.filter(correction=None).order_by("fin", "debut", "ventilation", "pk")


class ReleveDIndicateur(models.Model):
    """One reading: a value over a period, for everyone or for one part (`ventilation`), with its source.

    Never changed: a correction is another reading that points to the one it corrects, which is kept.
    """

    suivi = models.ForeignKey(
        SuiviDIndicateur, models.CASCADE, verbose_name="suivi d’indicateur", related_name="releves"
    )
    debut = models.DateField("du")
    fin = models.DateField("au")
    ventilation = models.CharField("pour", max_length=120, blank=True)
    valeur = models.DecimalField("valeur", max_digits=15, decimal_places=4)
    source = models.CharField("source", max_length=200)
    commentaire = models.TextField("commentaire", max_length=1000, blank=True)
    statut = models.CharField("statut", max_length=12, choices=StatutDeReleve, default=StatutDeReleve.PROVISOIRE)
    corrige = models.OneToOneField(
        "self", models.PROTECT, verbose_name="corrige", related_name="correction", null=True, blank=True
    )
    auteur = models.ForeignKey(Personne, models.PROTECT, verbose_name="donné par", related_name="+", null=True)
    pour = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="pour l’organisme", related_name="+", null=True, blank=True
    )
    enregistre_le = models.DateTimeField("enregistré le", default=horloge.now, editable=False)

    objects = ReleveDIndicateurQuerySet.as_manager()

    class Meta:
        verbose_name = "relevé d’indicateur"
        ordering = ["suivi", "fin", "debut", "pk"]
        indexes = [models.Index(fields=["suivi", "fin"], name="releve_of_an_indicator")]
        constraints = [
            _likely("debut", "releve_d_indicateur_has_a_likely_start"),
            _likely("fin", "releve_d_indicateur_has_a_likely_end"),
            models.CheckConstraint(
                name="releve_d_indicateur_runs_forward",
                condition=Q(fin__gte=F("debut")),
                violation_error_code="fin",
                violation_error_message="La période se termine avant de commencer.",
            ),
            models.CheckConstraint(
                name="releve_d_indicateur_has_a_source",
                condition=~Q(source=""),
                violation_error_code="source",
                violation_error_message="Un chiffre ne va jamais seul : donnez sa source.",
            ),
            models.CheckConstraint(
                name="releve_d_indicateur_status_is_known",
                condition=Q(statut__in=StatutDeReleve.values),
                violation_error_message="Ce statut n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valeur} au {self.fin:%d/%m/%Y}"
