"""What a body sends to a call: who it is, what it will do, for whom, where, with what money, asked of which funders."""

import secrets
from functools import reduce
from operator import add
from pathlib import PurePath
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Coalesce

from tenir.acteurs.identifiants import RNA, RNA_FAUX
from tenir.acteurs.models import Organisation
from tenir.appels.cles import rna, siret
from tenir.appels.comptes import COMPTES
from tenir.appels.enums import AvisSurDossier, EtatDeDossier, Recevabilite, Suite
from tenir.appels.models.appels import AppelAProjets
from tenir.core import horloge
from tenir.financement.models import LigneDeFinancement
from tenir.financement.models.lignes import amount
from tenir.habilitations.models import EspaceDeContrat, of_contract


def place(piece: "PieceDeDossier", name: str) -> str:
    """Where a file is kept: by its contract, under a name drawn at random; the name it came with is `nom`."""
    return f"dossiers/{piece.dossier.espace_id}/{secrets.token_hex(16)}{PurePath(name).suffix.lower()}"


def count(name: str) -> "models.PositiveIntegerField[int | None, int | None]":
    """A number of people; nothing when nobody said it."""
    return models.PositiveIntegerField(name, null=True, blank=True)


def sum_of(name: str) -> "models.DecimalField[Any, Any]":
    """What account lines come to; nothing while none of them says anything, which is not nought."""
    return amount(name, null=True, blank=True, default=None)


ASKS_NOTHING = "On ne demande pas zéro euro : laissez la case vide pour ne rien demander à ce financeur."
AGES = ("moins_de_12", "de_12_a_25", "de_26_a_59", "plus_de_59")
"""The ages that a public is counted by."""
NO_MORE_THAN_ALL = (
    Q(du_quartier=None)
    | Q(*[(f"{age}__isnull", True) for age in AGES])
    | Q(du_quartier__lte=reduce(add, [Coalesce(Cast(F(age), models.BigIntegerField()), 0) for age in AGES]))
)
"""Those of the quarter are some of all those said; of a public of which no age is said, nobody knows."""
TROP_DU_QUARTIER = "Les habitants du quartier sont plus nombreux que tous les âges réunis : corrigez l’un ou l’autre."
BALANCED = Q(charges__isnull=False, produits__isnull=False, charges=F("produits"))
"""Costs and what pays them are both said, and the same."""
VOLUNTEERS = (
    Q(emplois=None, contributions=None)
    | Q(emplois=None, contributions=0)
    | Q(emplois=0, contributions=None)
    | Q(emplois__isnull=False, contributions__isnull=False, emplois=F("contributions"))
)
"""86 and 87 come to the same; neither need be said."""


class DossierDeDemandeQuerySet(models.QuerySet["DossierDeDemande"]):
    """Dossiers as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with their call."""
        return of_contract(self, espace).select_related("espace", "appel__espace")

    def sent(self) -> Self:
        """Those that were sent and not withdrawn."""
        return self.filter(etat=EtatDeDossier.DEPOSE)


class DossierDeDemande(models.Model):
    """One form for all the funders of a call, saved as one goes, sent once.

    `limite`: the last day of its call, kept beside the day it is sent so that the database refuses the late one.
    `charges` to `contributions`: what its lines come to (`comptes.balance`), so that the database holds the balances;
    nothing while no line is said.
    `alea`: of the link of whoever fills it. `par_equipe`: typed by the team, from paper.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="dossiers")
    appel = models.ForeignKey(AppelAProjets, models.PROTECT, verbose_name="appel à projets", related_name="dossiers")
    numero = models.PositiveIntegerField("numéro")
    etat = models.CharField("état", max_length=9, choices=EtatDeDossier, default=EtatDeDossier.BROUILLON)
    courriel = models.EmailField("adresse électronique", blank=True)
    par_equipe = models.BooleanField("saisi par l’équipe", default=False)
    repris_de = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="repris de", related_name="+", null=True, blank=True
    )
    nom = models.CharField("nom de l’organisme", max_length=200, blank=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    rna = models.CharField("numéro RNA", max_length=10, blank=True)
    adresse = models.CharField("adresse de l’organisme", max_length=300, blank=True)
    telephone = models.CharField("téléphone de l’organisme", max_length=30, blank=True)
    intitule = models.CharField("intitulé de l’action", max_length=150, blank=True)
    description = models.TextField("ce qui sera fait", max_length=6000, blank=True)
    servies = models.CharField("actions du contrat servies", max_length=500, blank=True)
    public = models.TextField("à qui l’action s’adresse", max_length=1500, blank=True)
    moins_de_12 = count("moins de 12 ans")
    de_12_a_25 = count("de 12 à 25 ans")
    de_26_a_59 = count("de 26 à 59 ans")
    plus_de_59 = count("60 ans et plus")
    du_quartier = count("dont habitants du quartier prioritaire")
    lieux = models.TextField("lieux", max_length=1000, blank=True)
    debut = models.DateField("commence le", null=True, blank=True)
    fin = models.DateField("finit le", null=True, blank=True)
    cer = models.BooleanField("contrat d’engagement républicain accepté", default=False)
    charges = sum_of("charges")
    produits = sum_of("produits")
    emplois = sum_of("emplois des contributions volontaires")
    contributions = sum_of("contributions volontaires")
    limite = models.DateField("dernier jour pour déposer")
    depose_le = models.DateField("déposé le", null=True, blank=True)
    commence_le = models.DateTimeField("ouvert le", default=horloge.now, editable=False)
    depots = models.PositiveSmallIntegerField("nombre de dépôts", default=0)
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    version = models.PositiveIntegerField("version", default=1)

    objects = DossierDeDemandeQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier de demande"
        verbose_name_plural = "dossiers de demande"
        ordering = ["espace", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="dossier_has_a_number_of_its_own",
                violation_error_message="Ce numéro de dossier est déjà donné.",
            ),
            models.CheckConstraint(
                name="dossier_sent_has_its_day",
                condition=Q(etat=EtatDeDossier.BROUILLON, depose_le=None)
                | (Q(etat__in=[EtatDeDossier.DEPOSE, EtatDeDossier.RETIRE]) & Q(depose_le__isnull=False)),
                violation_error_message="Un dossier déposé a le jour de son dépôt.",
            ),
            models.CheckConstraint(
                name="dossier_is_not_sent_late",
                condition=Q(depose_le=None) | Q(depose_le__lte=F("limite")),
                violation_error_code="depose_le",
                violation_error_message="Le dernier jour pour déposer est passé.",
            ),
            models.CheckConstraint(
                name="dossier_sent_is_balanced",
                condition=~Q(etat=EtatDeDossier.DEPOSE) | (Q(charges__gt=0) & BALANCED & VOLUNTEERS),
                violation_error_message="Un dossier déposé a un budget en équilibre.",
            ),
            models.CheckConstraint(
                name="dossier_sent_is_of_a_body_that_accepts",
                condition=~Q(etat=EtatDeDossier.DEPOSE)
                | (Q(cer=True) & ~Q(nom="") & ~Q(intitule="") & (~Q(siret="") | ~Q(rna=""))),
                violation_error_message="Un dossier déposé dit quel organisme demande, et pour quelle action.",
            ),
            models.CheckConstraint(
                name="dossier_counts_the_quarter_among_all",
                condition=NO_MORE_THAN_ALL,
                violation_error_code="du_quartier",
                violation_error_message=TROP_DU_QUARTIER,
            ),
            models.CheckConstraint(
                name="dossier_siret_has_14_digits",
                condition=Q(siret="") | Q(siret__regex=r"^\d{14}$"),
                violation_error_code="siret",
                violation_error_message="Un SIRET compte quatorze chiffres.",
            ),
            models.CheckConstraint(
                name="dossier_rna_is_one",
                condition=Q(rna="") | Q(rna__regex=RNA),
                violation_error_code="rna",
                violation_error_message=RNA_FAUX,
            ),
            models.CheckConstraint(
                name="dossier_action_ends_after_it_begins",
                condition=Q(debut=None) | Q(fin=None) | Q(fin__gte=F("debut")),
                violation_error_code="fin",
                violation_error_message="L’action finit après avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return f"dossier {self.code}"

    def clean(self) -> None:
        """Refuse numbers whose key is wrong.

        Raises:
            ValidationError: beside the field it is about.
        """
        for name, check in (("siret", siret), ("rna", rna)):
            try:
                check(getattr(self, name))
            except ValidationError as error:
                raise ValidationError({name: error.messages}) from error

    @property
    def code(self) -> str:
        """Its code on pages, in its receipt and in the trace."""
        return f"DS{self.numero}"

    @property
    def titre(self) -> str:
        """What it is called: its action, once it says one."""
        return self.intitule or "Dossier sans titre"


class LigneDeBudget(models.Model):
    """What a dossier puts in one account of its budget."""

    dossier = models.ForeignKey(DossierDeDemande, models.CASCADE, verbose_name="dossier", related_name="budget")
    compte = models.CharField("compte", max_length=3, choices=list(COMPTES.items()))
    montant = amount("montant")

    class Meta:
        verbose_name = "ligne de budget"
        verbose_name_plural = "lignes de budget"
        ordering = ["dossier", "compte"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "compte"],
                name="ligne_de_budget_is_one_an_account",
                violation_error_message="Ce compte est déjà dans le budget.",
            ),
            models.CheckConstraint(
                name="ligne_de_budget_is_not_negative",
                condition=Q(montant__gte=0),
                violation_error_code="montant",
                violation_error_message="Un montant n’est jamais négatif.",
            ),
        ]

    def __str__(self) -> str:
        return COMPTES.get(self.compte, self.compte)


class PartDemandee(models.Model):
    """What a dossier asks of one funder of its call: an income line of its budget, which that funder answers.

    `dite_au_depot`: at which sending of the dossier what is said of it was said; `lue_au_depot`: its funder read it.
    Withdrawn, then sent again, it is to be read again: what was said before stays, as said of the version before.
    """

    dossier = models.ForeignKey(DossierDeDemande, models.CASCADE, verbose_name="dossier", related_name="parts")
    financeur = models.ForeignKey(Organisation, models.PROTECT, verbose_name="financeur", related_name="+")
    montant = amount("demandé")
    recevable = models.CharField("recevabilité", max_length=11, choices=Recevabilite, blank=True)
    avis = models.CharField("avis", max_length=11, choices=AvisSurDossier, blank=True)
    propose = amount("montant proposé", null=True, blank=True)
    condition = models.CharField("condition", max_length=500, blank=True)
    motif = models.CharField("raison", max_length=1000, blank=True)
    suite = models.CharField("décision", max_length=7, choices=Suite, blank=True)
    accorde = amount("accordé", null=True, blank=True)
    decide_le = models.DateField("décidé le", null=True, blank=True)
    note = models.PositiveSmallIntegerField("note sur cent", null=True, blank=True)
    lue_le = models.DateField("lue par le financeur le", null=True, blank=True)
    dite_au_depot = models.PositiveSmallIntegerField("dite au dépôt numéro", null=True, blank=True)
    lue_au_depot = models.PositiveSmallIntegerField("lue au dépôt numéro", null=True, blank=True)
    ligne = models.ForeignKey(
        LigneDeFinancement, models.PROTECT, verbose_name="ligne de financement", related_name="+", null=True, blank=True
    )
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "part demandée"
        verbose_name_plural = "parts demandées"
        ordering = ["dossier", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "financeur"],
                name="part_demandee_is_one_a_funder",
                violation_error_message="Ce financeur est déjà sollicité.",
            ),
            models.CheckConstraint(
                name="part_demandee_asks_something",
                condition=Q(montant__gt=0),
                violation_error_code="montant",
                violation_error_message=ASKS_NOTHING,
            ),
            models.CheckConstraint(
                name="part_demandee_refused_says_why",
                condition=~Q(motif="") | (~Q(suite=Suite.REFUSE) & ~Q(recevable=Recevabilite.IRRECEVABLE)),
                violation_error_code="motif",
                violation_error_message="Dites pourquoi : tout refus porte sa raison, envoyée à qui demande.",
            ),
            models.CheckConstraint(
                name="part_demandee_decided_says_what",
                condition=Q(suite="", accorde=None, decide_le=None)
                | Q(suite=Suite.REFUSE, accorde=None, decide_le__isnull=False)
                | Q(suite=Suite.ACCORDE, accorde__isnull=False, accorde__gt=0, decide_le__isnull=False),
                violation_error_code="accorde",
                violation_error_message="Une subvention accordée dit son montant ; un refus n’en a pas.",
            ),
            models.CheckConstraint(
                name="part_demandee_score_is_out_of_a_hundred",
                condition=Q(note=None) | Q(note__lte=100),
                violation_error_message="Une note va de 0 à 100.",
            ),
            models.CheckConstraint(
                name="part_demandee_proposal_is_not_negative",
                condition=Q(propose=None) | Q(propose__gte=0),
                violation_error_code="propose",
                violation_error_message="Un montant n’est jamais négatif.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.financeur)

    @property
    def is_stale(self) -> bool:
        """Whether what is said of it was said before its dossier was sent again; what is decided is settled."""
        return not self.suite and self.dite_au_depot is not None and self.dite_au_depot != self.dossier.depots

    @property
    def is_read(self) -> bool:
        """Whether its funder read it as it was last sent, or decided."""
        return self.lue_le is not None and (bool(self.suite) or self.lue_au_depot == self.dossier.depots)


class PieceDeDossier(models.Model):
    """A file that a dossier brings; `intitule`: the document of the call that it is, or what whoever brings it says."""

    dossier = models.ForeignKey(DossierDeDemande, models.CASCADE, verbose_name="dossier", related_name="pieces")
    intitule = models.CharField("pièce", max_length=300)
    fichier = models.FileField("fichier", upload_to=place, max_length=200)
    nom = models.CharField("nom du fichier", max_length=200)

    class Meta:
        verbose_name = "pièce de dossier"
        verbose_name_plural = "pièces de dossier"
        ordering = ["dossier", "pk"]
        constraints = [
            models.CheckConstraint(
                name="piece_de_dossier_is_a_file",
                condition=~Q(intitule="") & ~Q(fichier="") & ~Q(nom=""),
                violation_error_code="fichier",
                violation_error_message="Donnez un fichier, et dites quelle pièce il est.",
            ),
        ]

    def __str__(self) -> str:
        return self.intitule
