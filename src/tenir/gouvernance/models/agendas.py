"""The personal feed of someone in a contract: one secret address, which she withdraws when she likes."""

import secrets

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat


class AgendaPersonnel(models.Model):
    """The address of a personal feed. What it says is read anew each time, by the rights that she then holds."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="+")
    personne = models.ForeignKey(Personne, models.CASCADE, verbose_name="personne", related_name="+")
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    fait_le = models.DateTimeField("donné le", default=horloge.now, editable=False)
    revoque_le = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "agenda personnel"
        verbose_name_plural = "agendas personnels"
        ordering = ["espace", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "personne"],
                condition=Q(revoque_le=None),
                name="agenda_personnel_is_open_once",
                violation_error_message="Cet agenda a déjà une adresse.",
            ),
        ]

    def __str__(self) -> str:
        return f"agenda personnel, {self.espace}"

    @property
    def code(self) -> str:
        """Its code in the trace."""
        return str(self.pk)
