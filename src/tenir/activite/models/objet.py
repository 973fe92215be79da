"""A thing that lasts, in a register of a contract: a convention, a place, a pledge. Never a person."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation
from tenir.activite.models.nature import VersionDeNature
from tenir.activite.models.serie import AILLEURS
from tenir.contrat.models import Lieu
from tenir.core.alphabet import alphabetical
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.habilitations.niveaux import Niveau

LIBELLE = 80


class ObjetQuerySet(models.QuerySet["Objet"]):
    """Things as the team asks for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, in the order of their names."""
        return of_contract(self, espace).order_by(alphabetical("libelle"), "numero")

    def up_to(self, niveau: Niveau) -> Self:
        """Those that someone of this level reads, and that still say something."""
        return self.filter(niveau__lte=niveau, reduit_le=None)

    def opened(self) -> Self:
        """Those that anyone reads (`Objet.lecture`)."""
        return self.up_to(Niveau.PARTENAIRES).filter(mots__definition__annuaire=True)


class Objet(models.Model):
    """One line of a register: what it is named, which body answers for it, what describes it, what it falls due on.

    In which state it is, its entries tell (`activite.etats`): nobody writes it here. `mots`: its kind as it stood when
    the line was last written. `attributs`: by the code of a field of the kind, as `services.attributs` keeps them.
    `reduit_le`: since when its totals alone are kept (`services.reduction`).
    """

    IN_WORDS: ClassVar[dict[str, object]] = {"mots": str, "lieu": lambda lieu: lieu.nom if lieu else ""}

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="objets")
    numero = models.PositiveIntegerField("numéro", editable=False)
    nature = models.SlugField("code de la nature", max_length=40)
    mots = models.ForeignKey(VersionDeNature, models.PROTECT, verbose_name="nature", related_name="objets")
    niveau = models.PositiveSmallIntegerField("lisible par", default=Niveau.PARTENAIRES)
    libelle = models.CharField("nom", max_length=LIBELLE)
    organisme = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="objets")
    lieu = models.ForeignKey(Lieu, models.PROTECT, verbose_name="lieu", related_name="objets", null=True, blank=True)
    autre_lieu = models.CharField("autre lieu", max_length=AILLEURS, blank=True)
    echeance = models.DateField("échéance", null=True, blank=True)
    attributs = models.JSONField("description", default=dict, blank=True)
    fiches = models.ManyToManyField(FicheAction, verbose_name="actions", related_name="objets", blank=True)
    version = models.PositiveIntegerField("version", default=1)
    reduit_le = models.DateField("réduit aux totaux le", null=True, blank=True, editable=False)

    objects = ObjetQuerySet.as_manager()

    class Meta:
        verbose_name = "objet"
        ordering = ["espace", "numero"]
        indexes = [models.Index(fields=["espace", "nature", "numero"], name="objet_of_a_register")]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="objet_is_numbered_once",
                violation_error_message="Ce numéro sert déjà.",
            ),
            models.CheckConstraint(
                name="objet_has_a_name",
                condition=~Q(libelle=""),
                violation_error_message="Dites comment cela se nomme.",
                violation_error_code="libelle",
            ),
            models.CheckConstraint(
                name="objet_is_somewhere_once",
                condition=Q(lieu=None) | Q(autre_lieu=""),
                violation_error_message="Choisissez un lieu dans la liste, ou écrivez-en un autre : pas les deux.",
                violation_error_code="autre_lieu",
            ),
            models.CheckConstraint(
                name="objet_is_read_by_someone",
                condition=Q(niveau__in=[Niveau.PARTENAIRES.value, Niveau.EQUIPE.value]),
                violation_error_message="Un registre se lit par les partenaires ou par l’équipe.",
                violation_error_code="niveau",
            ),
        ]

    def __str__(self) -> str:
        return self.libelle

    @property
    def code(self) -> str:
        """How the trace and addresses name it."""
        return str(self.numero)

    @property
    def lecture(self) -> int:
        """Who reads what it is: anyone, when it was last written in a directory; else, whoever reads its register."""
        opened = self.niveau <= Niveau.PARTENAIRES and self.mots.nature.annuaire
        return Niveau.PUBLIC if opened else self.niveau

    @property
    def ou(self) -> str:
        """Where it is, in words."""
        return self.lieu.nom if self.lieu else self.autre_lieu
