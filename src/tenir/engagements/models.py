"""The life of a promise: where it stands, how it will be judged, what proves it."""

import secrets
from datetime import date
from pathlib import PurePath
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.models import ActionPrevue, Engagement, Indicateur
from tenir.core import horloge
from tenir.ecran.mots import UNDECLARED
from tenir.engagements.enums import EXPLAINED, SETTLED, EtatDEngagement
from tenir.habilitations.models import EspaceDeContrat, of_contract


class SuiviDEngagementQuerySet(models.QuerySet["SuiviDEngagement"]):
    """Promises as the team asks for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """The promises in force of one contract, in the order of the contract."""
        return of_contract(self, espace).filter(engagement__retire=False).order_by("engagement__ordre")

    def awaited(self) -> Self:
        """Those that are not settled."""
        return self.exclude(etat__in=SETTLED)

    def late(self, on: date) -> Self:
        """Those awaited before that day."""
        return self.awaited().filter(attendu_pour__lt=on)

    def undeclared(self) -> Self:
        """Those of which nobody declared anything."""
        return self.filter(etat="")


class SuiviDEngagement(models.Model):
    """What becomes of one promise of a signatory. It hangs on the promise's row, which keeps its code.

    An empty `etat`: nobody declared any. `attendu_cette_annee` is what the team expects of the signatory this year.
    """

    EMPTY_MEANS: ClassVar[dict[str, str]] = {"etat": UNDECLARED}

    espace = models.ForeignKey(
        EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="engagements_suivis"
    )
    engagement = models.OneToOneField(Engagement, models.PROTECT, verbose_name="engagement", related_name="suivi")
    version = models.PositiveIntegerField("version", default=1)
    ouvert_le = models.DateField("suivi depuis le")
    etat = models.CharField("état", max_length=20, choices=EtatDEngagement, blank=True)
    etat_depuis = models.DateField("état depuis le", null=True, blank=True)
    motif = models.TextField("raison de l’état", max_length=500, blank=True)
    jugement = models.TextField("comment on jugera", max_length=500, blank=True)
    attendu_pour = models.DateField("attendu pour le", null=True, blank=True)
    attendu_cette_annee = models.TextField("attendu cette année", max_length=500, blank=True)
    difficultes = models.TextField("difficultés", max_length=2000, blank=True)
    derniere_nouvelle_le = models.DateField("dernière nouvelle le", null=True, blank=True, editable=False)
    actions = models.ManyToManyField(
        ActionPrevue, verbose_name="actions liées", related_name="engagements_lies", blank=True
    )
    indicateurs = models.ManyToManyField(
        Indicateur, verbose_name="indicateurs liés", related_name="engagements_lies", blank=True
    )

    objects = SuiviDEngagementQuerySet.as_manager()

    class Meta:
        verbose_name = "suivi d’engagement"
        ordering = ["espace", "engagement"]
        indexes = [models.Index(fields=["espace", "etat"], name="engagement_in_a_state")]
        constraints = [
            models.CheckConstraint(
                name="suivi_d_engagement_state_is_known",
                condition=Q(etat="") | Q(etat__in=EtatDEngagement.values),
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                name="suivi_d_engagement_says_why",
                condition=~Q(etat__in=EXPLAINED) | ~Q(motif=""),
                violation_error_code="motif",
                violation_error_message="Dites pourquoi l’engagement n’est pas tenu, ne l’est qu’en partie, "
                "ou est sans objet.",
            ),
            models.CheckConstraint(
                name="suivi_d_engagement_state_has_its_day",
                condition=Q(etat="", etat_depuis=None) | (~Q(etat="") & Q(etat_depuis__isnull=False)),
                violation_error_message="Un état déclaré l’est depuis un jour dit.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engagement.code} {self.engagement.titre}"

    @property
    def code(self) -> str:
        """The code of its promise."""
        return self.engagement.code

    def is_late(self, on: date) -> bool:
        """Whether it was awaited before that day and is not settled, as `SuiviDEngagementQuerySet.late`."""
        return self.etat not in SETTLED and self.attendu_pour is not None and self.attendu_pour < on


class NouvelleDEngagement(models.Model):
    """News of a promise, on a day, by someone for a body. Never changed: another one corrects it."""

    suivi = models.ForeignKey(
        SuiviDEngagement, models.CASCADE, verbose_name="suivi d’engagement", related_name="nouvelles"
    )
    le = models.DateField("le")
    texte = models.TextField("nouvelle", max_length=2000)
    auteur = models.ForeignKey(Personne, models.PROTECT, verbose_name="donnée par", related_name="+", null=True)
    pour = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="pour l’organisme", related_name="+", null=True, blank=True
    )
    enregistree_le = models.DateTimeField("enregistrée le", default=horloge.now, editable=False)

    class Meta:
        verbose_name = "nouvelle d’engagement"
        ordering = ["-le", "-pk"]
        indexes = [models.Index(fields=["suivi", "-le"], name="nouvelle_of_an_engagement")]
        constraints = [
            models.CheckConstraint(
                name="nouvelle_d_engagement_says_something",
                condition=~Q(texte=""),
                violation_error_message="Écrivez la nouvelle.",
            )
        ]

    def __str__(self) -> str:
        return f"nouvelle du {self.le:%d/%m/%Y}"


def place(preuve: "PreuveDEngagement", name: str) -> str:
    """Where a file is kept: by its promise, under a name drawn at random; the name it came with is `nom`."""
    return f"engagements/{preuve.suivi_id}/{secrets.token_hex(16)}{PurePath(name).suffix.lower()}"


class PreuveDEngagement(models.Model):
    """What proves a promise: a file, a link, or a figure with its source."""

    suivi = models.ForeignKey(
        SuiviDEngagement, models.CASCADE, verbose_name="suivi d’engagement", related_name="preuves"
    )
    titre = models.CharField("titre", max_length=200)
    lien = models.URLField("lien", max_length=500, blank=True)
    fichier = models.FileField("fichier", upload_to=place, max_length=200, blank=True)
    nom = models.CharField("nom du fichier", max_length=200, blank=True)
    chiffre = models.CharField("chiffre", max_length=100, blank=True)
    source = models.CharField("source du chiffre", max_length=200, blank=True)
    ajoutee_le = models.DateTimeField("ajoutée le", default=horloge.now, editable=False)
    ajoutee_par = models.ForeignKey(Personne, models.PROTECT, verbose_name="ajoutée par", related_name="+", null=True)

    class Meta:
        verbose_name = "preuve d’engagement"
        ordering = ["suivi", "-ajoutee_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="preuve_d_engagement_is_one_thing",
                condition=(~Q(lien="") & Q(fichier="", chiffre=""))
                | (~Q(fichier="") & Q(lien="", chiffre=""))
                | (~Q(chiffre="") & Q(lien="", fichier="")),
                violation_error_code="lien",
                violation_error_message="Donnez un fichier, un lien ou un chiffre : un seul des trois.",
            ),
            models.CheckConstraint(
                name="preuve_d_engagement_figure_has_its_source",
                condition=Q(chiffre="") | ~Q(source=""),
                violation_error_code="source",
                violation_error_message="Un chiffre ne va jamais seul : donnez sa source.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre
