"""Évaluations: what is asked, the snapshots that nothing changes, what is judged and needed of each orientation."""

import secrets
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation, Personne
from tenir.atelier.models import Brouillon
from tenir.contrat.models import Orientation
from tenir.core import horloge
from tenir.core.alphabet import alphabetical
from tenir.evaluation.enums import UNSHARED, EtatDEvaluation, GenreDEvaluation, Note, Recommandation
from tenir.gouvernance.models import Decision
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.habilitations.niveaux import Niveau
from tenir.preconisations.models import Preconisation

TEXTE = 2000
"""The longest text of an évaluation."""
EMPREINTE = 64
"""How many signs a SHA-256 has in hexadecimal."""


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Évaluations as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with who leads them."""
        return of_contract(self, espace).select_related("espace", "conduite_par").order_by("-numero")

    def public(self) -> Self:
        """Those that the team published."""
        return self.filter(etat=EtatDEvaluation.PUBLIEE)

    def shared(self) -> Self:
        """Those that anyone of the contract reads."""
        return self.exclude(etat__in=UNSHARED)


class Evaluation(models.Model):
    """A judgement of a contract: since which day (`depart`), on what day it is frozen, when it is due, who leads it."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="evaluations")
    numero = models.PositiveIntegerField("numéro")
    genre = models.CharField("genre", max_length=12, choices=GenreDEvaluation, default=GenreDEvaluation.MI_PARCOURS)
    titre = models.CharField("titre", max_length=200)
    depart = models.DateField("situation de départ au")
    a_figer_le = models.DateField("à figer le", null=True, blank=True)
    a_rendre_le = models.DateField("à rendre le", null=True, blank=True)
    conduite_par = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="conduite par", related_name="evaluations_conduites"
    )
    etat = models.CharField("état", max_length=12, choices=EtatDEvaluation, default=EtatDEvaluation.EN_PREPARATION)
    instantane_publie = models.ForeignKey(
        "Instantane", models.PROTECT, verbose_name="instantané publié", related_name="+", null=True, blank=True,
        editable=False,
    )  # fmt: skip
    version = models.PositiveIntegerField("version", default=1)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "évaluation"
        ordering = ["espace", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="evaluation_has_a_number_of_its_own",
                violation_error_message="Ce numéro d’évaluation est déjà donné.",
            ),
            models.CheckConstraint(
                name="evaluation_has_a_title",
                condition=~Q(titre=""),
                violation_error_code="titre",
                violation_error_message="Donnez un titre à cette évaluation.",
            ),
            models.CheckConstraint(
                name="evaluation_is_frozen_after_its_start",
                condition=Q(a_figer_le=None) | Q(a_figer_le__gt=models.F("depart")),
                violation_error_code="a_figer_le",
                violation_error_message="La situation est figée après celle de départ.",
            ),
            models.CheckConstraint(
                name="evaluation_is_due_after_it_is_frozen",
                condition=Q(a_rendre_le=None) | Q(a_figer_le=None) | Q(a_rendre_le__gte=models.F("a_figer_le")),
                violation_error_code="a_rendre_le",
                violation_error_message="L’évaluation est rendue après que la situation est figée.",
            ),
            models.CheckConstraint(
                name="evaluation_published_says_what_is",
                condition=Q(etat=EtatDEvaluation.PUBLIEE.value, instantane_publie__isnull=False)
                | (~Q(etat=EtatDEvaluation.PUBLIEE.value) & Q(instantane_publie=None)),
                violation_error_message="Ce qui est publié est un instantané.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    @property
    def code(self) -> str:
        """Its code on pages and in the trace."""
        return f"EV{self.numero}"

    @property
    def niveau(self) -> int:
        """Who reads it: those who make it, then those of the contract, then anyone."""
        if self.etat in UNSHARED:
            return Niveau.EQUIPE
        return Niveau.PUBLIC if self.etat == EtatDEvaluation.PUBLIEE else Niveau.PARTENAIRES

    @property
    def niveau_des_jugements(self) -> int:
        """Who reads what is judged and needed: never anyone but those of the contract."""
        return max(self.niveau, Niveau.PARTENAIRES)


class QuestionDEvaluation(models.Model):
    """What the évaluation should answer, of one orientation or of the whole contract; `reponse`: what it answers."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, verbose_name="évaluation", related_name="questions")
    orientation = models.ForeignKey(
        Orientation, models.PROTECT, verbose_name="orientation", related_name="+", null=True, blank=True
    )
    rang = models.PositiveSmallIntegerField("rang", default=1)
    texte = models.CharField("question", max_length=300)
    reponse = models.TextField("réponse", max_length=TEXTE, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "question d’évaluation"
        ordering = ["evaluation", "rang", "pk"]
        constraints = [
            models.CheckConstraint(
                name="question_d_evaluation_asks_something",
                condition=~Q(texte=""),
                violation_error_code="texte",
                violation_error_message="Écrivez la question.",
            )
        ]

    def __str__(self) -> str:
        return self.texte

    @property
    def niveau(self) -> int:
        """Who reads it: those of the contract at most."""
        return self.evaluation.niveau_des_jugements


class Instantane(models.Model):
    """A contract as it stood on a day: all of it in one text, and the digest of that text.

    The database refuses any change of it (`migrations/0001`): a correction is another snapshot, and both are kept.
    `mots`: the words that people typed beside figures (units, sources): `contenu` holds their places and digests, so
    that a name may be taken off them and the rest still be what was frozen.
    """

    FIGES: ClassVar[frozenset[str]] = frozenset({"contenu", "sha256"})

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, verbose_name="évaluation", related_name="instantanes")
    numero = models.PositiveSmallIntegerField("numéro")
    jour = models.DateField("situation au")
    schema = models.PositiveSmallIntegerField("forme", editable=False)
    contenu = models.TextField("contenu", editable=False)
    sha256 = models.CharField("empreinte", max_length=EMPREINTE, editable=False)
    mots = models.JSONField("unités et sources", default=list, editable=False, blank=True)
    motif = models.CharField("raison", max_length=300, blank=True)
    fige_par = models.ForeignKey(Personne, models.PROTECT, verbose_name="figé par", related_name="+")
    fige_le = models.DateTimeField("figé le", default=horloge.now, editable=False)

    class Meta:
        verbose_name = "instantané"
        ordering = ["evaluation", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "numero"],
                name="instantane_has_a_number_of_its_own",
                violation_error_message="Ce numéro d’instantané est déjà donné.",
            ),
            models.CheckConstraint(
                name="instantane_holds_something",
                condition=~Q(contenu="") & ~Q(sha256=""),
                violation_error_message="Un instantané garde ce qu’il fige et son empreinte.",
            ),
            models.CheckConstraint(
                name="instantane_taken_again_says_why",
                condition=Q(numero=1) | ~Q(motif=""),
                violation_error_code="motif",
                violation_error_message="Dites pourquoi la situation est figée à nouveau.",
            ),
        ]

    def __str__(self) -> str:
        return f"instantané {self.code}"

    @property
    def code(self) -> str:
        """Its code on pages and in the trace."""
        return f"{self.evaluation.code}-{self.numero}"

    @property
    def niveau(self) -> int:
        """Who reads it: those of the contract at most."""
        return self.evaluation.niveau_des_jugements


CRITERES = ("pertinence", "efficacite", "coherence")
"""What an orientation is judged on."""


class Appreciation(models.Model):
    """What is judged of one orientation, why, what it should become, and what that leads to.

    `changements`: what changed in the diagnosis; `demandes`: what is asked now: the needs brought up to date.
    """

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, verbose_name="évaluation", related_name="appreciations")
    orientation = models.ForeignKey(Orientation, models.PROTECT, verbose_name="orientation", related_name="+")
    pertinence = models.CharField("répond-elle encore aux besoins ?", max_length=10, choices=Note, blank=True)
    efficacite = models.CharField("atteint-elle ce qu’elle vise ?", max_length=10, choices=Note, blank=True)
    coherence = models.CharField("va-t-elle avec le reste ?", max_length=10, choices=Note, blank=True)
    raisons = models.TextField("raisons", max_length=TEXTE, blank=True)
    recommandation = models.CharField("recommandation", max_length=10, choices=Recommandation, blank=True)
    changements = models.TextField("ce qui a changé dans les besoins", max_length=TEXTE, blank=True)
    demandes = models.TextField("ce qui est demandé", max_length=TEXTE, blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, verbose_name="décision", related_name="appreciations", null=True, blank=True
    )
    preconisation = models.ForeignKey(
        Preconisation, models.PROTECT, verbose_name="préconisation", related_name="appreciations", null=True, blank=True
    )
    avenant = models.ForeignKey(
        Brouillon, models.PROTECT, verbose_name="avenant en préparation", related_name="appreciations", null=True,
        blank=True,
    )  # fmt: skip
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "appréciation"
        ordering = ["evaluation", "orientation__ordre"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "orientation"],
                name="appreciation_is_one_an_orientation",
                violation_error_message="Cette orientation est déjà appréciée.",
            ),
            models.CheckConstraint(
                name="appreciation_says_why",
                condition=Q(pertinence="", efficacite="", coherence="", recommandation="") | ~Q(raisons=""),
                violation_error_code="raisons",
                violation_error_message="Donnez les raisons de cette appréciation.",
            ),
        ]

    def __str__(self) -> str:
        return f"appréciation de {self.orientation.code}"

    @property
    def code(self) -> str:
        """Its code in the trace: that of its évaluation, then that of its orientation."""
        return f"{self.evaluation.code}/{self.orientation.code}"

    @property
    def niveau(self) -> int:
        """Who reads it: those of the contract at most."""
        return self.evaluation.niveau_des_jugements


class DonneeDeBesoin(models.Model):
    """A figure that brings a need up to date: never alone, its source, its year, its place; or « non fournie »."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, verbose_name="évaluation", related_name="donnees")
    orientation = models.ForeignKey(
        Orientation, models.PROTECT, verbose_name="orientation", related_name="+", null=True, blank=True
    )
    libelle = models.CharField("ce que dit le chiffre", max_length=200)
    valeur = models.DecimalField("valeur", max_digits=15, decimal_places=4, null=True, blank=True)
    unite = models.CharField("unité", max_length=80, blank=True)
    annee = models.PositiveSmallIntegerField("année")
    perimetre = models.CharField("périmètre", max_length=120, blank=True)
    source = models.CharField("source", max_length=200)
    demandee_a = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="demandée à", related_name="+", null=True, blank=True
    )
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "donnée de besoin"
        ordering = ["evaluation", "orientation__ordre", alphabetical("libelle"), "annee", "pk"]
        constraints = [
            models.CheckConstraint(
                name="donnee_de_besoin_says_what_it_is",
                condition=~Q(libelle=""),
                violation_error_code="libelle",
                violation_error_message="Dites ce que dit ce chiffre.",
            ),
            models.CheckConstraint(
                name="donnee_de_besoin_has_a_source",
                condition=~Q(source=""),
                violation_error_code="source",
                violation_error_message="Un chiffre ne va jamais seul : donnez sa source.",
            ),
            models.CheckConstraint(
                name="donnee_de_besoin_year_is_one",
                condition=Q(annee__range=(1990, 2100)),
                violation_error_code="annee",
                violation_error_message="Écrivez une année : « 2026 ».",
            ),
        ]

    def __str__(self) -> str:
        return self.libelle

    @property
    def niveau(self) -> int:
        """Who reads it: those of the contract at most."""
        return self.evaluation.niveau_des_jugements


class Contribution(models.Model):
    """What one body is asked, by its link or by the team: what changed, what is needed. Nothing until it answers."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, verbose_name="évaluation", related_name="contributions")
    organisme = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="+")
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    change = models.TextField("ce qui a changé", max_length=TEXTE, blank=True)
    besoin = models.TextField("ce qui manque aujourd’hui", max_length=TEXTE, blank=True)
    recue_le = models.DateField("reçue le", null=True, blank=True)
    par_lien = models.BooleanField("par le lien", default=False)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "contribution"
        ordering = ["evaluation", alphabetical("organisme__nom"), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "organisme"],
                name="contribution_is_one_a_body",
                violation_error_message="Cet organisme est déjà sollicité.",
            ),
            models.CheckConstraint(
                name="contribution_received_says_something",
                condition=Q(recue_le=None, change="", besoin="")
                | (Q(recue_le__isnull=False) & (~Q(change="") | ~Q(besoin=""))),
                violation_error_code="change",
                violation_error_message="Répondez à l’une des deux questions au moins.",
            ),
        ]

    def __str__(self) -> str:
        return f"contribution {self.organisme}"

    @property
    def niveau(self) -> int:
        """Who reads it: those of the contract at most."""
        return self.evaluation.niveau_des_jugements
