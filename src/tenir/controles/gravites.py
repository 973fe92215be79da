"""How each gravity is shown."""

from tenir.core.composants import Tampon, Ton
from tenir.core.typographie import NBSP
from tenir.regles.anomalie import Gravite

TONS = {Gravite.BLOQUANTE: Ton.RETARD, Gravite.A_CORRIGER: Ton.ATTENTION, Gravite.A_AMELIORER: Ton.NEUTRE}


def stamp_of(gravite: str) -> Tampon:
    """The stamp of a gravity, whoever holds it as a word."""
    found = Gravite(gravite)
    return Tampon(found.value.replace(" ", NBSP), TONS[found])  # a stamp stands on one line
