"""The statements of all signatories, sent in one gesture: the gesture, and what each signatory was given."""

import secrets
from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.models import Signataire
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat

VALIDITE = timedelta(days=60)
"""How long the link of a statement opens it."""


class EnvoiDesEtats(models.Model):
    """One gesture that gives every signatory the statement of its promises; once a day, unless it was stopped.

    Messages leave at `part_le`; until then the gesture may be stopped (`arrete_le`).
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="envois_des_etats")
    le = models.DateField("le")
    mot = models.TextField("mot de l’équipe", max_length=1500, blank=True)
    cree_le = models.DateTimeField("demandé le", default=horloge.now, editable=False)
    cree_par = models.ForeignKey(Personne, models.PROTECT, verbose_name="demandé par", related_name="+")
    part_le = models.DateTimeField("part le")
    arrete_le = models.DateTimeField("arrêté le", null=True, blank=True)

    class Meta:
        verbose_name = "envoi des états"
        ordering = ["espace", "-cree_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "le"],
                condition=Q(arrete_le=None),
                name="envoi_des_etats_leaves_once_a_day",
                violation_error_message="Les états sont déjà envoyés aujourd’hui.",
            ),
            models.CheckConstraint(
                name="envoi_des_etats_leaves_later",
                condition=Q(part_le__gte=F("cree_le")),
                violation_error_message="L’envoi part avant d’être demandé.",
            ),
        ]

    def __str__(self) -> str:
        return f"états du {self.le:%d/%m/%Y}"


class EtatRemis(models.Model):
    """The statement of one signatory, to one person; or why it is given to nobody (`raison`).

    Its link is made of `alea` and of the secret of the site. `accuse_le`: she said that she has it.
    """

    envoi = models.ForeignKey(EnvoiDesEtats, models.CASCADE, verbose_name="envoi", related_name="remises")
    signataire = models.ForeignKey(Signataire, models.CASCADE, verbose_name="signataire", related_name="etats_remis")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisme", related_name="+", null=True, blank=True
    )
    personne = models.ForeignKey(
        Personne, models.PROTECT, verbose_name="remis à", related_name="etats_remis", null=True, blank=True
    )
    raison = models.CharField("pourquoi il n’est remis à personne", max_length=300, blank=True)
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    expire_le = models.DateTimeField("lien valable jusqu’au")
    revoque_le = models.DateTimeField("lien révoqué le", null=True, blank=True)
    accuse_le = models.DateTimeField("bien reçu le", null=True, blank=True)

    class Meta:
        verbose_name = "état remis"
        ordering = ["envoi", "signataire__ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["envoi", "signataire"],
                name="etat_remis_once_a_signatory",
                violation_error_message="L’état de ce signataire est déjà remis.",
            ),
            models.CheckConstraint(
                name="etat_remis_to_someone_or_says_why_not",
                condition=Q(personne=None) & ~Q(raison="") | Q(personne__isnull=False, raison=""),
                violation_error_message="Un état est remis à quelqu’un, ou l’on dit pourquoi il ne l’est pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signataire}, {self.envoi}"
