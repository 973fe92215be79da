"""The documents and links of a fiche."""

import secrets
from pathlib import PurePath

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.habilitations.niveaux import Niveau

NIVEAUX = [(Niveau.PUBLIC.value, "tout le monde"), (Niveau.PARTENAIRES.value, "les partenaires du contrat"),
           (Niveau.EQUIPE.value, "l’équipe, et qui porte l’action")]  # fmt: skip


def place(piece: "PieceDeFiche", name: str) -> str:
    """Where a file is kept: by its fiche, under a name drawn at random; the name it came with is `nom`."""
    return f"fiches/{piece.fiche_id}/{secrets.token_hex(16)}{PurePath(name).suffix.lower()}"


class PieceDeFiche(models.Model):
    """A file or a link, and who may open it."""

    fiche = models.ForeignKey("FicheAction", models.CASCADE, verbose_name="fiche action", related_name="pieces")
    titre = models.CharField("titre", max_length=200)
    lien = models.URLField("lien", max_length=500, blank=True)
    fichier = models.FileField("fichier", upload_to=place, max_length=200, blank=True)
    nom = models.CharField("nom du fichier", max_length=200, blank=True)
    niveau = models.PositiveSmallIntegerField("qui peut l’ouvrir", choices=NIVEAUX, default=Niveau.PARTENAIRES)
    ajoutee_le = models.DateTimeField("ajoutée le", default=horloge.now, editable=False)
    ajoutee_par = models.ForeignKey(Personne, models.PROTECT, verbose_name="ajoutée par", related_name="+", null=True)

    class Meta:
        verbose_name = "pièce de fiche"
        ordering = ["fiche", "-ajoutee_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="piece_de_fiche_is_a_file_or_a_link",
                condition=(Q(lien="") & ~Q(fichier="")) | (~Q(lien="") & Q(fichier="")),
                violation_error_code="fichier",
                violation_error_message="Donnez un fichier ou un lien, pas les deux.",
            ),
            models.CheckConstraint(
                name="piece_de_fiche_level_is_known",
                condition=Q(niveau__in=[niveau.value for niveau in Niveau]),
                violation_error_message="Dites qui peut ouvrir cette pièce.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre
