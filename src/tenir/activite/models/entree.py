"""What was done: one entry, its values."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation, Personne
from tenir.activite.enums import Confiance, DansLeQuartier, Forme, Source, Statut
from tenir.activite.models.carnet import Carnet
from tenir.activite.models.nature import VersionDeNature
from tenir.activite.models.objet import Objet
from tenir.activite.models.serie import AILLEURS, Serie
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.habilitations.niveaux import Niveau

LIKELY = (date(2000, 1, 1), date(2100, 1, 1))
"""A day outside these is a slip of the hand."""
LONGEST = 24 * 60
"""Minutes of a day."""
TITRE, NOTE = 80, 300


class RegistreDActivite(models.Model):
    """The register of a contract: whoever writes in it holds this row, so that numbers and sums never cross."""

    espace = models.OneToOneField(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="registre")
    dernier = models.PositiveIntegerField("dernier numéro", default=0)
    derniere_serie = models.PositiveIntegerField("dernier numéro de série", default=0)
    dernier_carnet = models.PositiveIntegerField("dernier numéro de carnet", default=0)
    dernier_objet = models.PositiveIntegerField("dernier numéro d’objet", default=0)

    class Meta:
        verbose_name = "registre d’activité"

    def __str__(self) -> str:
        return f"registre {self.espace_id}"


class EntreeQuerySet(models.QuerySet["Entree"]):
    """Entries as the team asks for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """The entries of one contract, the latest first."""
        return of_contract(self, espace).order_by("-fin", "-numero")

    def counted(self) -> Self:
        """Those that count: held, and retained."""
        return self.filter(statut=Statut.TENUE, confiance=Confiance.RETENUE)

    def up_to(self, niveau: Niveau) -> Self:
        """Those that someone of this level reads."""
        return self.filter(niveau__lte=niveau)


class Entree(models.Model):
    """One thing done, or counted, or found so, by a body: a séance of a day, a décompte of a period, an état of a day.

    Or what becomes, one day, of a thing of a register (`objet`): the state in which it then is (`etat`, a code of its
    kind; the same as before when empty), what is counted of it.
    `mots`: the kind as it stood then. `minutes`: how long it lasted. `cle`: the same form sent twice writes once.
    `carnet`: the one by which it came; nobody is its `auteur` when it came from a wall.
    The note is for the team alone. Only what is held and retained counts.
    """

    IN_WORDS: ClassVar[dict[str, object]] = {"mots": str, "lieu": lambda lieu: lieu.nom if lieu else ""}
    OWN_WORDS: ClassVar[dict[str, object]] = {"etat": lambda entree, code: entree.state_named(code)}

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="entrees")
    numero = models.PositiveIntegerField("numéro", editable=False)
    mots = models.ForeignKey(VersionDeNature, models.PROTECT, verbose_name="nature", related_name="entrees")
    forme = models.CharField("forme", max_length=10, choices=Forme)
    niveau = models.PositiveSmallIntegerField("lisible par", default=Niveau.PARTENAIRES)
    version = models.PositiveIntegerField("version", default=1)
    debut = models.DateField("du")
    fin = models.DateField("au")
    minutes = models.PositiveSmallIntegerField("durée en minutes", null=True, blank=True)
    lieu = models.ForeignKey(Lieu, models.PROTECT, verbose_name="lieu", related_name="entrees", null=True, blank=True)
    autre_lieu = models.CharField("autre lieu", max_length=AILLEURS, blank=True)
    quartier = models.CharField("dans le quartier", max_length=3, choices=DansLeQuartier, default=DansLeQuartier.NSP)
    organisme = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisme", related_name="entrees_d_activite"
    )
    avec = models.ManyToManyField(Organisation, verbose_name="avec", related_name="entrees_d_activite_avec", blank=True)
    fiches = models.ManyToManyField(FicheAction, verbose_name="actions", related_name="entrees", blank=True)
    serie = models.ForeignKey(
        Serie, models.PROTECT, verbose_name="série", related_name="entrees", null=True, blank=True
    )
    carnet = models.ForeignKey(
        Carnet, models.PROTECT, verbose_name="carnet", related_name="entrees", null=True, blank=True, editable=False
    )
    objet = models.ForeignKey(
        Objet, models.PROTECT, verbose_name="objet", related_name="entrees", null=True, blank=True, editable=False
    )
    etat = models.SlugField("état", max_length=40, blank=True, db_index=False)
    titre = models.CharField("titre", max_length=TITRE, blank=True)
    note = models.CharField("note pour l’équipe", max_length=NOTE, blank=True)
    statut = models.CharField("statut", max_length=10, choices=Statut, default=Statut.TENUE)
    confiance = models.CharField("confiance", max_length=10, choices=Confiance, default=Confiance.RETENUE)
    source = models.CharField("source", max_length=10, choices=Source, default=Source.EQUIPE)
    cle = models.CharField("clé d’envoi", max_length=64, blank=True, editable=False)
    auteur = models.ForeignKey(Personne, models.PROTECT, verbose_name="inscrite par", related_name="+", null=True)
    inscrite_le = models.DateTimeField("inscrite le", default=horloge.now, editable=False)

    objects = EntreeQuerySet.as_manager()

    class Meta:
        verbose_name = "entrée"
        ordering = ["espace", "-fin", "-numero"]
        indexes = [
            models.Index(fields=["espace", "fin", "numero"], name="entree_of_a_contract_by_day"),
            models.Index(fields=["mots", "fin"], name="entree_of_a_kind_by_day"),
            models.Index(fields=["objet", "fin", "numero"], name="entree_of_a_thing_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="entree_is_numbered_once",
                violation_error_message="Ce numéro d’entrée sert déjà.",
            ),
            models.UniqueConstraint(
                fields=["espace", "cle"],
                condition=~Q(cle=""),
                name="entree_is_sent_once",
                violation_error_message="Cette entrée est déjà inscrite.",
            ),
            models.UniqueConstraint(
                fields=["serie", "debut"],
                condition=Q(serie__isnull=False),
                name="entree_of_a_series_is_one_for_a_day",
                violation_error_message="La séance de ce jour est déjà inscrite dans cette série : corrigez-la.",
                violation_error_code="fin",
            ),
            *(
                models.CheckConstraint(
                    name=f"entree_{name}_is_known",
                    condition=Q(**{f"{name}__in": words.values}),
                    violation_error_message="Cette valeur n’existe pas : choisissez dans la liste.",
                    violation_error_code=name,
                )
                for name, words in (
                    ("forme", Forme),
                    ("statut", Statut),
                    ("confiance", Confiance),
                    ("source", Source),
                    ("quartier", DansLeQuartier),
                )
            ),
            models.CheckConstraint(
                name="entree_of_a_carnet_comes_from_it",
                condition=Q(carnet=None) | Q(source=Source.CARNET),
                violation_error_message="Ce qui vient d’un carnet le dit.",
                violation_error_code="source",
            ),
            models.CheckConstraint(
                name="entree_tells_of_a_thing_or_not",
                condition=Q(forme=Forme.OBJET, objet__isnull=False) | Q(~Q(forme=Forme.OBJET), objet=None, etat=""),
                violation_error_message="Seule une entrée d’un registre dit l’état d’un objet.",
                violation_error_code="etat",
            ),
            models.CheckConstraint(
                name="entree_of_a_thing_took_place",
                condition=~Q(forme=Forme.OBJET, statut=Statut.PREVUE),
                violation_error_message="Notez ce qui est arrivé ; ce qui doit arriver se dit par l’échéance.",
                violation_error_code="statut",
            ),
            models.CheckConstraint(
                name="entree_is_read_by_someone",
                condition=Q(niveau__in=[Niveau.PARTENAIRES.value, Niveau.EQUIPE.value]),
                violation_error_message="Une entrée se lit par les partenaires ou par l’équipe.",
                violation_error_code="niveau",
            ),
            models.CheckConstraint(
                name="entree_has_a_likely_day",
                condition=Q(debut__range=LIKELY, fin__range=LIKELY),
                violation_error_message="Vérifiez l’année.",
                violation_error_code="fin",
            ),
            models.CheckConstraint(
                name="entree_runs_forward",
                condition=Q(fin__gte=F("debut")),
                violation_error_message="La période se termine avant de commencer.",
                violation_error_code="fin",
            ),
            models.CheckConstraint(
                name="entree_of_a_day_or_of_a_period",
                condition=Q(forme=Forme.DECOMPTE) | Q(fin=F("debut")),
                violation_error_message="Une séance ou un état a un jour ; seul un décompte a une période.",
                violation_error_code="fin",
            ),
            models.CheckConstraint(
                name="entree_is_somewhere_once",
                condition=Q(lieu=None) | Q(autre_lieu=""),
                violation_error_message="Choisissez un lieu dans la liste, ou écrivez-en un autre : pas les deux.",
                violation_error_code="autre_lieu",
            ),
            models.CheckConstraint(
                name="entree_lasts_less_than_a_day",
                condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=LONGEST),
                violation_error_message="Une durée va d’une minute à un jour.",
                violation_error_code="minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.titre or self.mots.libelle

    @property
    def code(self) -> str:
        """How the trace and addresses name it."""
        return str(self.numero)

    @property
    def counted(self) -> bool:
        """Whether it counts: held, and retained."""
        return self.statut == Statut.TENUE and self.confiance == Confiance.RETENUE

    def state_named(self, code: str) -> str:
        """A state of the kind of a thing, in its words."""
        found = self.mots.nature.etat(code) if code else None
        return found.libelle if found else code

    @property
    def ou(self) -> str:
        """Where it took place, in words."""
        return self.lieu.nom if self.lieu else self.autre_lieu


class Valeur(models.Model):
    """One number of an entry: a measure, for everyone or for one part (`modalite`, « sexe:f »). Never below nought.

    That parts stay under their total, and that the measure is one of the kind, is held by the one function that writes
    them (`services.valeurs`) and said by `tenir recompter`.
    """

    entree = models.ForeignKey(Entree, models.CASCADE, verbose_name="entrée", related_name="valeurs")
    mesure = models.SlugField("mesure", max_length=40, db_index=False)
    modalite = models.CharField("modalité", max_length=60, blank=True)
    valeur = models.DecimalField("valeur", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "valeur"
        ordering = ["entree", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entree", "mesure", "modalite"],
                name="valeur_is_given_once",
                violation_error_message="Cette valeur est donnée deux fois.",
            ),
            models.CheckConstraint(
                name="valeur_is_not_below_nought",
                condition=Q(valeur__gte=Decimal(0)),
                violation_error_message="Un nombre ne descend pas sous zéro.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mesure} {self.modalite} {self.valeur}"

    @property
    def niveau(self) -> int:
        """Who reads it: who reads its entry."""
        return self.entree.niveau
