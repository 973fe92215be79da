"""The draft of a contract file, and what was done to it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Personne
from tenir.contrat.models import DocumentSigne, VersionDuContrat
from tenir.fichier.document import DocumentNormalise
from tenir.habilitations.models import EspaceDeContrat, of_contract

if TYPE_CHECKING:
    from tenir.fichier.modeles import ContratDeVille

OUVERTS = ("en-cours", "signe")
"""The states of a draft that is not over."""


class BrouillonQuerySet(models.QuerySet["Brouillon"]):
    """Drafts of contracts."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """The drafts of one contract, the latest first."""
        return of_contract(self, espace).order_by("-pk")

    def ouverts(self) -> Self:
        """Those that are not over: one at most in a contract."""
        return self.filter(etat__in=OUVERTS)


class Brouillon(models.Model):
    """A contract file in preparation: a contract to sign, a correction of transcription or an avenant.

    `contrat`: the file as plain data, which `lire` checks by its models. `doutes`: by code, what the reader was not
    sure of; `raisons`: by line, why it found no place. `gabarit`: what was said of its layout; `relecture`: what is
    understood by a layout that was told since, until someone accepts it.
    `base`: the version that it changes. `revision` grows with each gesture.
    """

    class Objet(models.TextChoices):
        CONTRAT = "contrat", "contrat à signer"
        CORRECTION = "correction", "correction de transcription"
        AVENANT = "avenant", "avenant"

    class Etat(models.TextChoices):
        EN_COURS = "en-cours", "en préparation"
        SIGNE = "signe", "signé, en vigueur plus tard"
        VERSE = "verse", "en vigueur"
        ABANDONNE = "abandonne", "abandonné"

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="brouillons")
    objet = models.CharField("objet", max_length=12, choices=Objet, default=Objet.CONTRAT)
    etat = models.CharField("état", max_length=12, choices=Etat, default=Etat.EN_COURS)
    contrat = models.JSONField("fichier contrat", default=dict)
    base = models.ForeignKey(
        VersionDuContrat, models.PROTECT, verbose_name="version changée", related_name="+", null=True, blank=True
    )
    doutes = models.JSONField("doutes", default=dict, blank=True)
    raisons = models.JSONField("lignes sans place, et pourquoi", default=dict, blank=True)
    gabarit = models.JSONField("mise en page, par l’exemple", default=dict, blank=True)
    relecture = models.JSONField("nouvelle lecture, à accepter", default=dict, blank=True)
    revision = models.PositiveIntegerField("révision", default=0, editable=False)
    titre = models.CharField("titre de l’acte", max_length=200, blank=True)
    decision = models.TextField("décision", blank=True)
    motif = models.TextField("motif", blank=True)
    signe_le = models.DateField("signé le", null=True, blank=True)
    en_vigueur_le = models.DateField("en vigueur le", null=True, blank=True)
    ouvert_par = models.ForeignKey(
        Personne, models.PROTECT, verbose_name="ouvert par", related_name="+", null=True, blank=True
    )
    ouvert_le = models.DateTimeField("ouvert le")
    fini_le = models.DateTimeField("fini le", null=True, blank=True)

    objects = BrouillonQuerySet.as_manager()

    class Meta:
        verbose_name = "brouillon"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace"],
                condition=Q(etat__in=OUVERTS),
                name="brouillon_one_open_in_a_contract",
                violation_error_message="Un texte est déjà en préparation pour ce contrat : finissez-le d’abord.",
            ),
            models.CheckConstraint(
                name="brouillon_changes_a_version",
                condition=Q(objet="contrat", base=None) | (~Q(objet="contrat") & Q(base__isnull=False)),
                violation_error_message="Une correction ou un avenant change un texte en vigueur.",
            ),
            models.CheckConstraint(
                name="brouillon_waits_for_a_day",
                condition=~Q(etat="signe") | Q(objet="avenant", signe_le__isnull=False, en_vigueur_le__isnull=False),
                violation_error_message="Un avenant signé dit quand il a été signé, et quand il entre en vigueur.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre or self.get_objet_display()

    @property
    def ouvert(self) -> bool:
        """Whether it is not over."""
        return self.etat in OUVERTS

    @property
    def modifiable(self) -> bool:
        """Whether it may still be changed."""
        return self.etat == self.Etat.EN_COURS

    def lire(self) -> "ContratDeVille":
        """The contract file as its models read it; they are slow to start."""
        from tenir.fichier.modeles import ContratDeVille

        return ContratDeVille.model_validate(self.contrat)

    def document(self, contrat: "ContratDeVille") -> DocumentNormalise | None:
        """The document that a contract file expects, names of persons masked; none while it is not here."""
        if contrat.document is None:
            return None
        digest, spans = contrat.document.sha256, contrat.spans_of_names
        for rows in (self.documents.filter(sha256=digest), DocumentSigne.objects.filter(espace=self.espace_id)):
            if found := rows.filter(sha256=digest).values_list("texte", flat=True).first():
                return DocumentNormalise(found, spans)
        return None


class DocumentDepose(models.Model):
    """A document that was dropped: its normalised text, names of persons included, shown through `Brouillon.document`
    alone. `lu`: as it was read, with what typography says of each line. A draft shows the one that its file expects."""

    brouillon = models.ForeignKey(Brouillon, models.CASCADE, verbose_name="brouillon", related_name="documents")
    nom = models.CharField("nom du fichier", max_length=200)
    sha256 = models.CharField("empreinte", max_length=64)
    texte = models.TextField("texte normalisé")
    lu = models.JSONField("document tel que lu", default=dict)
    remarques = models.JSONField("remarques de lecture", default=list, blank=True)
    depose_le = models.DateTimeField("déposé le")

    class Meta:
        verbose_name = "document déposé"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["brouillon", "sha256"],
                name="document_depose_once_in_a_draft",
                violation_error_message="Ce document est déjà là.",
            )
        ]

    def __str__(self) -> str:
        return self.nom


class GesteDAtelier(models.Model):
    """One change of a draft: who, when, what in French, and what it wrote, before and after. Never deleted.

    `codes`: the items that it is about. `annule`: the gesture that this one undoes, itself one that may be undone.
    """

    brouillon = models.ForeignKey(Brouillon, models.CASCADE, verbose_name="brouillon", related_name="gestes")
    revision = models.PositiveIntegerField("révision")
    par = models.ForeignKey(Personne, models.PROTECT, verbose_name="fait par", related_name="+")
    le = models.DateTimeField("fait le")
    phrase = models.TextField("geste")
    codes = models.TextField("éléments", blank=True)
    ecarts = models.JSONField("avant et après", default=dict)
    annule = models.OneToOneField(
        "self", models.PROTECT, verbose_name="annule", related_name="annule_par", null=True, blank=True
    )

    class Meta:
        verbose_name = "geste d’atelier"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["brouillon", "revision"],
                name="geste_d_atelier_one_by_revision",
                violation_error_message="Quelqu’un d’autre vient d’écrire dans ce texte : recommencez.",
            )
        ]

    def __str__(self) -> str:
        return self.phrase


class Accord(models.Model):
    """Where one signatory stands with an avenant: what it decided, and when it signed."""

    class Etat(models.TextChoices):
        ATTENDU = "attendu", "pas encore dit"
        DECIDE = "decide", "décidé, pas encore signé"
        SIGNE = "signe", "signé"
        REFUSE = "refuse", "refusé"

    brouillon = models.ForeignKey(Brouillon, models.CASCADE, verbose_name="brouillon", related_name="accords")
    signataire = models.CharField("code du signataire", max_length=40)
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.ATTENDU)
    le = models.DateField("le", null=True, blank=True)
    decision = models.CharField("décision", max_length=200, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    class Meta:
        verbose_name = "accord"
        ordering = ["brouillon", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["brouillon", "signataire"],
                name="accord_one_by_signatory",
                violation_error_message="L’accord de ce signataire est déjà dit.",
            ),
            models.CheckConstraint(
                name="accord_said_has_its_day",
                condition=Q(etat="attendu") | Q(le__isnull=False),
                violation_error_message="Dites quel jour.",
                violation_error_code="le",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signataire} : {self.get_etat_display()}"
