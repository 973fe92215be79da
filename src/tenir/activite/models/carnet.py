"""The carnet: a link by which a body writes what it did, without an account; or by which anyone does, from a wall."""

import secrets
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation, Personne
from tenir.activite.enums import Confiance, GenreDeCarnet
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.noms import de
from tenir.habilitations.models import EspaceDeContrat, of_contract

ASKED = (Confiance.RETENUE, Confiance.DECLAREE)
"""How far a carnet may be believed: what comes by it counts at once, or waits for the team."""


class CarnetQuerySet(models.QuerySet["Carnet"]):
    """Carnets as the team asks for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, the latest first."""
        return of_contract(self, espace).order_by("-numero")

    def going(self) -> Self:
        """Those that are not closed."""
        return self.filter(ferme_le=None)


class Carnet(models.Model):
    """Where one person writes what her body did, or anyone what was done in a place (`genre`), under some kinds.

    `personne`: whose it is, or who answers for what is on the wall. `natures`: codes of kinds; none means all of those
    that partners read. `confiance`: whether what comes by it counts at once. `mensuel`: a fresh link leaves each month.
    """

    IN_WORDS: ClassVar[dict[str, object]] = {
        "natures": ", ".join,
        "confiance": lambda said: "attend d’être lu" if said == Confiance.DECLAREE else "compte aussitôt",
        "lieu": lambda lieu: lieu.nom if lieu else "",
        "ferme_le": lambda moment: "oui" if moment else "",
    }

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="carnets")
    numero = models.PositiveIntegerField("numéro", editable=False)
    genre = models.CharField("genre", max_length=10, choices=GenreDeCarnet, editable=False)
    organisme = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="carnets")
    personne = models.ForeignKey(Personne, models.PROTECT, verbose_name="qui en répond", related_name="carnets")
    lieu = models.ForeignKey(Lieu, models.PROTECT, verbose_name="lieu", related_name="carnets", null=True, blank=True)
    natures = models.JSONField("natures", default=list, blank=True)
    confiance = models.CharField("ce qui en vient", max_length=10, choices=Confiance, default=Confiance.RETENUE)
    mensuel = models.BooleanField("courriel chaque mois", default=True)
    version = models.PositiveIntegerField("version", default=1)
    ouvert_le = models.DateTimeField("ouvert le", default=horloge.now, editable=False)
    ferme_le = models.DateTimeField("fermé le", null=True, blank=True, editable=False)

    objects = CarnetQuerySet.as_manager()

    class Meta:
        verbose_name = "carnet"
        ordering = ["espace", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="carnet_is_numbered_once",
                violation_error_message="Ce numéro de carnet sert déjà.",
            ),
            models.UniqueConstraint(
                fields=["espace", "personne", "organisme"],
                condition=Q(genre=GenreDeCarnet.PERSONNEL, ferme_le=None),
                name="carnet_is_one_for_a_person",
                violation_error_message="Cette personne a déjà un carnet pour cet organisme.",
                violation_error_code="referent",
            ),
            models.CheckConstraint(
                name="carnet_genre_is_known",
                condition=Q(genre__in=GenreDeCarnet.values),
                violation_error_message="Un carnet est celui d’une personne, ou une affiche.",
                violation_error_code="genre",
            ),
            models.CheckConstraint(
                name="carnet_on_a_wall_is_somewhere",
                condition=Q(genre=GenreDeCarnet.AFFICHE, lieu__isnull=False)
                | Q(genre=GenreDeCarnet.PERSONNEL, lieu=None),
                violation_error_message="Une affiche est dans un lieu ; le carnet d’une personne n’en a pas.",
                violation_error_code="lieu",
            ),
            models.CheckConstraint(
                name="carnet_is_believed_or_read",
                condition=Q(confiance__in=[one.value for one in ASKED]),
                violation_error_message="Ce qui vient d’un carnet compte aussitôt, ou attend d’être lu.",
                violation_error_code="confiance",
            ),
            models.CheckConstraint(
                name="carnet_on_a_wall_is_read_first",
                condition=Q(genre=GenreDeCarnet.PERSONNEL) | Q(confiance=Confiance.DECLAREE, mensuel=False),
                violation_error_message="Ce qui vient d’une affiche est lu avant de compter.",
                violation_error_code="confiance",
            ),
        ]

    def __str__(self) -> str:
        return f"l’affiche {de(self.lieu.nom)}" if self.lieu else f"le carnet {de(self.organisme.nom)}"

    @property
    def code(self) -> str:
        """How the trace and addresses name it."""
        return str(self.numero)

    @property
    def mural(self) -> bool:
        """Whether it is on a wall: it then only adds."""
        return bool(self.genre == GenreDeCarnet.AFFICHE)


class LienDeCarnet(models.Model):
    """One link to a carnet, made of `alea` and of the secret of the site: the base alone opens nothing."""

    carnet = models.ForeignKey(Carnet, models.CASCADE, verbose_name="carnet", related_name="liens")
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    cree_le = models.DateTimeField("fait le", default=horloge.now, editable=False)
    expire_le = models.DateTimeField("valable jusqu’au")

    class Meta:
        verbose_name = "lien de carnet"
        ordering = ["carnet", "pk"]
        constraints = [
            models.CheckConstraint(
                name="lien_de_carnet_expires_later",
                condition=Q(expire_le__gt=F("cree_le")),
                violation_error_message="Le lien expire avant d’être fait.",
            )
        ]

    def __str__(self) -> str:
        return f"lien n° {self.pk}, {self.carnet}"

    def opens(self, now: datetime) -> bool:
        """Whether it still opens its carnet."""
        return self.carnet.ferme_le is None and now < self.expire_le
