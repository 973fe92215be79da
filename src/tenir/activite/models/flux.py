"""The address at which a calendar program reads what is to come in a place, or of a body."""

import secrets
from typing import Self

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat, of_contract

RIEN = Q(lieu=None)


class FluxDAgendaQuerySet(models.QuerySet["FluxDAgenda"]):
    """Feeds as the team asks for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract."""
        return of_contract(self, espace)

    def open(self) -> Self:
        """Those that open something."""
        return self.filter(revoque_le=None)


class FluxDAgenda(models.Model):
    """A feed of a place or of a body: its address is a secret, made of `alea` and of the secret of the site."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="flux_d_agenda")
    lieu = models.ForeignKey(Lieu, models.PROTECT, verbose_name="lieu", related_name="+", null=True, blank=True)
    organisme = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisme", related_name="+", null=True, blank=True
    )
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    fait_par = models.ForeignKey(Personne, models.PROTECT, verbose_name="donné par", related_name="+")
    fait_le = models.DateTimeField("donné le", default=horloge.now, editable=False)
    revoque_le = models.DateTimeField("retiré le", null=True, blank=True)

    objects = FluxDAgendaQuerySet.as_manager()

    class Meta:
        verbose_name = "flux d’agenda"
        ordering = ["espace", "pk"]
        constraints = [
            models.CheckConstraint(
                name="flux_of_a_place_or_of_a_body",
                condition=(RIEN & Q(organisme__isnull=False)) | (~RIEN & Q(organisme=None)),
                violation_error_message="Un flux d’agenda est celui d’un lieu, ou celui d’un organisme.",
            ),
            *(
                models.UniqueConstraint(
                    fields=["espace", field],
                    condition=Q(revoque_le=None, **{f"{field}__isnull": False}),
                    name=f"flux_is_open_once_for_{field}",
                    violation_error_message="Son flux d’agenda a déjà une adresse.",
                )
                for field in ("lieu", "organisme")
            ),
        ]

    def __str__(self) -> str:
        return str(self.lieu.nom if self.lieu else self.organisme)
