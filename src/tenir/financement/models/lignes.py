"""The ledger: a line is what one funder brings to one action, one project or one orientation, for one year."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.models import LigneDeCredits, Orientation
from tenir.core import horloge
from tenir.fiches.models import FicheAction
from tenir.financement.enums import ENDED, ETATS, WITHOUT_AMOUNT, EtatDeFinancement, Registre
from tenir.financement.montants import CHIFFRES, DECIMALES, NEGATIF, ZERO
from tenir.habilitations.models import EspaceDeContrat, of_contract

FIRST_YEAR, LAST_YEAR = 2000, 2100


def amount(name: str, **options: Any) -> "models.DecimalField[Any, Any]":
    """A column of euros, to the cent."""
    return models.DecimalField(name, max_digits=CHIFFRES, decimal_places=DECIMALES, **options)


def none_as_zero(path: str) -> Coalesce:
    """A number that may be missing, so that two missing are the same."""
    return Coalesce(F(path), Value(0), output_field=models.BigIntegerField())


class LigneDeFinancementQuerySet(models.QuerySet["LigneDeFinancement"]):
    """The lines of the ledgers."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with what they hang on; one that a version no longer prints stays if it has money."""
        rows = of_contract(self, espace).exclude(imprimee__retire=True, montant=None, compte=ZERO)
        return rows.select_related("espace", "orientation", "fiche__action", "financeur", "imprimee")

    def in_year(self, annee: int | None) -> Self:
        """Those of one year, or of every year."""
        return self if annee is None else self.filter(annee=annee)

    def with_what_came(self) -> Self:
        """Each with `venu`: whether its funder has put an amount in its orientation, on this line or on another."""
        behind = LigneDeFinancement.objects.filter(
            espace=OuterRef("espace"), orientation=OuterRef("orientation"), financeur=OuterRef("financeur")
        ).exclude(montant=None)
        return self.annotate(venu=Exists(behind) | Q(montant__isnull=False))

    def silent(self) -> Self:
        """The printed lines that announce nothing, and behind which the funder has put no amount since."""
        return self.with_what_came().filter(imprimee__vide=True, venu=False)


class LigneDeFinancement(models.Model):
    """What one funder brings. `imprimee`: the funding line of the signed contract that it is, and then has no number.

    The columns from `etat` on are what its dated rows come to (`solde.settle`), kept so that a table costs one query.
    Without a year, it is for all those of the contract; without an action nor a project, for the whole orientation.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="financements")
    numero = models.PositiveIntegerField("numéro", null=True, editable=False)
    registre = models.CharField("registre", max_length=12, choices=Registre, default=Registre.SPECIFIQUE)
    orientation = models.ForeignKey(
        Orientation, models.PROTECT, verbose_name="orientation", related_name="financements"
    )
    fiche = models.ForeignKey(
        FicheAction, models.PROTECT, verbose_name="action", related_name="financements", null=True, blank=True
    )
    projet = models.CharField("projet", max_length=150, blank=True)
    financeur = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="financeur", related_name="financements", null=True, blank=True
    )
    financeur_imprime = models.TextField("financeur imprimé", blank=True)
    annee = models.PositiveSmallIntegerField("année", null=True, blank=True)
    imprimee = models.OneToOneField(
        LigneDeCredits, models.PROTECT, verbose_name="ligne imprimée", related_name="suivie", null=True, blank=True
    )
    etat = models.CharField("état", max_length=12, choices=EtatDeFinancement, default=EtatDeFinancement.ANNONCE)
    etat_le = models.DateField("depuis le", null=True, blank=True)
    montant = amount("montant", null=True, blank=True)
    compte = amount("montant compté", default=ZERO)
    annonce = amount("annoncé", null=True, blank=True)
    demande = amount("demandé", null=True, blank=True)
    vote = amount("voté", null=True, blank=True)
    verse = amount("versé", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    suivie_depuis = models.DateField("suivie depuis le")

    objects = LigneDeFinancementQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne de financement"
        verbose_name_plural = "lignes de financement"
        ordering = ["espace", "pk"]
        indexes = [models.Index(fields=["espace", "annee", "registre"], name="financement_of_a_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="financement_has_a_number_of_its_own",
                violation_error_message="Ce numéro de ligne est déjà donné.",
            ),
            models.UniqueConstraint(
                F("espace"),
                F("registre"),
                F("orientation"),
                F("projet"),
                F("financeur_imprime"),
                *map(none_as_zero, ("fiche", "financeur", "annee", "imprimee")),
                name="financement_is_one_a_cell",
                violation_error_code="financeur",
                violation_error_message="Ce financeur a déjà une ligne ici pour cette année : changez-la plutôt.",
            ),
            models.CheckConstraint(
                name="financement_is_printed_or_numbered",
                condition=Q(imprimee=None, numero__isnull=False) | Q(imprimee__isnull=False, numero=None),
                violation_error_message="Une ligne est imprimée dans le contrat, ou porte un numéro.",
            ),
            models.CheckConstraint(
                name="financement_is_for_one_thing",
                condition=Q(fiche=None) | Q(projet=""),
                violation_error_code="projet",
                violation_error_message="Choisissez une action, ou nommez un projet : pas les deux.",
            ),
            models.CheckConstraint(
                name="financement_has_a_funder",
                condition=Q(financeur__isnull=False) | ~Q(financeur_imprime=""),
                violation_error_code="financeur",
                violation_error_message="Choisissez qui finance.",
            ),
            models.CheckConstraint(
                name="financement_year_is_one",
                condition=Q(annee=None) | Q(annee__range=(FIRST_YEAR, LAST_YEAR)),
                violation_error_code="annee",
                violation_error_message="Écrivez une année : « 2026 ».",
            ),
            models.CheckConstraint(
                name="financement_state_is_of_its_ledger",
                condition=Q(registre=Registre.SPECIFIQUE, etat__in=ETATS[Registre.SPECIFIQUE])
                | Q(registre=Registre.DROIT_COMMUN, etat__in=ETATS[Registre.DROIT_COMMUN]),
                violation_error_code="etat",
                violation_error_message="Cet état n’est pas de ce registre.",
            ),
            models.CheckConstraint(
                name="financement_amounts_are_not_negative",
                condition=Q(compte__gte=0) & (Q(montant=None) | Q(montant__gte=0)),
                violation_error_code="montant",
                violation_error_message=NEGATIF,
            ),
        ]

    def __str__(self) -> str:
        return f"ligne {self.code}"

    @property
    def code(self) -> str:
        """Its code on pages and in the trace: that of the signed line, or its own."""
        return self.imprimee.code if self.imprimee else f"L{self.numero}"

    @property
    def nom_du_financeur(self) -> str:
        """The body, or the name that the contract prints where no body is recognised."""
        return self.financeur.nom if self.financeur else self.financeur_imprime

    @property
    def objet(self) -> str:
        """What it pays for: an action, a project, a whole orientation."""
        return self.fiche.action.titre if self.fiche else self.projet or self.orientation.titre

    @property
    def code_de_l_objet(self) -> str:
        """The code of the action or of the orientation."""
        return self.fiche.action.code if self.fiche else self.orientation.code

    @property
    def est_vide(self) -> bool:
        """Whether the contract prints it with nothing behind, and no amount came on it since."""
        return self.imprimee is not None and self.imprimee.vide and self.montant is None


class MouvementDeFinancement(models.Model):
    """One dated row of a line: a state, its amount in all at that date, its source, its proof. Never changed.

    `auteur` is nobody when a funder said it by its link; `pour` is then that body.
    """

    ligne = models.ForeignKey(LigneDeFinancement, models.CASCADE, verbose_name="ligne", related_name="mouvements")
    rang = models.PositiveSmallIntegerField("rang")
    le = models.DateField("le")
    etat = models.CharField("état", max_length=12, choices=EtatDeFinancement)
    montant = amount("montant", null=True, blank=True)
    source = models.CharField("source", max_length=300)
    preuve = models.CharField("preuve", max_length=500, blank=True)
    motif = models.CharField("raison", max_length=500, blank=True)
    auteur = models.ForeignKey(
        Personne, models.PROTECT, verbose_name="inscrit par", related_name="+", null=True, blank=True
    )
    pour = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="pour l’organisme", related_name="+", null=True, blank=True
    )
    inscrit_le = models.DateTimeField("inscrit le", default=horloge.now, editable=False)

    class Meta:
        verbose_name = "mouvement de financement"
        verbose_name_plural = "mouvements de financement"
        ordering = ["ligne", "le", "rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["ligne", "rang"],
                name="mouvement_has_a_rank_of_its_own",
                violation_error_message="Ce rang est déjà donné.",
            ),
            models.CheckConstraint(
                name="mouvement_state_is_known",
                condition=Q(etat__in=EtatDeFinancement.values),
                violation_error_code="etat",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                name="mouvement_amount_is_not_negative",
                condition=Q(montant=None) | Q(montant__gte=0),
                violation_error_code="montant",
                violation_error_message=NEGATIF,
            ),
            models.CheckConstraint(
                name="mouvement_says_its_amount",
                condition=Q(etat__in=WITHOUT_AMOUNT, montant=None)
                | Q(etat=EtatDeFinancement.ANNONCE)
                | (~Q(etat__in=WITHOUT_AMOUNT) & Q(montant__isnull=False)),
                violation_error_code="montant",
                violation_error_message="Dites le montant ; ce qui est refusé, annulé ou non fourni n’en a pas.",
            ),
            models.CheckConstraint(
                name="mouvement_that_ends_says_why",
                condition=~Q(etat__in=ENDED) | ~Q(motif=""),
                violation_error_code="motif",
                violation_error_message="Dites pourquoi.",
            ),
            models.CheckConstraint(
                name="mouvement_proved_has_its_proof",
                condition=~Q(etat=EtatDeFinancement.PROUVE) | ~Q(preuve=""),
                violation_error_code="preuve",
                violation_error_message="Dites ce qui le prouve.",
            ),
            models.CheckConstraint(
                name="mouvement_has_a_source",
                condition=~Q(source=""),
                violation_error_code="source",
                violation_error_message="Dites d’où vient ce montant.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ligne}, {self.get_etat_display()}"

    @property
    def espace(self) -> EspaceDeContrat:
        """The contract of its line."""
        return self.ligne.espace
