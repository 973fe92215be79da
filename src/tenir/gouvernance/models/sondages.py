"""Choosing the day of a meeting: the days proposed, and when each body can come."""

import secrets
from typing import Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation, Personne
from tenir.core import horloge
from tenir.core.alphabet import alphabetical
from tenir.core.typographie import date_fr
from tenir.gouvernance.enums import Possible
from tenir.gouvernance.models.instances import InstanceSuivie
from tenir.gouvernance.models.reunions import Reunion
from tenir.habilitations.models import EspaceDeContrat, of_contract


class SondageQuerySet(models.QuerySet["Sondage"]):
    """Polls as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with their body."""
        return of_contract(self, espace).select_related("espace", "instance__instance", "instance__espace", "reunion")

    def open(self) -> Self:
        """Those that still wait for a day."""
        return self.filter(clos_le=None)


class Sondage(models.Model):
    """The days proposed for a meeting of a body, until one is chosen (`reunion`) or the poll is given up (`motif`).

    `reponse_avant` is what the message says; a late answer counts as long as the poll is open.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="sondages")
    instance = models.ForeignKey(InstanceSuivie, models.PROTECT, verbose_name="instance", related_name="sondages")
    objet = models.CharField("objet", max_length=200, blank=True)
    reponse_avant = models.DateField("réponse avant le")
    clos_le = models.DateTimeField("clos le", null=True, blank=True)
    motif = models.CharField("pourquoi aucune date", max_length=500, blank=True)
    reunion = models.ForeignKey(
        Reunion, models.SET_NULL, verbose_name="réunion", related_name="sondages", null=True, blank=True
    )
    cree_par = models.ForeignKey(Personne, models.PROTECT, verbose_name="préparé par", related_name="+")
    cree_le = models.DateTimeField("préparé le", default=horloge.now, editable=False)

    objects = SondageQuerySet.as_manager()

    class Meta:
        verbose_name = "sondage"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="sondage_open_has_no_end",
                condition=Q(clos_le__isnull=False) | Q(motif="", reunion=None),
                violation_error_message="Un sondage ouvert n’a encore ni réunion ni raison.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instance.nom} : {self.objet}" if self.objet else self.instance.nom

    @property
    def code(self) -> str:
        """Its code in the trace."""
        return str(self.pk)


class DateProposee(models.Model):
    """A day that a poll proposes, with its hours maybe."""

    sondage = models.ForeignKey(Sondage, models.CASCADE, verbose_name="sondage", related_name="dates")
    jour = models.DateField("jour")
    debut = models.TimeField("de", null=True, blank=True)
    fin = models.TimeField("à", null=True, blank=True)

    class Meta:
        verbose_name = "date proposée"
        ordering = ["sondage", "jour", "debut", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sondage", "jour", "debut"],
                name="date_proposee_is_proposed_once",
                violation_error_message="Cette date est déjà proposée.",
            ),
            models.UniqueConstraint(
                fields=["sondage", "jour"],
                condition=Q(debut=None),
                name="date_proposee_without_hour_is_proposed_once",
                violation_error_message="Cette date est déjà proposée.",
            ),
            models.CheckConstraint(
                name="date_proposee_ends_after_it_begins",
                condition=Q(fin=None) | Q(debut__isnull=False, fin__gt=F("debut")),
                violation_error_code="fin",
                violation_error_message="Une réunion finit après avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        hours = " à ".join(f"{one.hour} h {one.minute:02}" for one in (self.debut, self.fin) if one)
        return f"{date_fr(self.jour)}{f', {hours}' if hours else ''}"


class OrganismeSonde(models.Model):
    """A body asked when it can come, and its one link. It names nobody."""

    sondage = models.ForeignKey(Sondage, models.CASCADE, verbose_name="sondage", related_name="sondes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="+")
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True)
    relance_le = models.DateField("relancé le", null=True, blank=True)

    class Meta:
        verbose_name = "organisme sondé"
        ordering = ["sondage", alphabetical("organisation__nom"), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sondage", "organisation"],
                name="sonde_is_one_a_body",
                violation_error_message="Cet organisme est déjà sondé.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Disponibilite(models.Model):
    """Whether a body can come on a day proposed."""

    sonde = models.ForeignKey(
        OrganismeSonde, models.CASCADE, verbose_name="organisme sondé", related_name="disponibilites"
    )
    date = models.ForeignKey(DateProposee, models.CASCADE, verbose_name="date", related_name="disponibilites")
    possible = models.CharField("peut venir", max_length=10, choices=Possible)

    class Meta:
        verbose_name = "disponibilité"
        ordering = ["sonde", "date"]
        constraints = [
            models.UniqueConstraint(
                fields=["sonde", "date"],
                name="disponibilite_is_said_once",
                violation_error_message="C’est déjà dit pour cette date.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_possible_display())
