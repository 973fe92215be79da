"""What the council works with: its files, and the means it is given."""

import secrets
from pathlib import PurePath
from typing import Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation, Personne
from tenir.conseil.enums import GenreDeMoyen, GenreDePiece
from tenir.core import horloge
from tenir.gouvernance.models import Reunion
from tenir.habilitations.models import EspaceDeContrat, of_contract


def place(piece: "PieceDuConseil", name: str) -> str:
    """Where a file is kept: by its contract, under a name drawn at random; the name it came with is `nom`."""
    return f"conseil/{piece.espace_id}/{secrets.token_hex(16)}{PurePath(name).suffix.lower()}"


class PieceDuConseilQuerySet(models.QuerySet["PieceDuConseil"]):
    """Files as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with their meeting."""
        return of_contract(self, espace).select_related("espace", "reunion__instance__instance")

    def shared(self) -> Self:
        """Those of every contract of the site that their council shares, with their contract."""
        return self.filter(partagee=True).select_related("espace")


class PieceDuConseil(models.Model):
    """A file or a link of the council: what it reads before a meeting, its own minutes, what another council does."""

    espace = models.ForeignKey(
        EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="pieces_du_conseil"
    )
    genre = models.CharField("sorte", max_length=12, choices=GenreDePiece)
    titre = models.CharField("titre", max_length=200)
    reunion = models.ForeignKey(
        Reunion, models.SET_NULL, verbose_name="pour la réunion", related_name="+", null=True, blank=True
    )
    lien = models.URLField("lien", max_length=500, blank=True)
    fichier = models.FileField("fichier", upload_to=place, max_length=200, blank=True)
    nom = models.CharField("nom du fichier", max_length=200, blank=True)
    partagee = models.BooleanField("partagée avec les autres conseils", default=False)
    ajoutee_le = models.DateTimeField("ajoutée le", default=horloge.now, editable=False)
    ajoutee_par = models.ForeignKey(Personne, models.PROTECT, verbose_name="ajoutée par", related_name="+", null=True)

    objects = PieceDuConseilQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce du conseil"
        verbose_name_plural = "pièces du conseil"
        ordering = ["espace", "-ajoutee_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="piece_du_conseil_is_a_file_or_a_link",
                condition=(Q(lien="") & ~Q(fichier="")) | (~Q(lien="") & Q(fichier="")),
                violation_error_code="fichier",
                violation_error_message="Donnez un fichier ou un lien, pas les deux.",
            ),
            models.CheckConstraint(
                name="piece_du_conseil_has_a_title",
                condition=~Q(titre=""),
                violation_error_code="titre",
                violation_error_message="Donnez un titre que tout le monde comprend.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre


class MoyenDuConseil(models.Model):
    """A means given to the council: a room, a budget, someone who runs its meetings; by whom, from when to when."""

    espace = models.ForeignKey(
        EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="moyens_du_conseil"
    )
    genre = models.CharField("sorte", max_length=10, choices=GenreDeMoyen)
    description = models.CharField("ce qui est donné", max_length=200)
    montant = models.DecimalField("montant en euros", max_digits=12, decimal_places=2, null=True, blank=True)
    organisme = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="donné par", related_name="+", null=True, blank=True
    )
    du = models.DateField("depuis le")
    au = models.DateField("prend fin le", null=True, blank=True)

    class Meta:
        verbose_name = "moyen du conseil"
        verbose_name_plural = "moyens du conseil"
        ordering = ["espace", "-du", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="moyen_du_conseil_says_something",
                condition=~Q(description=""),
                violation_error_code="description",
                violation_error_message="Dites ce qui est donné au conseil.",
            ),
            models.CheckConstraint(
                name="moyen_du_conseil_amount_is_positive",
                condition=Q(montant=None) | Q(montant__gt=0),
                violation_error_code="montant",
                violation_error_message="Un montant est plus grand que zéro.",
            ),
            models.CheckConstraint(
                name="moyen_du_conseil_runs_forward",
                condition=Q(au=None) | Q(au__gt=F("du")),
                violation_error_code="au",
                violation_error_message="Un moyen prend fin après avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return self.description
