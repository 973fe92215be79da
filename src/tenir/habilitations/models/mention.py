"""Where free texts still name someone who was erased, until somebody takes the name off."""

from django.db import models

from tenir.acteurs.models import Personne
from tenir.core import horloge


class Mention(models.Model):
    """A text that named a person when she was erased: its place, never what it says of her.

    `modele`, `cle`, `champ`: the column of one row. `empreinte` is the SHA-256 of the whole text: changed since, it is
    no more what was found. `passages`: where in it she is named, [[start, end], …]; none when it cannot be told.
    """

    personne = models.ForeignKey(Personne, models.CASCADE, verbose_name="personne", related_name="mentions")
    modele = models.CharField("modèle", max_length=100)
    cle = models.CharField("numéro de la ligne", max_length=100)
    champ = models.CharField("champ", max_length=100)
    empreinte = models.CharField("empreinte du texte", max_length=64)
    passages = models.JSONField("passages", default=list)
    le = models.DateTimeField("trouvée le", default=horloge.now, editable=False)

    class Meta:
        verbose_name = "mention"
        ordering = ["personne", "modele", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "modele", "cle", "champ"],
                name="mention_is_noted_once",
                violation_error_message="Cette mention est déjà notée.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.modele} n° {self.cle}, {self.champ}"
