"""What is asked of funders: each answers by its one link, line by line; the team reads before anything is written."""

import secrets
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.noms import a
from tenir.financement.enums import WITHOUT_AMOUNT, EtatDeFinancement, EtatDeReponse
from tenir.financement.models.lignes import FIRST_YEAR, LAST_YEAR, LigneDeFinancement, amount
from tenir.financement.montants import NEGATIF
from tenir.habilitations.models import EspaceDeContrat, of_contract


class DemandeAuFinanceurQuerySet(models.QuerySet["DemandeAuFinanceur"]):
    """What was asked of funders, as pages ask for it."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, the latest first."""
        return of_contract(self, espace).select_related("espace", "financeur").order_by("-annee", "-pk")

    def open(self, on: date) -> Self:
        """Those that may still be answered that day."""
        return self.filter(close_le__gte=on, arretee_le=None)


class DemandeAuFinanceur(models.Model):
    """A funder asked about a year: its one link, until when it answers. It names nobody."""

    espace = models.ForeignKey(
        EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="demandes_aux_financeurs"
    )
    financeur = models.ForeignKey(Organisation, models.PROTECT, verbose_name="financeur", related_name="+")
    annee = models.PositiveSmallIntegerField("année")
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    demandee_le = models.DateField("demandée le")
    close_le = models.DateField("à répondre avant le")
    arretee_le = models.DateField("arrêtée le", null=True, blank=True)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True)
    rien = models.BooleanField("rien à dire", default=False)

    objects = DemandeAuFinanceurQuerySet.as_manager()

    class Meta:
        verbose_name = "demande au financeur"
        verbose_name_plural = "demandes aux financeurs"
        ordering = ["espace", "-annee", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "financeur", "annee"],
                condition=Q(arretee_le=None),
                name="demande_au_financeur_is_one_a_year",
                violation_error_code="financeurs",
                violation_error_message="Ce financeur est déjà interrogé sur cette année.",
            ),
            models.CheckConstraint(
                name="demande_au_financeur_runs_forward",
                condition=Q(close_le__gte=models.F("demandee_le")),
                violation_error_code="close_le",
                violation_error_message="Laissez au moins un jour pour répondre.",
            ),
            models.CheckConstraint(
                name="demande_au_financeur_year_is_one",
                condition=Q(annee__range=(FIRST_YEAR, LAST_YEAR)),
                violation_error_code="annee",
                violation_error_message="Écrivez une année : « 2026 ».",
            ),
        ]

    def __str__(self) -> str:
        return f"demande {a(self.financeur)} pour {self.annee}"

    @property
    def code(self) -> str:
        """Its code in the trace."""
        return str(self.pk)


class ReponseDeFinanceur(models.Model):
    """What a funder answers of one line, until the team writes it in the ledger or sets it aside, saying why.

    The last answer counts: one that waits is written over by the next.
    """

    demande = models.ForeignKey(DemandeAuFinanceur, models.CASCADE, verbose_name="demande", related_name="reponses")
    ligne = models.ForeignKey(LigneDeFinancement, models.CASCADE, verbose_name="ligne", related_name="reponses")
    etat_dit = models.CharField("état dit", max_length=12, choices=EtatDeFinancement)
    montant = amount("montant", null=True, blank=True)
    motif = models.CharField("raison", max_length=500, blank=True)
    preuve = models.CharField("preuve", max_length=500, blank=True)
    le = models.DateField("en date du")
    dite_le = models.DateTimeField("dite le", default=horloge.now)
    etat = models.CharField("suite", max_length=10, choices=EtatDeReponse, default=EtatDeReponse.A_LIRE)
    suite = models.CharField("pourquoi elle est écartée", max_length=500, blank=True)

    class Meta:
        verbose_name = "réponse de financeur"
        verbose_name_plural = "réponses de financeurs"
        ordering = ["demande", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demande", "ligne"],
                condition=Q(etat=EtatDeReponse.A_LIRE),
                name="reponse_de_financeur_waits_once",
                violation_error_message="Une réponse attend déjà d’être lue pour cette ligne.",
            ),
            models.CheckConstraint(
                name="reponse_de_financeur_amount_is_not_negative",
                condition=Q(montant=None) | Q(montant__gte=0),
                violation_error_code="montant",
                violation_error_message=NEGATIF,
            ),
            models.CheckConstraint(
                name="reponse_de_financeur_says_its_amount",
                condition=Q(etat_dit__in=WITHOUT_AMOUNT, montant=None)
                | Q(etat_dit=EtatDeFinancement.ANNONCE)
                | (~Q(etat_dit__in=WITHOUT_AMOUNT) & Q(montant__isnull=False)),
                violation_error_code="montant",
                violation_error_message="Dites le montant ; ce qui est refusé, annulé ou non fourni n’en a pas.",
            ),
            models.CheckConstraint(
                name="reponse_de_financeur_set_aside_says_why",
                condition=~Q(etat=EtatDeReponse.ECARTEE) | ~Q(suite=""),
                violation_error_code="suite",
                violation_error_message="Dites pourquoi.",
            ),
        ]

    def __str__(self) -> str:
        return f"réponse sur {self.ligne}"

    @property
    def espace(self) -> EspaceDeContrat:
        """The contract of its line."""
        return self.ligne.espace
