"""What every screen keeps: the named views of lists; the gestures that may still be undone, beside the trace."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from tenir.acteurs.models import Personne
from tenir.core.listes.adresse import in_words
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.mots import CONTRAT
from tenir.habilitations.niveaux import JAMAIS, Niveau
from tenir.habilitations.roles import OF_ONESELF


class GesteQuerySet(models.QuerySet["Geste"]):
    """Gestures by what may still be done about them."""

    def undoable(self, now: datetime) -> Self:
        """Those that may still be undone, the latest first."""
        return self.filter(expire_le__gt=now, annule_le=None, definitif="").order_by("-pk")

    def for_oneself(self) -> Self:
        """Those that changed what belongs to one person alone."""
        return self.filter(pk__in=LigneDeGeste.objects.filter(droit__in=OF_ONESELF).values("geste"))

    def over(self, now: datetime) -> Self:
        """Those whose minutes are over."""
        return self.filter(expire_le__lte=now)


class Geste(models.Model):
    """What one person did at once, in one sentence; it is undone until `expire_le`, fixed when it is made.

    Without `espace`, it was done on the platform. `lot`: it changed several things, and may be undone for some alone.
    `definitif`: why it is never undone, if it is not. `faits`: what the trace was told of it (kind, object, field,
    before, after). `temoin`: the model of the row that keeps, after the gesture is gone, that it was undone, if any
    (`Temoin`), and `numero_du_temoin` its number.
    """

    espace = models.ForeignKey(
        EspaceDeContrat, models.CASCADE, verbose_name=CONTRAT, related_name="+", null=True, blank=True
    )
    par = models.ForeignKey(Personne, models.PROTECT, verbose_name="fait par", related_name="+")
    le = models.DateTimeField("fait le")
    expire_le = models.DateTimeField("s’annule jusqu’à")
    phrase = models.TextField("geste")
    lot = models.BooleanField("sur plusieurs choses", default=False)
    definitif = models.TextField("pourquoi il ne s’annule pas", blank=True)
    faits = models.JSONField("faits", default=list)
    temoin = models.CharField("modèle du témoin", max_length=100, blank=True)
    numero_du_temoin = models.BigIntegerField("numéro du témoin", null=True, blank=True)
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


class Temoin(models.Model):
    """What a gesture leaves as its account, and says for good that it was undone: by whom, when, and save how many
    things that had changed since."""

    annule_le = models.DateTimeField("annulé le", null=True, blank=True)
    annule_par = models.ForeignKey(
        Personne, models.PROTECT, verbose_name="annulé par", related_name="+", null=True, blank=True
    )
    annule_sauf = models.PositiveIntegerField("annulé sauf", default=0)

    class Meta:
        abstract = True


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


HERE = Coalesce("espace", 0, output_field=models.BigIntegerField())
"""The place of a list: its contract, or the platform."""


class VueNommeeQuerySet(models.QuerySet["VueNommee"]):
    """Named views by who is shown them."""

    def shown_to(self, personne: Personne) -> Self:
        """Hers, then those that are shared, by name."""
        return self.filter(Q(niveau=VueNommee.Pour.TOUS) | Q(personne=personne)).order_by("-niveau", "cle", "pk")


class VueNommee(models.Model):
    """What an address asks of a list, under a name: for whoever saved it, or for all who open this list.

    It is an address and nothing more: what it shows is what the list shows to whoever opens it. `liste`: the name of
    the route of the list. `niveau`: who reads it. `cle`: its name, compared. `personne`: who saved it; nobody any more,
    when she was erased and it is shared.
    """

    class Pour(models.IntegerChoices):
        TOUS = Niveau.PARTENAIRES.value, "partagée"
        SOI = JAMAIS, "pour soi"

    espace = models.ForeignKey(
        EspaceDeContrat, models.CASCADE, verbose_name=CONTRAT, related_name="+", null=True, blank=True
    )
    liste = models.CharField("liste", max_length=60)
    nom = models.CharField("nom", max_length=60)
    cle = models.CharField("nom comparé", max_length=200)
    adresse = models.CharField("ce qu’elle demande", max_length=2000, blank=True)
    niveau = models.PositiveSmallIntegerField("pour qui", choices=Pour, default=Pour.SOI)
    personne = models.ForeignKey(
        Personne, models.PROTECT, verbose_name="enregistrée par", related_name="+", null=True, blank=True
    )
    version = models.PositiveIntegerField("version", default=1)

    IN_WORDS: ClassVar[dict[str, Callable[[str], str]]] = {"adresse": in_words}

    objects = VueNommeeQuerySet.as_manager()

    class Meta:
        verbose_name = "vue nommée"
        ordering = ["pk"]
        indexes = [models.Index(fields=["espace", "liste"], name="vue_of_a_list")]
        constraints = [
            models.CheckConstraint(
                name="vue_for_oneself_or_all",
                condition=Q(niveau=Niveau.PARTENAIRES.value) | Q(niveau=JAMAIS, personne__isnull=False),
                violation_error_message="Une vue est pour la personne qui l’enregistre, ou pour tous.",
                violation_error_code="niveau",
            ),
            models.UniqueConstraint(
                HERE,
                "liste",
                "cle",
                name="vue_shared_by_name",
                condition=Q(niveau=Niveau.PARTENAIRES.value),
                violation_error_message="Une vue partagée de cette liste porte déjà ce nom : choisissez-en un autre.",
                violation_error_code="nom",
            ),
            models.UniqueConstraint(
                "personne",
                HERE,
                "liste",
                "cle",
                name="vue_of_someone_by_name",
                condition=Q(niveau=JAMAIS),
                violation_error_message="Une de vos vues de cette liste porte déjà ce nom : choisissez-en un autre.",
                violation_error_code="nom",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def partagee(self) -> bool:
        """Whether all who open the list see it."""
        return self.niveau == self.Pour.TOUS


class VueParDefaut(models.Model):
    """The view on which a list opens for someone, when its address asks nothing."""

    personne = models.ForeignKey(Personne, models.PROTECT, verbose_name="personne", related_name="+")
    espace = models.ForeignKey(
        EspaceDeContrat, models.CASCADE, verbose_name=CONTRAT, related_name="+", null=True, blank=True
    )
    liste = models.CharField("liste", max_length=60)
    vue = models.ForeignKey(VueNommee, models.CASCADE, verbose_name="vue", related_name="ouvertures")

    class Meta:
        verbose_name = "vue par défaut"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "personne",
                HERE,
                "liste",
                name="one_view_by_default",
                violation_error_message="Une liste ne s’ouvre que sur une vue.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.liste} : {self.vue}"
