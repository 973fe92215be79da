"""What is asked of the council, with the rule that applies; what it answers, in time, late, or by its silence."""

import secrets
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from tenir.conseil.enums import EtatDAvis, Sens, Silence, UniteDeDelai
from tenir.conseil.models.espace import PieceDuConseil
from tenir.core import horloge
from tenir.gouvernance.enums import NatureDeSource
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.habilitations.niveaux import Niveau

LISIBLE = [(Niveau.PARTENAIRES.value, "ceux du contrat"), (Niveau.PUBLIC.value, "tout le monde")]


class DemandeDAvisQuerySet(models.QuerySet["DemandeDAvis"]):
    """Requests as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with the document."""
        return of_contract(self, espace).select_related("espace", "piece")

    def public(self) -> Self:
        """Those that anyone reads."""
        return self.filter(niveau=Niveau.PUBLIC)

    def waiting(self) -> Self:
        """Those that nobody answered, and whose silence is not recorded."""
        return self.filter(rendu_le=None, silence_le=None)


class DemandeDAvis(models.Model):
    """An opinion asked of the council, and what it says.

    The rule is written with the request, as it stood that day: how long, what silence is worth, what says so.
    `echeance`: the last day, included. `silence_le`: the day from which silence is worth what the rule says; an opinion
    given after that is kept, and late.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="demandes_d_avis")
    numero = models.PositiveIntegerField("numéro")
    objet = models.CharField("avis demandé sur", max_length=200)
    piece = models.ForeignKey(
        PieceDuConseil, models.PROTECT, verbose_name="document", related_name="avis", null=True, blank=True
    )
    recue_le = models.DateField("reçue par le conseil le")
    delai = models.PositiveSmallIntegerField("délai")
    unite = models.CharField("en", max_length=5, choices=UniteDeDelai)
    silence = models.CharField("le silence", max_length=11, choices=Silence)
    nature = models.CharField("ce sur quoi la règle s’appuie", max_length=10, choices=NatureDeSource)
    source = models.CharField("source de la règle", max_length=300)
    echeance = models.DateField("dernier jour")
    niveau = models.PositiveSmallIntegerField("lisible par", choices=LISIBLE, default=Niveau.PARTENAIRES)
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    sens = models.CharField("avis", max_length=11, choices=Sens, blank=True)
    texte = models.TextField("ce que dit l’avis", max_length=10_000, blank=True)
    rendu_le = models.DateField("rendu le", null=True, blank=True)
    silence_le = models.DateField("silence constaté le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = DemandeDAvisQuerySet.as_manager()

    class Meta:
        verbose_name = "demande d’avis"
        verbose_name_plural = "demandes d’avis"
        ordering = ["espace", "-numero"]
        indexes = [models.Index(fields=["echeance"], name="avis_that_waits", condition=Q(rendu_le=None))]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="demande_d_avis_has_a_number_of_its_own",
                violation_error_message="Ce numéro d’avis est déjà donné.",
            ),
            models.CheckConstraint(
                name="demande_d_avis_says_its_rule",
                condition=Q(delai__gte=1) & ~Q(source="") & ~Q(objet=""),
                violation_error_code="source",
                violation_error_message="Dites d’où vient la règle : elle ne se suppose pas.",
            ),
            models.CheckConstraint(
                name="demande_d_avis_ends_after_it_begins",
                condition=Q(echeance__gt=F("recue_le")),
                violation_error_code="delai",
                violation_error_message="Le délai court après le jour où le conseil reçoit le document.",
            ),
            models.CheckConstraint(
                name="demande_d_avis_is_for_the_contract_or_for_anyone",
                condition=Q(niveau__in=[Niveau.PARTENAIRES.value, Niveau.PUBLIC.value]),
                violation_error_code="niveau",
                violation_error_message="Un avis est lu par ceux du contrat, ou par tous.",
            ),
            models.CheckConstraint(
                name="avis_rendu_has_its_day",
                condition=Q(sens="", texte="", rendu_le=None) | (~Q(sens="") & Q(rendu_le__isnull=False)),
                violation_error_code="sens",
                violation_error_message="Dites quel est l’avis.",
            ),
            models.CheckConstraint(
                name="avis_silence_is_recorded_after_the_last_day",
                condition=Q(silence_le=None)
                | (Q(silence_le__gt=F("echeance")) & (Q(rendu_le=None) | Q(rendu_le__gt=F("echeance")))),
                violation_error_message="Le silence se constate après le dernier jour.",
            ),
        ]

    def __str__(self) -> str:
        return f"avis {self.code}"

    @property
    def code(self) -> str:
        """Its code on pages and in the trace."""
        return f"A{self.numero}"

    def state_on(self, day: date) -> EtatDAvis:
        """Where it stands on a day."""
        if self.rendu_le:
            return EtatDAvis.TARDIF if self.rendu_le > self.echeance else EtatDAvis.RENDU
        return EtatDAvis.SILENCE if day > self.echeance else EtatDAvis.ATTENDU

    @property
    def etat(self) -> EtatDAvis:
        """Where it stands today."""
        return self.state_on(horloge.today(self.espace))
