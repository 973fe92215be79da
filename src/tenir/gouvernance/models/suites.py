"""What follows from a meeting: decisions, and the proposals that lead to some."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation
from tenir.atelier.models import Brouillon
from tenir.contrat.models import Axe
from tenir.core import horloge
from tenir.core.typographie import date_fr
from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.models import FicheAction
from tenir.gouvernance.enums import EtatDeDecision, EtatDeProposition
from tenir.gouvernance.models.reunions import PointDOrdreDuJour, Reunion
from tenir.habilitations.models import EspaceDeContrat, of_contract


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with what they hang on."""
        return of_contract(self, espace).select_related(
            "espace",
            "reunion__instance__instance",
            "organisme",
            "fiche__action",
            "engagement__engagement",
            "avenant",
        )

    def waiting(self) -> Self:
        """Those to be carried out."""
        return self.filter(etat=EtatDeDecision.A_EXECUTER)

    def late(self, on: date) -> Self:
        """Those that should have been by that day."""
        return self.waiting().filter(pour_le__lt=on)


def _told_amendment(value: Brouillon | None) -> str:
    """An avenant as any reader of the contract is told of it: its title is for those who prepare it."""
    return f"avenant ouvert le {date_fr(horloge.day_of(value.ouvert_le))}" if value else ""


class Decision(models.Model):
    """What a meeting decided: in one sentence, who carries it out, by when, and where it stands.

    `fiche`, `engagement`, `avenant`: what it is about. The money it settles says so itself (`financement`).
    """

    IN_WORDS: ClassVar = {"avenant": _told_amendment}

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="decisions")
    reunion = models.ForeignKey(Reunion, models.PROTECT, verbose_name="réunion", related_name="decisions")
    point = models.ForeignKey(
        PointDOrdreDuJour, models.SET_NULL, verbose_name="point", related_name="decisions", null=True, blank=True
    )
    numero = models.PositiveIntegerField("numéro")
    texte = models.TextField("décision", max_length=1000)
    organisme = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="qui l’exécute", related_name="+", null=True, blank=True
    )
    pour_le = models.DateField("pour le", null=True, blank=True)
    etat = models.CharField("état", max_length=12, choices=EtatDeDecision, default=EtatDeDecision.A_EXECUTER)
    etat_le = models.DateField("depuis le", null=True, blank=True)
    suite = models.TextField("ce qui a été fait", max_length=1000, blank=True)
    fiche = models.ForeignKey(
        FicheAction, models.PROTECT, verbose_name="action", related_name="decisions", null=True, blank=True
    )
    engagement = models.ForeignKey(
        SuiviDEngagement, models.PROTECT, verbose_name="engagement", related_name="decisions", null=True, blank=True
    )
    avenant = models.ForeignKey(
        Brouillon, models.PROTECT, verbose_name="avenant", related_name="decisions", null=True, blank=True
    )
    version = models.PositiveIntegerField("version", default=1)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "décision"
        ordering = ["espace", "numero"]
        indexes = [models.Index(fields=["espace", "etat", "pour_le"], name="decision_that_waits")]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="decision_has_a_number_of_its_own",
                violation_error_message="Ce numéro de décision est déjà donné.",
            ),
            models.CheckConstraint(
                name="decision_says_something",
                condition=~Q(texte=""),
                violation_error_code="texte",
                violation_error_message="Écrivez la décision.",
            ),
            models.CheckConstraint(
                name="decision_given_up_says_why",
                condition=~Q(etat=EtatDeDecision.ABANDONNEE) | ~Q(suite=""),
                violation_error_code="suite",
                violation_error_message="Dites pourquoi la décision est abandonnée.",
            ),
            models.CheckConstraint(
                name="decision_state_has_its_day",
                condition=Q(etat=EtatDeDecision.A_EXECUTER, etat_le=None)
                | (~Q(etat=EtatDeDecision.A_EXECUTER) & Q(etat_le__isnull=False)),
                violation_error_message="Une décision est exécutée, ou abandonnée, un jour dit.",
            ),
        ]

    def __str__(self) -> str:
        return f"décision {self.code}"

    @property
    def code(self) -> str:
        """Its code on pages and in the trace."""
        return f"D{self.numero}"

    @property
    def niveau(self) -> int:
        """Who reads it: those who read its meeting."""
        return self.reunion.niveau

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken off after it was published: never by itself."""
        return False

    def is_late(self, on: date) -> bool:
        """Whether it should have been carried out by that day, as `DecisionQuerySet.late`."""
        return self.etat == EtatDeDecision.A_EXECUTER and self.pour_le is not None and self.pour_le < on


class PropositionQuerySet(models.QuerySet["Proposition"]):
    """Proposals as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with what they hang on."""
        return of_contract(self, espace).select_related(
            "espace", "reunion__instance__instance", "organisme", "axe", "decision__reunion__instance__instance"
        )

    def waiting(self) -> Self:
        """Those that led to nothing yet."""
        return self.filter(decision=None, motif="")


class Proposition(models.Model):
    """What a meeting proposes to another body; in the end it leads to a decision, or is set aside with a reason."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="propositions")
    reunion = models.ForeignKey(Reunion, models.PROTECT, verbose_name="réunion", related_name="propositions")
    numero = models.PositiveIntegerField("numéro")
    texte = models.TextField("proposition", max_length=1000)
    organisme = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="proposée par", related_name="+", null=True, blank=True
    )
    axe = models.ForeignKey(Axe, models.PROTECT, verbose_name="axe", related_name="propositions", null=True, blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, verbose_name="décision", related_name="propositions", null=True, blank=True
    )
    motif = models.CharField("pourquoi elle est écartée", max_length=500, blank=True)

    objects = PropositionQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition"
        ordering = ["espace", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="proposition_has_a_number_of_its_own",
                violation_error_message="Ce numéro de proposition est déjà donné.",
            ),
            models.CheckConstraint(
                name="proposition_says_something",
                condition=~Q(texte=""),
                violation_error_code="texte",
                violation_error_message="Écrivez la proposition.",
            ),
            models.CheckConstraint(
                name="proposition_is_followed_or_set_aside",
                condition=Q(decision=None) | Q(motif=""),
                violation_error_message="Une proposition suivie d’une décision n’est pas écartée.",
            ),
        ]

    def __str__(self) -> str:
        return f"proposition {self.code}"

    @property
    def code(self) -> str:
        """Its code on pages and in the trace."""
        return f"P{self.numero}"

    @property
    def niveau(self) -> int:
        """Who reads it: those who read its meeting."""
        return self.reunion.niveau

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken off after it was published: never by itself."""
        return False

    @property
    def etat(self) -> EtatDeProposition:
        """Where it stands."""
        if self.decision_id:
            return EtatDeProposition.SUIVIE
        return EtatDeProposition.ECARTEE if self.motif else EtatDeProposition.EN_ATTENTE
