"""Exploratory walks: a route, its stops, what is seen at each, what the next walk finds there."""

import secrets
from pathlib import PurePosixPath
from typing import Self

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.habilitations.niveaux import Niveau
from tenir.marches.enums import OPEN, Categorie, EtatDArret, EtatDeMarche, Evolution, Urgence
from tenir.preconisations.models import Preconisation

CONSTAT = 500
"""The longest account of what is seen, and of what was done."""


class MarcheQuerySet(models.QuerySet["Marche"]):
    """Walks as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with who leads them and the walk they follow."""
        return of_contract(self, espace).select_related("espace", "conduite_par", "suite_de")

    def public(self) -> Self:
        """Those that the team published."""
        return self.filter(etat=EtatDeMarche.PUBLIEE)


class Marche(models.Model):
    """A walk through a quarter with those who live there. `suite_de`: the walk whose stops it sees again."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="marches")
    numero = models.PositiveIntegerField("numéro")
    titre = models.CharField("titre", max_length=200)
    jour = models.DateField("jour")
    conduite_par = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="conduite par", related_name="marches_conduites"
    )
    suite_de = models.ForeignKey(
        "self", models.PROTECT, verbose_name="à la suite de", related_name="suites", null=True, blank=True
    )
    etat = models.CharField("état", max_length=10, choices=EtatDeMarche, default=EtatDeMarche.INTERNE)
    version = models.PositiveIntegerField("version", default=1)

    objects = MarcheQuerySet.as_manager()

    class Meta:
        verbose_name = "marche"
        ordering = ["espace", "-jour", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="marche_has_a_number_of_its_own",
                violation_error_message="Ce numéro de marche est déjà donné.",
            ),
            models.CheckConstraint(
                name="marche_has_a_title",
                condition=~Q(titre=""),
                violation_error_code="titre",
                violation_error_message="Dites où passe cette marche.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    @property
    def code(self) -> str:
        """Its code on pages and in the trace."""
        return f"M{self.numero}"

    @property
    def niveau(self) -> int:
        """Who reads it: anyone once it is published, the partners of the contract before."""
        return Niveau.PUBLIC if self.etat == EtatDeMarche.PUBLIEE else Niveau.PARTENAIRES


def place(arret: "Arret", name: str) -> str:
    """Where a photograph is kept: by its walk, under a name drawn at random."""
    return f"marches/{arret.marche_id}/{secrets.token_hex(16)}.jpg"


class ArretQuerySet(models.QuerySet["Arret"]):
    """Stops as pages ask for them."""

    def of(self, marche: Marche) -> Self:
        """Those of one walk, in the order of its route, with what each is compared with."""
        found = self.filter(marche=marche).select_related(
            "marche__espace", "organisme", "preconisation__espace", "repris__marche"
        )
        return found.order_by("rang", "pk")

    def open(self) -> Self:
        """Those where something is still to be done."""
        return self.filter(etat__in=OPEN)


class Arret(models.Model):
    """A stop of a walk: a place, what is seen there, how urgent, who can act, what was done.

    `repris`: the same place in the walk before, and `evolution` what has become of it since; nothing while nobody saw
    it again. `photo` shows nobody, and the team says of each whether anyone may see it.
    """

    marche = models.ForeignKey(Marche, models.CASCADE, verbose_name="marche", related_name="arrets")
    rang = models.PositiveSmallIntegerField("rang dans l’itinéraire", default=1)
    lieu = models.CharField("lieu", max_length=200)
    categorie = models.CharField("sujet", max_length=12, choices=Categorie)
    urgence = models.PositiveSmallIntegerField("urgence", choices=Urgence, default=Urgence.ATTENDRE)
    constat = models.TextField("ce que l’on y voit", max_length=CONSTAT, blank=True)
    organisme = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="qui peut agir", related_name="+", null=True, blank=True
    )
    etat = models.CharField("état", max_length=10, choices=EtatDArret, default=EtatDArret.SIGNALE)
    suite = models.TextField("ce qui a été fait", max_length=CONSTAT, blank=True)
    repris = models.OneToOneField(
        "self", models.PROTECT, verbose_name="vu à la marche d’avant", related_name="revu", null=True, blank=True
    )
    evolution = models.CharField("depuis la marche d’avant", max_length=10, choices=Evolution, blank=True)
    preconisation = models.OneToOneField(
        Preconisation, models.PROTECT, verbose_name="préconisation", related_name="arret", null=True, blank=True
    )
    photo = models.FileField("photographie", upload_to=place, max_length=200, blank=True)
    photo_publique = models.BooleanField("photographie visible de tous", default=False)
    version = models.PositiveIntegerField("version", default=1)

    objects = ArretQuerySet.as_manager()

    class Meta:
        verbose_name = "arrêt"
        ordering = ["marche", "rang", "pk"]
        constraints = [
            models.CheckConstraint(
                name="arret_has_a_rank",
                condition=Q(rang__gte=1, rang__lte=999),
                violation_error_code="rang",
                violation_error_message="Un rang va de 1 à 999.",
            ),
            models.CheckConstraint(
                name="arret_has_a_place",
                condition=~Q(lieu=""),
                violation_error_code="lieu",
                violation_error_message="Dites le lieu.",
            ),
            models.CheckConstraint(
                name="arret_says_what_is_seen",
                condition=~Q(constat="") | Q(repris__isnull=False),
                violation_error_code="constat",
                violation_error_message="Dites ce que l’on y voit.",
            ),
            models.CheckConstraint(
                name="arret_without_follow_up_says_why",
                condition=~Q(etat=EtatDArret.SANS_SUITE.value) | ~Q(suite=""),
                violation_error_code="suite",
                violation_error_message="Dites pourquoi rien n’est fait.",
            ),
            models.CheckConstraint(
                name="arret_evolves_from_the_walk_before",
                condition=Q(evolution="") | Q(repris__isnull=False),
                violation_error_code="evolution",
                violation_error_message="Cet arrêt n’était pas dans la marche d’avant.",
            ),
            models.CheckConstraint(
                name="arret_found_settled_is_settled",
                condition=~Q(evolution=Evolution.REGLE.value) | Q(etat=EtatDArret.REGLE.value),
                violation_error_code="etat",
                violation_error_message="Ce qui est trouvé réglé est réglé.",
            ),
            models.CheckConstraint(
                name="arret_shows_a_photograph_it_has",
                condition=Q(photo_publique=False) | ~Q(photo=""),
                violation_error_code="photo_publique",
                violation_error_message="Cet arrêt n’a pas de photographie.",
            ),
        ]

    def __str__(self) -> str:
        return self.lieu

    @property
    def niveau(self) -> int:
        """Who reads it: those who read its walk."""
        return self.marche.niveau

    @property
    def signature_de_la_photo(self) -> str:
        """A few signs that another photograph would change, as an act carries what was seen."""
        return f"photographie {PurePosixPath(self.photo.name).stem[:6]}" if self.photo.name else ""

    @property
    def niveau_de_la_photo(self) -> int:
        """Who sees its photograph: anyone where the team said so of a published walk."""
        return self.marche.niveau if self.photo_publique else Niveau.PARTENAIRES
