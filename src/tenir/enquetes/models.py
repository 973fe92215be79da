"""A survey, its questions, and how many chose each answer. No row is a person: answers cannot be put together again."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation
from tenir.core.typographie import date_fr
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.habilitations.niveaux import Niveau

CODE = RegexValidator(r"^[a-z][a-z0-9-]{0,29}$", "Un code : des minuscules, des chiffres, des traits d’union.")


class EnqueteQuerySet(models.QuerySet["Enquete"]):
    """Surveys as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, the latest first."""
        return of_contract(self, espace).select_related("espace", "conduite_par").order_by("-numero")

    def answered_on(self, on: date) -> Self:
        """Those that anyone answers that day."""
        return self.filter(ouvre_le__lte=on, ferme_le__gte=on)


class Enquete(models.Model):
    """A survey of residents, one edition: who leads it, from which day to which anyone answers, since when it is read.

    `reponses`: how many questionnaires came. `publiee_le`: its results are public since that day.
    """

    IN_WORDS: ClassVar[dict[str, object]] = {
        name: (lambda day: date_fr(day) if day else "") for name in ("ouvre_le", "ferme_le", "publiee_le")
    }

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="enquetes")
    numero = models.PositiveIntegerField("numéro", editable=False)
    titre = models.CharField("titre", max_length=120)
    annonce = models.CharField("à quoi elle sert", max_length=400)
    conduite_par = models.ForeignKey(Organisation, models.PROTECT, verbose_name="conduite par", related_name="+")
    ouvre_le = models.DateField("ouvre le", null=True, blank=True)
    ferme_le = models.DateField("ferme le", null=True, blank=True)
    publiee_le = models.DateField("publiée le", null=True, blank=True, editable=False)
    reponses = models.PositiveIntegerField("questionnaires reçus", default=0, editable=False)
    version = models.PositiveIntegerField("version", default=1)

    objects = EnqueteQuerySet.as_manager()

    class Meta:
        verbose_name = "enquête"
        ordering = ["espace", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="enquete_is_numbered_once",
                violation_error_message="Ce numéro d’enquête sert déjà.",
            ),
            models.CheckConstraint(
                name="enquete_has_a_title",
                condition=~Q(titre=""),
                violation_error_code="titre",
                violation_error_message="Donnez un titre.",
            ),
            models.CheckConstraint(
                name="enquete_says_what_for",
                condition=~Q(annonce=""),
                violation_error_code="annonce",
                violation_error_message="Dites à quoi elle sert : qui répond doit le savoir.",
            ),
            models.CheckConstraint(
                name="enquete_opens_and_closes",
                condition=Q(ouvre_le=None, ferme_le=None)
                | Q(ouvre_le__isnull=False, ferme_le__isnull=False, ferme_le__gte=F("ouvre_le")),
                violation_error_code="ferme_le",
                violation_error_message="Donnez deux jours : elle ferme le jour où elle ouvre, ou après.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    @property
    def code(self) -> str:
        """How the trace and pages name it."""
        return f"EQ{self.numero}"

    @property
    def niveau(self) -> int:
        """Who reads what it asks: anyone once it opens, those of the contract before."""
        return Niveau.PUBLIC if self.ouvre_le else Niveau.PARTENAIRES

    def is_open(self, on: date) -> bool:
        """Whether anyone answers that day."""
        return bool(self.ouvre_le and self.ferme_le and self.ouvre_le <= on <= self.ferme_le)

    def is_over(self, on: date) -> bool:
        """Whether nobody answers any more."""
        return self.ferme_le is not None and self.ferme_le < on


class QuestionDEnquete(models.Model):
    """A question of an edition. Its code is what years are compared by; its answers, one a line, « code : words »."""

    enquete = models.ForeignKey(Enquete, models.CASCADE, verbose_name="enquête", related_name="questions")
    code = models.CharField("code", max_length=30, validators=[CODE])
    rang = models.PositiveSmallIntegerField("rang", editable=False)
    libelle = models.CharField("question", max_length=200)
    plusieurs = models.BooleanField("plusieurs réponses possibles", default=False)
    choix = models.TextField("réponses possibles", max_length=1500)
    reference = models.CharField("chiffre à comparer", max_length=300, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "question d’enquête"
        ordering = ["enquete", "rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquete", "code"],
                name="question_d_enquete_has_a_code_of_its_own",
                violation_error_code="code",
                violation_error_message="Une autre question de cette enquête a ce code.",
            ),
            models.CheckConstraint(
                name="question_d_enquete_asks",
                condition=~Q(libelle=""),
                violation_error_code="libelle",
                violation_error_message="Écrivez la question.",
            ),
            models.CheckConstraint(
                name="question_d_enquete_may_be_answered",
                condition=~Q(choix=""),
                violation_error_code="choix",
                violation_error_message="Écrivez deux réponses au moins, une par ligne : « oui : oui ».",
            ),
        ]

    def __str__(self) -> str:
        return self.libelle

    @property
    def niveau(self) -> int:
        """Who reads it: whoever reads what its survey asks."""
        return self.enquete.niveau

    @property
    def possibles(self) -> Mapping[str, str]:
        """What may be answered, by code."""
        return answers_in(self.choix)


def answers_in(lines: str) -> dict[str, str]:
    """The answers of such lines; a line without a code is left out."""
    parts = (line.partition(":") for line in lines.splitlines() if ":" in line)
    return {code.strip(): text.strip() for code, _, text in parts if code.strip() and text.strip()}


class DecompteDeReponse(models.Model):
    """How many chose one answer."""

    question = models.ForeignKey(QuestionDEnquete, models.CASCADE, verbose_name="question", related_name="decomptes")
    reponse = models.CharField("réponse", max_length=30, validators=[CODE])
    nombre = models.PositiveIntegerField("nombre", default=0)

    class Meta:
        verbose_name = "décompte de réponse"
        ordering = ["question", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "reponse"],
                name="decompte_de_reponse_is_one_number",
                violation_error_message="Cette réponse est déjà comptée.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reponse} : {self.nombre}"
