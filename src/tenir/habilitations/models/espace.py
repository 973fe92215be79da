"""The space of a contract, and whether the public may see it."""

from typing import Any, Self, TypeVar

from django.db import models
from django.utils import timezone

from tenir.core.alphabet import alphabetical
from tenir.territoire.fuseaux import FUSEAUX, PARIS
from tenir.territoire.models import Territoire

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


class EspaceDeContratQuerySet(models.QuerySet["EspaceDeContrat"]):
    """Which contracts one may see."""

    def public(self) -> Self:
        """The contracts anyone may read."""
        return self.filter(etat=EspaceDeContrat.Etat.PUBLIE)


class EspaceDeContrat(models.Model):
    """Where one contract lives: its address, its publication state, its territories, its clock, whom to call.

    `contact_*` is what the public reads: a service or a function, never the name of someone. `publie_*`: the kinds of
    facts of its life that anyone reads once it is public (`habilitations.publications`).
    """

    class Etat(models.TextChoices):
        BROUILLON = "brouillon", "brouillon"
        SIGNE = "signe", "signé"
        PUBLIE = "publie", "publié"

    slug = models.SlugField("adresse", max_length=100, unique=True)
    titre = models.TextField("titre")
    fictif = models.BooleanField("fictif", default=False)
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.BROUILLON)
    debut = models.PositiveSmallIntegerField("première année")
    fin = models.PositiveSmallIntegerField("dernière année")
    territoires = models.ManyToManyField(Territoire, verbose_name="territoires", related_name="espaces")
    mots = models.TextField("mots cherchés", blank=True)
    non_lus = models.JSONField("ce qui n’a pas été lu du document", default=list, blank=True, editable=False)
    fuseau = models.CharField("heure locale", max_length=40, choices=FUSEAUX, default=PARIS)
    contact_nom = models.CharField("service ou fonction à appeler", max_length=150, blank=True)
    contact_telephone = models.CharField("téléphone", max_length=40, blank=True)
    contact_courriel = models.EmailField("adresse électronique", blank=True)
    contact_adresse = models.CharField("adresse postale", max_length=200, blank=True)
    publie_nouvelles = models.BooleanField("nouvelles publiées", default=True)
    publie_etapes = models.BooleanField("étapes et jalons publiés", default=True)
    publie_retards = models.BooleanField("retards publiés", default=True)
    publie_raisons = models.BooleanField("raisons d’un arrêt publiées", default=True)
    publie_engagements = models.BooleanField("état des engagements publié", default=True)
    publie_financements = models.BooleanField("montants et leurs suites publiés", default=False)
    cree_le = models.DateTimeField("créé le", default=timezone.now, editable=False)

    objects = EspaceDeContratQuerySet.as_manager()

    class Meta:
        verbose_name = "espace de contrat"
        ordering = [alphabetical("titre"), "pk"]
        constraints = [
            models.CheckConstraint(
                name="espace_de_contrat_runs_forward",
                condition=models.Q(fin__gte=models.F("debut")),
                violation_error_message="La période se termine avant de commencer.",
            ),
            models.CheckConstraint(
                name="espace_de_contrat_state_is_known",
                condition=models.Q(etat__in=["brouillon", "signe", "publie"]),
                violation_error_message="Un contrat est brouillon, signé ou publié.",
            ),
            models.CheckConstraint(
                name="espace_de_contrat_zone_is_known",
                condition=models.Q(fuseau__in=sorted(FUSEAUX)),
                violation_error_message="Cette heure locale n’est celle d’aucun territoire français.",
            ),
            models.CheckConstraint(
                name="espace_de_contrat_contact_answers",
                condition=models.Q(contact_nom="", contact_telephone="", contact_courriel="", contact_adresse="")
                | (~models.Q(contact_nom="") & ~models.Q(contact_courriel="")),
                violation_error_message="Donnez le service ou la fonction, et l’adresse où lui répondre.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    def lieux(self) -> set[str]:
        """The names of the places of the contract: its communes, its intercommunality, their departments."""
        found = self.territoires.values_list("nom", "departement")
        return {one for names in found for one in names if one}


def of_contract(rows: Rows, espace: EspaceDeContrat) -> Rows:
    """The rows of one contract, which know it without a query nor a join, as those of a related manager do."""
    found = rows.filter(espace=espace)
    found._known_related_objects = {rows.model._meta.get_field("espace"): {espace.pk: espace}}  # type: ignore[attr-defined]
    return found


def contract_known(rows: "models.QuerySet[Any]") -> EspaceDeContrat:
    """The contract of rows made by `of_contract`, without a query."""
    known = rows._known_related_objects[rows.model._meta.get_field("espace")]  # type: ignore[attr-defined]
    found: EspaceDeContrat = next(iter(known.values()))
    return found


class PassageDEtat(models.Model):
    """One change of publication state: who asked, when, why. Never changed, never deleted."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="espace", related_name="passages")
    de = models.CharField("de", max_length=10, choices=EspaceDeContrat.Etat)
    vers = models.CharField("vers", max_length=10, choices=EspaceDeContrat.Etat)
    le = models.DateTimeField("le", default=timezone.now, editable=False)
    commande = models.TextField("commande")
    motif = models.TextField("motif", blank=True)

    class Meta:
        verbose_name = "passage d’état"
        ordering = ["-le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="passage_d_etat_goes_somewhere",
                condition=~models.Q(de=models.F("vers")),
                violation_error_message="Le contrat est déjà dans cet état.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_de_display()} → {self.get_vers_display()}"
