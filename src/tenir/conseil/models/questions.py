"""What the council asks, to whom, by when, and what it is answered; who of its members came to a meeting."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation, Personne
from tenir.conseil.enums import PresenceDuMembre
from tenir.conseil.models.mandats import Mandat
from tenir.gouvernance.models import Reunion
from tenir.habilitations.models import EspaceDeContrat, of_contract


class QuestionDuConseilQuerySet(models.QuerySet["QuestionDuConseil"]):
    """Questions as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with who answers."""
        return of_contract(self, espace).select_related("espace", "organisme")

    def waiting(self) -> Self:
        """Those that nobody answered."""
        return self.filter(repondu_le=None)


class QuestionDuConseil(models.Model):
    """A question of the council: which body answers, by which day, what it says. It names nobody."""

    espace = models.ForeignKey(
        EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="questions_du_conseil"
    )
    numero = models.PositiveIntegerField("numéro")
    texte = models.TextField("question", max_length=1000)
    posee_le = models.DateField("posée le")
    posee_par = models.ForeignKey(Personne, models.PROTECT, verbose_name="écrite par", related_name="+", null=True)
    organisme = models.ForeignKey(Organisation, models.PROTECT, verbose_name="qui répond", related_name="+")
    echeance = models.DateField("réponse attendue le")
    reponse = models.TextField("réponse", max_length=4000, blank=True)
    repondu_le = models.DateField("répondu le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = QuestionDuConseilQuerySet.as_manager()

    class Meta:
        verbose_name = "question du conseil"
        verbose_name_plural = "questions du conseil"
        ordering = ["espace", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="question_du_conseil_has_a_number_of_its_own",
                violation_error_message="Ce numéro de question est déjà donné.",
            ),
            models.CheckConstraint(
                name="question_du_conseil_asks_something",
                condition=~Q(texte=""),
                violation_error_code="texte",
                violation_error_message="Écrivez la question.",
            ),
            models.CheckConstraint(
                name="question_du_conseil_is_due_after_it_is_asked",
                condition=Q(echeance__gt=F("posee_le")),
                violation_error_code="echeance",
                violation_error_message="La réponse est attendue après la question.",
            ),
            models.CheckConstraint(
                name="question_du_conseil_answered_has_its_day",
                condition=Q(reponse="", repondu_le=None) | (~Q(reponse="") & Q(repondu_le__isnull=False)),
                violation_error_code="reponse",
                violation_error_message="Écrivez la réponse.",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.code}"

    @property
    def code(self) -> str:
        """Its code on pages and in the trace."""
        return f"Q{self.numero}"

    def is_late(self, on: date) -> bool:
        """Whether it should have been answered by that day."""
        return self.repondu_le is None and self.echeance < on


class PresenceDeMembre(models.Model):
    """Whether a member of the council came to a meeting: by number; its name is read by the team and the council."""

    reunion = models.ForeignKey(Reunion, models.CASCADE, verbose_name="réunion", related_name="presences_de_membres")
    mandat = models.ForeignKey(Mandat, models.CASCADE, verbose_name="mandat", related_name="presences")
    presence = models.CharField("présence", max_length=8, choices=PresenceDuMembre)

    class Meta:
        verbose_name = "présence de membre"
        verbose_name_plural = "présences de membres"
        ordering = ["reunion", "mandat"]
        constraints = [
            models.UniqueConstraint(
                fields=["reunion", "mandat"],
                name="presence_de_membre_is_said_once",
                violation_error_message="La présence de ce membre est déjà notée.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_presence_display())
