"""What is compared with the last thing that the trace told of it: a row changed by another way shows.

A room says what its rows hold now, in the words of the trace (`Piece(traced=…)`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tenir.core.models import EntreeDeTrace
from tenir.core.piece import pieces
from tenir.core.trace import BATCH, Rupture


@dataclass(frozen=True, slots=True)
class Tenu:
    """What one field of one thing holds now: its chain, kind, object and field as the trace names them, its value."""

    chaine: str
    genre: str
    objet: str
    champ: str
    valeur: str


def differences() -> Iterator[Rupture]:
    """Yield every field that no more holds what the trace last told of it; what was erased says nothing."""
    last = _last_told()
    for piece in pieces():
        for tenu in piece.traced() if piece.traced else ():
            told = last.get((tenu.chaine, tenu.genre, tenu.objet, tenu.champ))
            if told and told[1] is not None and told[1] != tenu.valeur:
                raison = f"{tenu.genre} {tenu.objet}, {tenu.champ} : la base ne dit plus ce que cette entrée a écrit."
                yield Rupture(tenu.chaine, told[0], raison)


def _last_told() -> dict[tuple[str, str, str, str], tuple[int, str | None]]:
    """The last entry of each field, and the value it gave; none when that value was erased."""
    found: dict[tuple[str, str, str, str], tuple[int, str | None]] = {}
    rows = EntreeDeTrace.objects.order_by("chaine", "rang")
    names = ("chaine__nom", "genre", "objet", "champ", "rang", "apres", "efface")
    for chaine, genre, objet, champ, rang, apres, efface in rows.values_list(*names).iterator(BATCH):
        found[chaine, genre, objet, champ] = (rang, None if efface else apres)
    return found
