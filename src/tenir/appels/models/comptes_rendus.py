"""What a body says once its action is over: what was done, for how many, with what money, what it moved."""

from typing import Self

from django.db import models
from django.db.models import Q

from tenir.appels.comptes import COMPTES
from tenir.appels.enums import EtatDeCompteRendu
from tenir.appels.models.dossiers import (
    BALANCED,
    NO_MORE_THAN_ALL,
    TROP_DU_QUARTIER,
    VOLUNTEERS,
    DossierDeDemande,
    PartDemandee,
    count,
    sum_of,
)
from tenir.core.noms import de
from tenir.financement.models.lignes import amount
from tenir.habilitations.models import EspaceDeContrat
from tenir.indicateurs.models import ReleveDIndicateur, SuiviDIndicateur

HANDED_IN = (EtatDeCompteRendu.REMIS, EtatDeCompteRendu.LU)
"""The states in which a report is given."""


class CompteRenduFinancierQuerySet(models.QuerySet["CompteRenduFinancier"]):
    """Reports as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with their dossier."""
        return self.filter(dossier__espace=espace).select_related("dossier__espace", "dossier__appel")

    def to_read(self) -> Self:
        """Those handed in that the team did not read yet, the oldest first."""
        return self.filter(etat=EtatDeCompteRendu.REMIS).order_by("remis_le", "pk")


class CompteRenduFinancier(models.Model):
    """The report of an action that was funded, filled part by part, handed in once, then read.

    `registre`: what the register of activity said of it the day it was handed in. `reprise`: what the team asks to say
    again. `charges` to `contributions`: what its lines come to.
    """

    dossier = models.OneToOneField(
        DossierDeDemande, models.CASCADE, verbose_name="dossier", related_name="compte_rendu"
    )
    etat = models.CharField("état", max_length=9, choices=EtatDeCompteRendu, default=EtatDeCompteRendu.BROUILLON)
    fait = models.TextField("ce qui a été fait", max_length=6000, blank=True)
    pas_eu_lieu = models.BooleanField("l’action n’a pas eu lieu", default=False)
    ecarts = models.TextField("ce qui s’écarte de ce qui était prévu", max_length=3000, blank=True)
    moins_de_12 = count("moins de 12 ans")
    de_12_a_25 = count("de 12 à 25 ans")
    de_26_a_59 = count("de 26 à 59 ans")
    plus_de_59 = count("60 ans et plus")
    du_quartier = count("dont habitants du quartier prioritaire")
    registre = models.CharField("ce que dit le registre", max_length=500, blank=True)
    charges = sum_of("charges réalisées")
    produits = sum_of("produits réalisés")
    emplois = sum_of("emplois réalisés des contributions volontaires")
    contributions = sum_of("contributions volontaires réalisées")
    remis_le = models.DateField("remis le", null=True, blank=True)
    lu_le = models.DateField("lu le", null=True, blank=True)
    reprise = models.CharField("ce que l’équipe demande de redire", max_length=1000, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = CompteRenduFinancierQuerySet.as_manager()

    class Meta:
        verbose_name = "compte rendu financier"
        verbose_name_plural = "comptes rendus financiers"
        ordering = ["dossier"]
        constraints = [
            models.CheckConstraint(
                name="compte_rendu_handed_in_has_its_day",
                condition=Q(etat=EtatDeCompteRendu.BROUILLON, remis_le=None, lu_le=None)
                | Q(etat=EtatDeCompteRendu.REMIS, remis_le__isnull=False, lu_le=None)
                | Q(etat=EtatDeCompteRendu.LU, remis_le__isnull=False, lu_le__isnull=False),
                violation_error_message="Un compte rendu remis a le jour de sa remise.",
            ),
            models.CheckConstraint(
                name="compte_rendu_handed_in_says_something",
                condition=Q(etat=EtatDeCompteRendu.BROUILLON)
                | Q(pas_eu_lieu=False) & ~Q(fait="")
                | Q(pas_eu_lieu=True) & ~Q(ecarts=""),
                violation_error_message="Un compte rendu dit ce qui a été fait, ou pourquoi rien ne l’a été.",
            ),
            models.CheckConstraint(
                name="compte_rendu_counts_the_quarter_among_all",
                condition=NO_MORE_THAN_ALL,
                violation_error_code="du_quartier",
                violation_error_message=TROP_DU_QUARTIER,
            ),
            models.CheckConstraint(
                name="compte_rendu_handed_in_explains_its_balance",
                condition=Q(etat=EtatDeCompteRendu.BROUILLON) | (VOLUNTEERS & (BALANCED | ~Q(ecarts=""))),
                violation_error_message="Un solde s’explique ; 86 et 87 font le même total.",
            ),
        ]

    def __str__(self) -> str:
        return f"compte rendu de {self.dossier.code}"

    @property
    def espace(self) -> EspaceDeContrat:
        """The contract of its dossier."""
        return self.dossier.espace

    @property
    def est_remis(self) -> bool:
        """Whether it is given, read or not."""
        return self.etat in HANDED_IN


class LigneRealisee(models.Model):
    """What was really spent or received in one account."""

    compte_rendu = models.ForeignKey(
        CompteRenduFinancier, models.CASCADE, verbose_name="compte rendu", related_name="realise"
    )
    compte = models.CharField("compte", max_length=3, choices=list(COMPTES.items()))
    montant = amount("réalisé")

    class Meta:
        verbose_name = "ligne réalisée"
        verbose_name_plural = "lignes réalisées"
        ordering = ["compte_rendu", "compte"]
        constraints = [
            models.UniqueConstraint(
                fields=["compte_rendu", "compte"],
                name="ligne_realisee_is_one_an_account",
                violation_error_message="Ce compte est déjà dans le compte rendu.",
            ),
            models.CheckConstraint(
                name="ligne_realisee_is_not_negative",
                condition=Q(montant__gte=0),
                violation_error_code="montant",
                violation_error_message="Un montant n’est jamais négatif.",
            ),
        ]

    def __str__(self) -> str:
        return COMPTES.get(self.compte, self.compte)


class RecuDeFinanceur(models.Model):
    """What was really received of a funder of the call."""

    compte_rendu = models.ForeignKey(
        CompteRenduFinancier, models.CASCADE, verbose_name="compte rendu", related_name="recus"
    )
    part = models.ForeignKey(PartDemandee, models.CASCADE, verbose_name="part demandée", related_name="+")
    montant = amount("reçu")

    class Meta:
        verbose_name = "reçu de financeur"
        verbose_name_plural = "reçus de financeurs"
        ordering = ["compte_rendu", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["compte_rendu", "part"],
                name="recu_de_financeur_is_one_a_funder",
                violation_error_message="Ce financeur est déjà dans le compte rendu.",
            ),
            models.CheckConstraint(
                name="recu_de_financeur_is_not_negative",
                condition=Q(montant__gte=0),
                violation_error_code="montant",
                violation_error_message="Un montant n’est jamais négatif.",
            ),
        ]

    def __str__(self) -> str:
        return f"reçu {de(self.part.financeur)}"


class ResultatDIndicateur(models.Model):
    """What an action moved of an indicator of the contract, as the register of activity says or as the body does.

    `releve`: the reading that the team made of it.
    """

    compte_rendu = models.ForeignKey(
        CompteRenduFinancier, models.CASCADE, verbose_name="compte rendu", related_name="resultats"
    )
    suivi = models.ForeignKey(SuiviDIndicateur, models.PROTECT, verbose_name="indicateur", related_name="+")
    valeur = models.DecimalField("valeur", max_digits=15, decimal_places=4)
    du_registre = models.BooleanField("tiré du registre", default=False)
    releve = models.ForeignKey(
        ReleveDIndicateur, models.SET_NULL, verbose_name="relevé", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "résultat d’indicateur"
        verbose_name_plural = "résultats d’indicateurs"
        ordering = ["compte_rendu", "suivi"]
        constraints = [
            models.UniqueConstraint(
                fields=["compte_rendu", "suivi"],
                name="resultat_d_indicateur_is_one_an_indicator",
                violation_error_message="Cet indicateur a déjà sa valeur.",
            ),
            models.CheckConstraint(
                name="resultat_d_indicateur_is_not_negative",
                condition=Q(valeur__gte=0),
                violation_error_code="valeur",
                violation_error_message="Une valeur n’est jamais négative.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suivi}"
