"""Where the words of an item are cut in two: between two lines, or inside one."""

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.source import Plage


class CoupeImpossible(Exception):
    """The words cannot be cut there; the message is the French sentence to show."""


ABSENTS = "Ces mots ne sont pas parmi ceux de l’élément : copiez-les tels que le document les imprime."
PREMIERS = "L’élément commence par ces mots : choisissez ceux où commence la suite."


def cut_at(
    document: DocumentNormalise, source: tuple[Plage, ...], debut: str
) -> tuple[tuple[Plage, ...], tuple[Plage, ...]]:
    """The lines of an item before some of its words, and from them on.

    Raises:
        CoupeImpossible: they are not among its words, or begin them.
    """
    wanted = debut.strip()
    for rank, plage in enumerate(source):
        for number in plage.lignes:
            found = _column(document, plage, number, wanted)
            if found is not None:
                first, second = _parted(document, plage, number, found)
                before, after = (*source[:rank], *first), (*second, *source[rank + 1 :])
                if not before:
                    raise CoupeImpossible(PREMIERS)
                return before, after
    raise CoupeImpossible(ABSENTS)


def _column(document: DocumentNormalise, plage: Plage, number: int, wanted: str) -> int | None:
    """The column of a line at which words begin, from 1; none when they are not there."""
    lines = document.lignes_brutes
    if not wanted or number > len(lines):
        return None
    first, last = plage.colonne_debut or 1, plage.colonne_fin or len(lines[number - 1])
    at = lines[number - 1][first - 1 : last].find(wanted)
    return None if at < 0 else first + at


def _parted(
    document: DocumentNormalise, plage: Plage, number: int, column: int
) -> tuple[tuple[Plage, ...], tuple[Plage, ...]]:
    line = document.lignes_brutes[number - 1]
    start, end = plage.colonne_debut or 1, plage.colonne_fin or len(line)
    above = (Plage(plage.debut, number - 1),) if number > plage.debut else ()
    below = (Plage(number + 1, plage.fin),) if number < plage.fin else ()
    head = line[start - 1 : column - 1]
    if not any(map(str.isalnum, head)):  # a bullet at most: the line begins there
        here = plage if plage.debut == plage.fin else Plage(number, number)
        return above, (here, *below) if here is plage else (Plage(number, plage.fin),)
    kept = Plage(number, number, start, start - 1 + len(head.rstrip()))
    return (*above, kept), (Plage(number, number, column, end), *below)
