"""The words of rooms and of what is booked in them."""

from django.db import models


class GenreDeReservation(models.TextChoices):
    """What a slot is taken for: a body receives there and says so; or nobody else reads anything of it."""

    CONFIDENTIEL = "confidentiel", "rendez-vous confidentiel"
    PERMANENCE = "permanence", "permanence"


class Pas(models.IntegerChoices):
    """How long a slot of a room is, in minutes: whole quarters of an hour, which is what the base holds."""

    QUART = 15, "un quart d’heure"
    DEMIE = 30, "une demi-heure"
    TROIS_QUARTS = 45, "trois quarts d’heure"
    HEURE = 60, "une heure"


class Retour(models.IntegerChoices):
    """Every how many weeks what is booked comes back; nought: once."""

    UNE_FOIS = 0, "une seule fois"
    SEMAINE = 1, "chaque semaine"
    QUINZAINE = 2, "une semaine sur deux"
