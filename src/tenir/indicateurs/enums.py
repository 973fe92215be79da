"""The words of the life of an indicator."""

from django.db import models

from tenir.core.composants import Ton


class Frequence(models.TextChoices):
    """How often an indicator is read."""

    MENSUELLE = "mensuelle", "chaque mois"
    TRIMESTRIELLE = "trimestrielle", "chaque trimestre"
    SEMESTRIELLE = "semestrielle", "chaque semestre"
    ANNUELLE = "annuelle", "chaque année"
    UNIQUE = "unique", "une fois"


MOIS_ENTRE_RELEVES = {
    Frequence.MENSUELLE: 1,
    Frequence.TRIMESTRIELLE: 3,
    Frequence.SEMESTRIELLE: 6,
    Frequence.ANNUELLE: 12,
}
"""How many months pass between two readings; none is due again after a single one."""


class StatutDeReleve(models.TextChoices):
    """How far a reading is believed."""

    PROVISOIRE = "provisoire", "provisoire"
    VALIDE = "valide", "validé"
    CONTESTE = "conteste", "contesté"


TON_DU_RELEVE = {
    StatutDeReleve.PROVISOIRE: Ton.ATTENTION,
    StatutDeReleve.VALIDE: Ton.FAIT,
    StatutDeReleve.CONTESTE: Ton.RETARD,
}
