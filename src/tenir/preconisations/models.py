"""Préconisations: what is asked, which body answers and by when, each answer with its reason, where it was examined."""

import secrets
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation
from tenir.fiches.models import FicheAction
from tenir.gouvernance.models import Decision, PointDOrdreDuJour, Reunion
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.habilitations.niveaux import Niveau
from tenir.preconisations.enums import ANSWERS, EXPECTED, KEPT_BY_THE_TEAM, PUBLIC, EtatDePreconisation, Origine

TEXTE = 1000
"""The longest préconisation, and the longest reason."""


class PreconisationQuerySet(models.QuerySet["Preconisation"]):
    """Préconisations as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with what they hang on."""
        return of_contract(self, espace).select_related(
            "espace",
            "organisme",
            "reunion__instance__instance",
            "reunion__espace",
            "fiche__action",
            "decision__reunion__instance__instance",
        )

    def public(self) -> Self:
        """Those that the team published."""
        return self.filter(etat__in=PUBLIC)

    def expected(self) -> Self:
        """Those to which an answer is still due."""
        return self.filter(etat__in=EXPECTED)

    def late(self, on: date) -> Self:
        """Those that should have been answered by that day."""
        return self.expected().filter(echeance__lt=on)


class Preconisation(models.Model):
    """What someone asks of those who run the contract, until it is answered.

    `echeance`: when the answer is due, moved by « à l’étude jusqu’au » and by a reopening; `promise_pour`: the first.
    `alea`: of the links of whoever sent it and of the body that answers. `courriel` is shown to nobody.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="preconisations")
    numero = models.PositiveIntegerField("numéro")
    texte = models.TextField("préconisation", max_length=TEXTE)
    origine = models.CharField("d’où elle vient", max_length=10, choices=Origine)
    lieu = models.CharField("lieu", max_length=200, blank=True)
    reunion = models.ForeignKey(
        Reunion, models.PROTECT, verbose_name="réunion", related_name="preconisations", null=True, blank=True
    )
    recue_le = models.DateField("reçue le")
    etat = models.CharField("état", max_length=10, choices=EtatDePreconisation, default=EtatDePreconisation.A_LIRE)
    organisme = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="qui répond", related_name="+", null=True, blank=True
    )
    echeance = models.DateField("réponse attendue le", null=True, blank=True)
    promise_pour = models.DateField("promise pour le", null=True, blank=True)
    fiche = models.ForeignKey(
        FicheAction, models.PROTECT, verbose_name="action", related_name="preconisations", null=True, blank=True
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, verbose_name="décision", related_name="preconisations", null=True, blank=True
    )
    motif = models.CharField("pourquoi elle n’est pas publiée", max_length=500, blank=True)
    rouverte_le = models.DateField("rouverte le", null=True, blank=True)
    rouverte_pourquoi = models.CharField("pourquoi elle est rouverte", max_length=500, blank=True)
    courriel = models.EmailField("adresse de suivi", blank=True)
    alea = models.CharField("aléa des liens", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    version = models.PositiveIntegerField("version", default=1)

    objects = PreconisationQuerySet.as_manager()

    class Meta:
        verbose_name = "préconisation"
        ordering = ["espace", "numero"]
        indexes = [models.Index(fields=["espace", "etat", "echeance"], name="preconisation_that_waits")]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="preconisation_has_a_number_of_its_own",
                violation_error_message="Ce numéro de préconisation est déjà donné.",
            ),
            models.CheckConstraint(
                name="preconisation_says_something",
                condition=~Q(texte=""),
                violation_error_code="texte",
                violation_error_message="Écrivez la préconisation.",
            ),
            models.CheckConstraint(
                name="preconisation_published_has_who_answers",
                condition=Q(etat__in=[one.value for one in KEPT_BY_THE_TEAM]) | Q(organisme__isnull=False),
                violation_error_code="organisme",
                violation_error_message="Dites quel organisme répond.",
            ),
            models.CheckConstraint(
                name="preconisation_published_has_its_date",
                condition=Q(etat__in=[one.value for one in KEPT_BY_THE_TEAM])
                | Q(echeance__isnull=False, promise_pour__isnull=False),
                violation_error_code="echeance",
                violation_error_message="Dites pour quand la réponse est attendue.",
            ),
            models.CheckConstraint(
                name="preconisation_answer_is_due_after_it_came",
                condition=Q(promise_pour=None) | Q(promise_pour__gte=F("recue_le")),
                violation_error_code="echeance",
                violation_error_message="Une réponse est attendue après la préconisation.",
            ),
            models.CheckConstraint(
                name="preconisation_not_published_says_why",
                condition=~Q(etat=EtatDePreconisation.ECARTEE.value) | ~Q(motif=""),
                violation_error_code="motif",
                violation_error_message="Dites pourquoi elle n’est pas publiée.",
            ),
            models.CheckConstraint(
                name="preconisation_reopened_says_why",
                condition=Q(rouverte_le=None, rouverte_pourquoi="")
                | (Q(rouverte_le__isnull=False) & ~Q(rouverte_pourquoi="")),
                violation_error_code="rouverte_pourquoi",
                violation_error_message="Dites pourquoi la réponse est à reprendre.",
            ),
            models.CheckConstraint(
                name="preconisation_of_a_meeting_says_which",
                condition=~Q(origine=Origine.REUNION.value) | Q(reunion__isnull=False),
                violation_error_code="reunion",
                violation_error_message="Dites de quelle réunion.",
            ),
        ]

    def __str__(self) -> str:
        return f"préconisation {self.code}"

    @property
    def code(self) -> str:
        """Its code on pages and in the trace."""
        return f"PR{self.numero}"

    @property
    def niveau(self) -> int:
        """Who reads it: anyone once it is published, the team before and otherwise."""
        return Niveau.PUBLIC if self.etat in PUBLIC else Niveau.EQUIPE

    @property
    def is_withdrawn(self) -> bool:
        """Whether the team set it aside, published before or not."""
        return self.etat == EtatDePreconisation.ECARTEE

    @property
    def is_expected(self) -> bool:
        """Whether an answer is still due."""
        return self.etat in EXPECTED

    def is_late(self, on: date) -> bool:
        """Whether it should have been answered by that day, as `PreconisationQuerySet.late`."""
        return self.is_expected and self.echeance is not None and self.echeance < on


class ReponseAPreconisation(models.Model):
    """One answer of a body, with its reason; a later one leaves it. `par_lien`: given without an account."""

    preconisation = models.ForeignKey(
        Preconisation, models.CASCADE, verbose_name="préconisation", related_name="reponses"
    )
    organisme = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="+")
    reponse = models.CharField("réponse", max_length=10, choices=[(one.value, one.label) for one in ANSWERS])
    raison = models.TextField("raison", max_length=TEXTE)
    jusqu_au = models.DateField("à l’étude jusqu’au", null=True, blank=True)
    le = models.DateField("donnée le")
    attendue_le = models.DateField("attendue le")
    par_lien = models.BooleanField("par le lien", default=False)

    class Meta:
        verbose_name = "réponse à préconisation"
        ordering = ["preconisation", "le", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reponse_a_preconisation_says_why",
                condition=~Q(raison=""),
                violation_error_code="raison",
                violation_error_message="Donnez la raison de cette réponse.",
            ),
            models.CheckConstraint(
                name="reponse_a_preconisation_under_study_says_until_when",
                condition=Q(reponse=EtatDePreconisation.A_L_ETUDE.value, jusqu_au__isnull=False)
                | (~Q(reponse=EtatDePreconisation.A_L_ETUDE.value) & Q(jusqu_au=None)),
                violation_error_code="jusqu_au",
                violation_error_message="« À l’étude » dit jusqu’à quand, et cette réponse seule le dit.",
            ),
            models.CheckConstraint(
                name="reponse_a_preconisation_is_studied_after_that_day",
                condition=Q(jusqu_au=None) | Q(jusqu_au__gt=F("le")),
                violation_error_code="jusqu_au",
                violation_error_message="Choisissez un jour à venir.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reponse_display())

    @property
    def niveau(self) -> int:
        """Who reads it: those who read the préconisation."""
        return self.preconisation.niveau

    @property
    def is_late(self) -> bool:
        """Whether it was given after the day it was due."""
        return self.le > self.attendue_le


class InscriptionDePreconisation(models.Model):
    """A préconisation on the agenda of a meeting."""

    preconisation = models.ForeignKey(
        Preconisation, models.CASCADE, verbose_name="préconisation", related_name="inscriptions"
    )
    point = models.OneToOneField(
        PointDOrdreDuJour, models.CASCADE, verbose_name="point", related_name="preconisation_inscrite"
    )

    class Meta:
        verbose_name = "inscription de préconisation"
        ordering = ["preconisation", "pk"]

    def __str__(self) -> str:
        return str(self.point)
