"""Rooms that bodies share, what is booked in them, and the quarters of an hour that each booking holds."""

from datetime import date, time
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation
from tenir.activite.enums import JOURS
from tenir.activite.models import Objet
from tenir.core.typographie import date_fr
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.habilitations.niveaux import Niveau
from tenir.reservations.enums import GenreDeReservation, Pas, Retour

NOM, TITRE = 80, 80
"""The longest name of a room, and the longest title of a permanence."""


class SalleQuerySet(models.QuerySet["Salle"]):
    """Rooms as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with where they are and who keeps them."""
        return of_contract(self, espace).select_related("espace", "organisme", "lieu_ouvert__lieu")

    def going(self, on: date) -> Self:
        """Those that may be booked on a day or later."""
        return self.filter(Q(fermee_le=None) | Q(fermee_le__gt=on))


class Salle(models.Model):
    """A room that several bodies use: where it is, who keeps it, when it may be booked.

    `jours`: 0 is Monday. `ouvre`, `ferme`: hours of the clocks of the contract. `pas`: minutes of a slot. `affichee`:
    whether its permanences are shown to anyone, beside its place. It is offered from `ouverte_le`, until `fermee_le`.
    """

    IN_WORDS: ClassVar[dict[str, object]] = {
        "jours": lambda jours: ", ".join(JOURS[int(one)] for one in jours),
        "ouvre": lambda hour: f"{hour:%H:%M}" if hour else "",
        "ferme": lambda hour: f"{hour:%H:%M}" if hour else "",
        "fermee_le": lambda day: date_fr(day) if day else "",
    }

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="salles")
    numero = models.PositiveIntegerField("numéro", editable=False)
    nom = models.CharField("nom", max_length=NOM)
    lieu_ouvert = models.ForeignKey(
        Objet, models.PROTECT, verbose_name="lieu de l’annuaire", related_name="salles", null=True, blank=True
    )
    autre_lieu = models.CharField("autre lieu", max_length=120, blank=True)
    organisme = models.ForeignKey(Organisation, models.PROTECT, verbose_name="tenue par", related_name="+")
    jours = models.CharField("jours", max_length=7)
    ouvre = models.TimeField("de")
    ferme = models.TimeField("à")
    pas = models.PositiveSmallIntegerField("durée d’un créneau", choices=Pas, default=Pas.DEMIE)
    sauf_feries = models.BooleanField("sauf les jours fériés", default=True)
    affichee = models.BooleanField("permanences montrées au public", default=False)
    ouverte_le = models.DateField("proposée depuis le", editable=False)
    fermee_le = models.DateField("plus proposée depuis le", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField("version", default=1)

    objects = SalleQuerySet.as_manager()

    class Meta:
        verbose_name = "salle"
        ordering = ["espace", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="salle_is_numbered_once",
                violation_error_message="Ce numéro de salle sert déjà.",
            ),
            models.CheckConstraint(
                name="salle_has_a_name",
                condition=~Q(nom=""),
                violation_error_message="Dites comment la salle se nomme.",
                violation_error_code="nom",
            ),
            models.CheckConstraint(
                name="salle_is_in_one_place",
                condition=Q(lieu_ouvert=None) & ~Q(autre_lieu="") | Q(lieu_ouvert__isnull=False, autre_lieu=""),
                violation_error_message="Choisissez un lieu de l’annuaire, ou écrivez-en un autre : l’un des deux.",
                violation_error_code="autre_lieu",
            ),
            models.CheckConstraint(
                name="salle_has_days_of_the_week",
                condition=Q(jours__regex=r"^0?1?2?3?4?5?6?$") & ~Q(jours=""),
                violation_error_message="Choisissez au moins un jour de la semaine.",
                violation_error_code="jours",
            ),
            models.CheckConstraint(
                name="salle_closes_after_it_opens",
                condition=Q(ferme__gt=F("ouvre")),
                violation_error_message="L’heure de fin vient avant celle du début.",
                violation_error_code="ferme",
            ),
            models.CheckConstraint(
                name="salle_slot_is_known",
                condition=Q(pas__in=Pas.values),
                violation_error_message="Un créneau dure 15, 30, 45 ou 60 minutes.",
                violation_error_code="pas",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def code(self) -> str:
        """How the trace and addresses name it."""
        return str(self.numero)

    @property
    def ou(self) -> str:
        """Where it is, in words."""
        return self.lieu_ouvert.libelle if self.lieu_ouvert else self.autre_lieu

    @property
    def lecture(self) -> int:
        """Who reads what it is: anyone, when its permanences are shown."""
        return Niveau.PUBLIC if self.affichee else Niveau.PARTENAIRES

    def is_offered(self, on: date) -> bool:
        """Whether it may be booked for a day."""
        return self.fermee_le is None or on < self.fermee_le


class ReservationQuerySet(models.QuerySet["Reservation"]):
    """Bookings as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with their room and their body."""
        return of_contract(self, espace).select_related("espace", "salle__espace", "salle__lieu_ouvert", "organisme")


class Reservation(models.Model):
    """Some consecutive slots of a room that a body holds, on one day or on several.

    `jours`: the days that it holds, in order, as ISO dates; none once it is cancelled. `semaines`: every how many weeks
    it came back when it was made; nought: once. Its hours on each day are held by `QuartDHeure`, that the base checks.
    A confidential one has no word: nothing could say for what, or for whom.
    """

    IN_WORDS: ClassVar[dict[str, object]] = {
        "jours": lambda days: ", ".join(date_fr(date.fromisoformat(one)) for one in days) or "aucun",
    }

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="reservations")
    numero = models.PositiveIntegerField("numéro", editable=False)
    salle = models.ForeignKey(Salle, models.PROTECT, verbose_name="salle", related_name="reservations")
    organisme = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="+")
    genre = models.CharField("pour", max_length=12, choices=GenreDeReservation)
    titre = models.CharField("titre de la permanence", max_length=TITRE, blank=True)
    debut = models.TimeField("de")
    fin = models.TimeField("à")
    semaines = models.PositiveSmallIntegerField("revient", choices=Retour, default=Retour.UNE_FOIS)
    jours = models.JSONField("jours", default=list, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = "réservation"
        ordering = ["espace", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="reservation_is_numbered_once",
                violation_error_message="Ce numéro de réservation sert déjà.",
            ),
            models.CheckConstraint(
                name="reservation_ends_after_it_starts",
                condition=Q(fin__gt=F("debut")),
                violation_error_message="L’heure de fin vient avant celle du début.",
                violation_error_code="fin",
            ),
            models.CheckConstraint(
                name="reservation_confidential_says_nothing",
                condition=Q(genre=GenreDeReservation.PERMANENCE) & ~Q(titre="")
                | Q(genre=GenreDeReservation.CONFIDENTIEL, titre=""),
                violation_error_message="Une permanence a un titre ; un rendez-vous confidentiel n’en a pas.",
                violation_error_code="titre",
            ),
            models.CheckConstraint(
                name="reservation_comes_back_as_known",
                condition=Q(semaines__in=Retour.values),
                violation_error_message="Une réservation vient une fois, chaque semaine ou une semaine sur deux.",
                violation_error_code="semaines",
            ),
        ]

    def __str__(self) -> str:
        return self.titre or "rendez-vous confidentiel"

    @property
    def code(self) -> str:
        """How the trace and addresses name it."""
        return str(self.numero)

    @property
    def is_permanence(self) -> bool:
        """Whether it says what it is."""
        return bool(self.genre == GenreDeReservation.PERMANENCE)

    @property
    def niveau(self) -> int:
        """Who reads who holds it, and its title: those of the contract, anyone where the room shows it; nobody but the
        team, by its trace, for a confidential one."""
        return int(self.salle.lecture) if self.is_permanence else int(Niveau.EQUIPE)

    @property
    def days(self) -> list[date]:
        """The days that it holds."""
        return [date.fromisoformat(one) for one in self.jours]

    def minutes(self) -> int:
        """How long it is, on one day."""
        return minutes_of(self.fin) - minutes_of(self.debut)


class QuartDHeure(models.Model):
    """A quarter of an hour of a room on a day, held by a booking: the base holds each once, whatever a slot lasts."""

    reservation = models.ForeignKey(Reservation, models.CASCADE, verbose_name="réservation", related_name="quarts")
    salle = models.ForeignKey(Salle, models.CASCADE, verbose_name="salle", related_name="quarts")
    jour = models.DateField("jour")
    debut = models.TimeField("à partir de")

    class Meta:
        verbose_name = "quart d’heure"
        ordering = ["salle", "jour", "debut"]
        constraints = [
            models.UniqueConstraint(
                fields=["salle", "jour", "debut"],
                name="quart_d_heure_is_held_once",
                violation_error_message="Ce créneau est déjà pris.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.salle}, {date_fr(self.jour)}, {self.debut:%H:%M}"


def minutes_of(hour: time) -> int:
    """An hour as minutes since midnight."""
    return hour.hour * 60 + hour.minute
