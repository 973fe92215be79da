"""The gestures that may still be undone: what each wrote, kept for a while beside the trace, which is the history."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Personne
from tenir.habilitations.models import EspaceDeContrat


class GesteQuerySet(models.QuerySet["Geste"]):
    """Gestures by what may still be done about them."""

    def undoable(self, now: datetime) -> Self:
        """Those that may still be undone, the latest first."""
        return self.filter(expire_le__gt=now, annule_le=None, definitif="").order_by("-pk")

    def over(self, now: datetime) -> Self:
        """Those whose minutes are over."""
        return self.filter(expire_le__lte=now)


class Geste(models.Model):
    """What one person did at once, in one sentence; it is undone until `expire_le`, fixed when it is made.

    `lot`: it changed several things, and may be undone for some alone. `definitif`: why it is never undone, if it is
    not. `faits`: what the trace was told of it (kind, object, field, before, after).
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="+")
    par = models.ForeignKey(Personne, models.PROTECT, verbose_name="fait par", related_name="+")
    le = models.DateTimeField("fait le")
    expire_le = models.DateTimeField("s’annule jusqu’à")
    phrase = models.TextField("geste")
    lot = models.BooleanField("sur plusieurs choses", default=False)
    definitif = models.TextField("pourquoi il ne s’annule pas", blank=True)
    faits = models.JSONField("faits", default=list)
    annule_le = models.DateTimeField("annulé le", null=True, blank=True)
    annule_par = models.ForeignKey(
        Personne, models.PROTECT, verbose_name="annulé par", related_name="+", null=True, blank=True
    )

    objects = GesteQuerySet.as_manager()

    class Meta:
        verbose_name = "geste"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["espace", "expire_le"], name="geste_to_undo")]
        constraints = [
            models.CheckConstraint(
                name="geste_undone_by_someone",
                condition=Q(annule_le=None, annule_par=None) | Q(annule_le__isnull=False, annule_par__isnull=False),
                violation_error_message="Un geste annulé l’est par quelqu’un.",
            )
        ]

    def __str__(self) -> str:
        return self.phrase


class LigneDeGeste(models.Model):
    """One row that a gesture wrote or read to write: its values before (none: it made it) and after (none: removed it).

    `genre`, `objet`, `titre`: the thing it belongs to, as the trace and the screen name it; `droit`: the right that
    changes this thing, whose row is `chose`. What was undone is `annulee`.
    """

    geste = models.ForeignKey(Geste, models.CASCADE, verbose_name="geste", related_name="lignes")
    genre = models.TextField("genre d’objet")
    objet = models.TextField("objet")
    titre = models.TextField("titre")
    droit = models.CharField("droit", max_length=50)
    chose = models.CharField("modèle de la chose", max_length=100)
    numero_de_chose = models.BigIntegerField("numéro de la chose")
    modele = models.CharField("modèle", max_length=100)
    numero = models.BigIntegerField("numéro")
    avant = models.JSONField("avant", null=True)
    apres = models.JSONField("après", null=True)
    annulee = models.BooleanField("annulée", default=False)

    class Meta:
        verbose_name = "ligne de geste"
        ordering = ["geste", "pk"]
        indexes = [
            models.Index(fields=["modele", "numero"], name="geste_on_a_row"),
            models.Index(fields=["genre", "objet"], name="geste_on_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.modele} n° {self.numero}"

    @property
    def change(self) -> bool:
        """Whether the gesture changed this row; otherwise it only leaned on it."""
        return bool(self.avant != self.apres)
