"""Roles of persons: in a body for a contract (`Referent`), and on the platform or in a contract (`Habilitation`)."""

from datetime import date
from typing import TypeVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from tenir.acteurs.models import Organisation, Personne
from tenir.core import horloge
from tenir.habilitations.models.espace import EspaceDeContrat
from tenir.habilitations.roles import CHOICES

M = TypeVar("M", bound=models.Model)


class PeriodQuerySet(models.QuerySet[M]):
    """Rows that hold from `du` (included) until `au` (excluded), or without end."""

    def current_somewhere(self) -> "PeriodQuerySet[M]":
        """Those that hold today in one zone of the world at least: each contract then says for itself (`holds`)."""
        first, last = horloge.days_on_earth()
        return self.filter(Q(au__isnull=True) | Q(au__gt=first), du__lte=last)

    def current(self, on: date) -> "PeriodQuerySet[M]":
        """Those that hold on that day."""
        return self.filter(Q(au__isnull=True) | Q(au__gt=on), du__lte=on)


def runs_forward(name: str) -> models.CheckConstraint:
    """The period may be empty (begun and ended the same day), never backwards."""
    return models.CheckConstraint(
        name=name,
        condition=Q(au__isnull=True) | Q(au__gte=F("du")),
        violation_error_message="La période se termine avant de commencer.",
    )


def role_constraints(model: str) -> list[models.CheckConstraint]:
    """A known role, on the platform or in a contract as it should, for a body when it asks for one."""
    return [
        models.CheckConstraint(
            name=f"{model}_role_is_known",
            condition=Q(role__in=["administration", "equipe", "copilote", "partenaire", "lecture"]),
            violation_error_message="Ce rôle n’existe pas.",
            violation_error_code="role",
        ),
        models.CheckConstraint(
            name=f"{model}_is_where_its_role_is",
            condition=Q(role="administration", espace__isnull=True)
            | (~Q(role="administration") & Q(espace__isnull=False)),
            violation_error_message="L’administration vaut pour toute la plateforme, un autre rôle pour un contrat.",
            violation_error_code="role",
        ),
        models.CheckConstraint(
            name=f"{model}_of_a_partner_has_a_body",
            condition=~Q(role__in=["copilote", "partenaire"]) | Q(organisation__isnull=False),
            violation_error_message="Un partenaire ou un copilote agit pour un organisme : choisissez-le.",
            violation_error_code="organisation",
        ),
    ]


class Referent(models.Model):
    """Whom to call in a body, for a contract: a person, her function, from a day to another (excluded)."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="referents")
    personne = models.ForeignKey(Personne, models.PROTECT, verbose_name="personne", related_name="referents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="referents")
    fonction = models.CharField("fonction", max_length=150, blank=True)
    du = models.DateField("depuis le")
    au = models.DateField("prend fin le", null=True, blank=True)

    objects = PeriodQuerySet["Referent"].as_manager()

    class Meta:
        verbose_name = "référent"
        ordering = ["organisation", "personne", "pk"]
        constraints = [
            runs_forward("referent_runs_forward"),
            models.UniqueConstraint(
                fields=["espace", "personne", "organisation", "fonction"],
                condition=Q(au__isnull=True),
                name="referent_holds_a_function_once",
                violation_error_message="Cette personne est déjà référente de cet organisme pour cette fonction.",
                violation_error_code="fonction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.personne}, {self.organisation}"


class OrganismeRetenu(models.Model):
    """A body that the team of a contract works with, beside those that the contract names."""

    espace = models.ForeignKey(
        EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="organismes_retenus"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="retenues")

    class Meta:
        verbose_name = "organisme retenu"
        ordering = ["espace", "organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "organisation"],
                name="organisme_retenu_once_in_a_contract",
                violation_error_message="Ce contrat retient déjà cet organisme.",
                violation_error_code="organisation",
            )
        ]

    def __str__(self) -> str:
        return self.organisation.nom


class Habilitation(models.Model):
    """The role of a person, on the platform (no contract) or in a contract, until the day it ends (excluded).

    `organisation` is the body she acts for: required of a partner and of a copilot, who change
    nothing but what is theirs.
    `donnee_par` is empty when the command line gave it.
    """

    espace = models.ForeignKey(
        EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="habilitations", null=True, blank=True
    )
    personne = models.ForeignKey(Personne, models.PROTECT, verbose_name="personne", related_name="habilitations")
    role = models.CharField("rôle", max_length=20, choices=CHOICES)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisme", related_name="habilitations", null=True, blank=True
    )
    du = models.DateField("depuis le")
    au = models.DateField("prend fin le", null=True, blank=True)
    donnee_par = models.ForeignKey(
        Personne, models.PROTECT, verbose_name="donnée par", related_name="+", null=True, blank=True
    )

    objects = PeriodQuerySet["Habilitation"].as_manager()

    class Meta:
        verbose_name = "habilitation"
        ordering = ["pk"]
        constraints = [
            *role_constraints("habilitation"),
            runs_forward("habilitation_runs_forward"),
            models.UniqueConstraint(
                "personne",
                "role",
                Coalesce("espace", Value(0)),
                Coalesce("organisation", Value(0)),
                condition=Q(au__isnull=True),
                name="habilitation_is_held_once",
                violation_error_message="Cette personne a déjà ce rôle.",
                violation_error_code="role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.personne}, {self.get_role_display()}"

    def holds(self) -> bool:
        """Whether it holds now, by the clocks of its contract."""
        today = horloge.real_today(self.espace)
        return self.du <= today and (self.au is None or self.au > today)
