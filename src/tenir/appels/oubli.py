"""Where the texts of the room that may name someone are changed."""

from tenir.appels.models import AppelAProjets, EnveloppeDAppel, PieceDAppel
from tenir.core.piece import Answer
from tenir.ecran.navigation import address


def _call(row: AppelAProjets) -> str:
    return address("appel-a-projets", row.espace, row.numero)


def _of_call(row: EnveloppeDAppel | PieceDAppel) -> str:
    return _call(row.appel)


WHERE: dict[str, Answer] = {
    AppelAProjets._meta.label: _call,
    EnveloppeDAppel._meta.label: _of_call,
    PieceDAppel._meta.label: _of_call,
}
