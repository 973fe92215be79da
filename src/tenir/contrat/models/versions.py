"""The versions of a signed contract, its document, and each load."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.source import parse_source
from tenir.habilitations.models import EspaceDeContrat, of_contract


class VersionDuContratQuerySet(models.QuerySet["VersionDuContrat"]):
    """The versions of contracts."""

    def en_vigueur(self, espace: EspaceDeContrat, on: date) -> "VersionDuContrat | None":
        """The version that binds on a day: the latest made among those already in force."""
        return self.filter(espace=espace, en_vigueur_le__lte=on).order_by("-numero").first()

    def of(self, espace: EspaceDeContrat) -> Self:
        """The versions of one contract, latest first."""
        return of_contract(self, espace).order_by("-numero")


class VersionDuContrat(models.Model):
    """A whole contract at a moment: the canonical file, in force from a date."""

    class Nature(models.TextChoices):
        INITIALE = "initiale", "texte initial"
        CORRECTION = "correction", "correction de transcription"
        AVENANT = "avenant", "avenant"

    espace = models.ForeignKey(EspaceDeContrat, models.PROTECT, verbose_name="espace", related_name="versions")
    numero = models.PositiveIntegerField("numéro")
    nature = models.CharField("nature", max_length=12, choices=Nature)
    en_vigueur_le = models.DateField("en vigueur le")
    motif = models.TextField("motif", blank=True)
    canonique = models.TextField("fichier contrat canonique")
    sha256 = models.CharField("empreinte", max_length=64)
    creee_le = models.DateTimeField("créée le", default=timezone.now, editable=False)

    objects = VersionDuContratQuerySet.as_manager()

    class Meta:
        verbose_name = "version du contrat"
        ordering = ["espace", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="version_du_contrat_number_is_unique",
                violation_error_message="Ce numéro de version existe déjà.",
            ),
            models.CheckConstraint(
                name="version_du_contrat_changes_say_why",
                condition=models.Q(nature="initiale") | ~models.Q(motif=""),
                violation_error_message="Une correction ou un avenant dit pourquoi.",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.numero}"


class DocumentSigne(models.Model):
    """The signed document attached to a contract. Its raw text is read through `normalise` only: names are masked."""

    espace = models.OneToOneField(EspaceDeContrat, models.CASCADE, verbose_name="espace", related_name="document_signe")
    texte = models.TextField("texte normalisé")
    sha256 = models.CharField("empreinte", max_length=64)
    noms_masques = models.TextField("passages masqués", blank=True)
    joint_le = models.DateTimeField("joint le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "document signé"

    def __str__(self) -> str:
        return f"document {self.sha256[:12]}"

    def normalise(self) -> DocumentNormalise:
        """The document as anyone may see it: names of persons masked."""
        return DocumentNormalise(self.texte, parse_source(self.noms_masques) if self.noms_masques else ())


class Chargement(models.Model):
    """One load of a contract file: when, by which command, which file, why, what it did. Never changed."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="espace", related_name="chargements")
    version = models.ForeignKey(
        VersionDuContrat, models.PROTECT, verbose_name="version", related_name="chargements", null=True
    )
    le = models.DateTimeField("le", default=timezone.now, editable=False)
    commande = models.TextField("commande")
    sha256 = models.CharField("empreinte du fichier", max_length=64)
    motif = models.TextField("motif", blank=True)
    resume = models.JSONField("résumé", default=dict)

    class Meta:
        verbose_name = "chargement"
        ordering = ["-le", "-pk"]

    def __str__(self) -> str:
        return f"chargement du {self.le:%d/%m/%Y}"


class CodeRetire(models.Model):
    """A code that no longer serves, and where it leads now."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="espace", related_name="codes_retires")
    code = models.CharField("code", max_length=40)
    remplace_par = models.CharField("remplacé par", max_length=40, blank=True)
    motif = models.TextField("motif", blank=True)

    class Meta:
        verbose_name = "code retiré"
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "code"],
                name="code_retire_is_retired_once",
                violation_error_message="Ce code est déjà retiré.",
            )
        ]

    def __str__(self) -> str:
        return self.code
