"""The yearly call for projects: what it says, its days, what it is judged by; who brings how much; what it gives."""

import secrets
from datetime import date
from pathlib import PurePath
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation
from tenir.appels.enums import EtatDAppelAProjets, Moment
from tenir.appels.grille import Critere, PieceDemandee, criteria_of, documents_of
from tenir.core import horloge
from tenir.financement.models.lignes import FIRST_YEAR, LAST_YEAR, amount
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.habilitations.niveaux import Niveau

DAYS = ("ouvre_le", "ferme_le", "comite_le", "reponse_le")
"""The days of a call, in their order."""


def place(piece: "PieceDAppel", name: str) -> str:
    """Where a file is kept: by its contract, under a name drawn at random; the name it came with is `nom`."""
    return f"appels/{piece.appel.espace_id}/{secrets.token_hex(16)}{PurePath(name).suffix.lower()}"


class AppelAProjetsQuerySet(models.QuerySet["AppelAProjets"]):
    """Calls for projects as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract."""
        return of_contract(self, espace).select_related("espace")

    def public(self) -> Self:
        """Those that the team published, the closed ones included."""
        return self.exclude(etat=EtatDAppelAProjets.BROUILLON)

    def open_on(self, day: date) -> Self:
        """Those to which a dossier may be sent on a day."""
        return self.filter(etat=EtatDAppelAProjets.PUBLIE, ouvre_le__lte=day, ferme_le__gte=day)


class AppelAProjets(models.Model):
    """What invites bodies to ask for money, once a year.

    `priorites`: codes of orientations of the contract, with a space between. `grille`, `pieces_demandees`: one thing a
    line (`grille`). `ferme_le`: the last day, included. `repris_de`: the call of another year that it was made from.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="appels_a_projets")
    numero = models.PositiveIntegerField("numéro")
    annee = models.PositiveSmallIntegerField("année")
    titre = models.CharField("titre", max_length=150)
    texte = models.TextField("ce que dit l’appel", max_length=10_000)
    ouvre_le = models.DateField("ouvre le")
    ferme_le = models.DateField("dernier jour pour déposer")
    comite_le = models.DateField("comité des financeurs le", null=True, blank=True)
    reponse_le = models.DateField("réponse donnée avant le", null=True, blank=True)
    priorites = models.CharField("priorités", max_length=500, blank=True)
    grille = models.TextField("grille de critères", max_length=4000, blank=True)
    pieces_demandees = models.TextField("pièces demandées", max_length=4000, blank=True)
    etat = models.CharField("état", max_length=9, choices=EtatDAppelAProjets, default=EtatDAppelAProjets.BROUILLON)
    repris_de = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="repris de", related_name="+", null=True, blank=True
    )
    version = models.PositiveIntegerField("version", default=1)

    objects = AppelAProjetsQuerySet.as_manager()

    class Meta:
        verbose_name = "appel à projets"
        verbose_name_plural = "appels à projets"
        ordering = ["espace", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="appel_a_projets_has_a_number_of_its_own",
                violation_error_message="Ce numéro d’appel à projets est déjà donné.",
            ),
            models.CheckConstraint(
                name="appel_a_projets_says_something",
                condition=~Q(titre="") & ~Q(texte=""),
                violation_error_code="texte",
                violation_error_message="Donnez un titre à l’appel, et dites ce qu’il demande.",
            ),
            models.CheckConstraint(
                name="appel_a_projets_year_is_one",
                condition=Q(annee__range=(FIRST_YEAR, LAST_YEAR)),
                violation_error_code="annee",
                violation_error_message="Écrivez une année : « 2026 ».",
            ),
            models.CheckConstraint(
                name="appel_a_projets_closes_after_it_opens",
                condition=Q(ferme_le__gte=F("ouvre_le")),
                violation_error_code="ferme_le",
                violation_error_message="L’appel ferme après avoir ouvert.",
            ),
            models.CheckConstraint(
                name="appel_a_projets_is_examined_once_closed",
                condition=Q(comite_le=None) | Q(comite_le__gt=F("ferme_le")),
                violation_error_code="comite_le",
                violation_error_message="Le comité se réunit après le dernier jour pour déposer.",
            ),
            models.CheckConstraint(
                name="appel_a_projets_is_answered_once_examined",
                condition=Q(reponse_le=None)
                | (Q(reponse_le__gt=F("ferme_le")) & (Q(comite_le=None) | Q(reponse_le__gte=F("comite_le")))),
                violation_error_code="reponse_le",
                violation_error_message="La réponse est donnée après le comité.",
            ),
            models.CheckConstraint(
                name="appel_a_projets_state_is_known",
                condition=Q(etat__in=EtatDAppelAProjets.values),
                violation_error_message="Cet état n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    def clean(self) -> None:
        """Refuse a grid that cannot be read as data.

        Raises:
            ValidationError: beside the field it is about.
        """
        try:
            criteria_of(self.grille)
        except ValidationError as error:
            raise ValidationError({"grille": error.messages}) from error

    @property
    def code(self) -> str:
        """Its code on pages and in the trace."""
        return f"AP{self.numero}"

    @property
    def niveau(self) -> int:
        """Who reads it: anyone once it is published, the team before."""
        return Niveau.EQUIPE if self.etat == EtatDAppelAProjets.BROUILLON else Niveau.PUBLIC

    @property
    def criteres(self) -> list[Critere]:
        """What dossiers are judged by."""
        return criteria_of(self.grille)

    @property
    def pieces_a_fournir(self) -> list[PieceDemandee]:
        """The documents that a dossier brings."""
        return documents_of(self.pieces_demandees)

    @property
    def codes(self) -> list[str]:
        """The codes of the orientations that come first."""
        return self.priorites.split()

    def moment_on(self, day: date) -> Moment:
        """Where it stands on a day."""
        if self.etat == EtatDAppelAProjets.BROUILLON:
            return Moment.BROUILLON
        if self.etat == EtatDAppelAProjets.CLOS or day > self.ferme_le:
            return Moment.CLOS
        return Moment.A_VENIR if day < self.ouvre_le else Moment.OUVERT

    @property
    def moment(self) -> Moment:
        """Where it stands today."""
        return self.moment_on(horloge.today(self.espace))


class EnveloppeDAppel(models.Model):
    """A funder that a call asks for money, and how much it brings to it; the amount may not be said."""

    appel = models.ForeignKey(AppelAProjets, models.CASCADE, verbose_name="appel à projets", related_name="enveloppes")
    financeur = models.ForeignKey(Organisation, models.PROTECT, verbose_name="financeur", related_name="+")
    montant = amount("enveloppe de l’appel", null=True, blank=True)

    class Meta:
        verbose_name = "enveloppe d’appel"
        verbose_name_plural = "enveloppes d’appel"
        ordering = ["appel", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appel", "financeur"],
                name="enveloppe_d_appel_is_one_a_funder",
                violation_error_code="financeur",
                violation_error_message="Ce financeur est déjà dans cet appel.",
            ),
            models.CheckConstraint(
                name="enveloppe_d_appel_is_not_negative",
                condition=Q(montant=None) | Q(montant__gte=0),
                violation_error_code="montant",
                violation_error_message="Un montant n’est jamais négatif.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.financeur)

    @property
    def niveau(self) -> int:
        """Who reads it: those who read the call."""
        return self.appel.niveau


class PieceDAppel(models.Model):
    """A file given with a call: its rules, a model of budget."""

    appel = models.ForeignKey(AppelAProjets, models.CASCADE, verbose_name="appel à projets", related_name="pieces")
    titre = models.CharField("titre", max_length=200)
    fichier = models.FileField("fichier", upload_to=place, max_length=200)
    nom = models.CharField("nom du fichier", max_length=200)

    class Meta:
        verbose_name = "pièce d’appel"
        verbose_name_plural = "pièces d’appel"
        ordering = ["appel", "pk"]
        constraints = [
            models.CheckConstraint(
                name="piece_d_appel_has_a_title_and_a_file",
                condition=~Q(titre="") & ~Q(fichier="") & ~Q(nom=""),
                violation_error_code="fichier",
                violation_error_message="Donnez un fichier et son titre.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    @property
    def niveau(self) -> int:
        """Who reads it: those who read the call."""
        return self.appel.niveau
