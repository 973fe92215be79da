"""The door of a meeting: one link for the day, shown as a code to photograph, by which each body says it is there."""

import secrets

from django.db import models

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.gouvernance.models.reunions import Reunion
from tenir.habilitations.models import EspaceDeContrat


class PorteDeReunion(models.Model):
    """The link of a door. Its secret changes when the team asks: the code printed before opens nothing any more."""

    reunion = models.OneToOneField(Reunion, models.CASCADE, verbose_name="réunion", related_name="porte")
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    ouverte_par = models.ForeignKey(Personne, models.PROTECT, verbose_name="ouverte par", related_name="+")
    ouverte_le = models.DateTimeField("ouverte le", default=horloge.now, editable=False)

    class Meta:
        verbose_name = "porte de réunion"
        verbose_name_plural = "portes de réunion"
        ordering = ["reunion"]

    def __str__(self) -> str:
        return f"porte, {self.reunion}"

    @property
    def espace(self) -> EspaceDeContrat:
        """The contract."""
        return self.reunion.espace

    @property
    def code(self) -> str:
        """Its code in the trace: that of its meeting."""
        return str(self.reunion_id)
