"""Where the texts of walks that may name someone are read and changed; the room keeps no person."""

from tenir.core.piece import Answer
from tenir.ecran.navigation import address
from tenir.marches.models import Arret, Marche


def _of_marche(row: Marche) -> str:
    return address("marche", row.espace, row.numero)


def _of_arret(row: Arret) -> str:
    return _of_marche(row.marche)


WHERE: dict[str, Answer] = {Marche._meta.label: _of_marche, Arret._meta.label: _of_arret}
