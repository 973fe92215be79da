"""Where the texts of the room that may name someone are changed."""

from tenir.core.piece import Answer
from tenir.ecran.navigation import address
from tenir.financement.models import LigneDeFinancement, MouvementDeFinancement, ReponseDeFinanceur


def _line(row: LigneDeFinancement) -> str:
    return address("financement", row.espace, row.code)


def _of_line(row: MouvementDeFinancement | ReponseDeFinanceur) -> str:
    return _line(row.ligne)


WHERE: dict[str, Answer] = {
    LigneDeFinancement._meta.label: _line,
    MouvementDeFinancement._meta.label: _of_line,
    ReponseDeFinanceur._meta.label: _of_line,
}
