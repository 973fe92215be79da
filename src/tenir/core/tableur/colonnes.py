"""Headings: which column of a table holds what, by the words that its heading is made of, whatever program wrote it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tenir.core.tableur.tableau import Tableau, TableauIllisible, column_name
from tenir.fichier.mots import comparable, plain, words

WITHIN = 30
"""The headings are looked for in the first rows: titles may have been put above."""


@dataclass(frozen=True, slots=True)
class Colonne:
    """What a column may be called: one of `noms`, with or without words of `autour` beside it.

    `sauf`: whether the values of a column show that it holds something else, whatever its heading. `chiffres`: the
    numbers of a heading count too (« 16 à 25 ans »).
    """

    cle: str
    noms: tuple[str, ...]
    autour: str = ""
    sauf: Callable[[Sequence[str]], bool] = lambda values: False
    chiffres: bool = False

    def fit(self, heading: str) -> "Fit | None":
        """How well a heading is that of the column, the smallest the best; None when it is not."""
        said_by = _every_word if self.chiffres else heading_words
        said, spare = said_by(heading), set(words(self.autour))
        names = enumerate(map(said_by, self.noms))
        return min(
            ((len(said - one), rank) for rank, one in names if one <= said and said - one <= spare), default=None
        )


Fit = tuple[int, int]
"""How many words a heading has beside the name of a column, then the rank of that name."""


@lru_cache(maxsize=4096)
def heading_words(heading: str) -> frozenset[str]:
    """The words of a heading, without its numbers and small words: « Téléphone 2 (bureau) » is téléphone, bureau."""
    bare = "".join(" " if one.isdecimal() else one for one in plain(heading))
    return frozenset(comparable(bare).split())


@lru_cache(maxsize=4096)
def _every_word(heading: str) -> frozenset[str]:
    return frozenset(comparable(heading).split())


@dataclass(frozen=True, slots=True)
class Rang:
    """A row that says something: its number as a person counts, its cells by column.

    `laisses`: what another column of the same kind says, and that is left: kind, heading, text.
    """

    rang: int
    cellules: dict[str, str]
    laisses: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entetes:
    """The headings of a table: the row they are in (from 0), the columns of each kind, the best first, the others."""

    rang: int
    colonnes: dict[str, list[int]]
    inconnues: list[str] = field(default_factory=list)


def headings(tableau: Tableau, columns: Sequence[Colonne], required: Mapping[str, str]) -> Entetes:
    """Find the headings of a table, a title above them or not.

    Raises:
        TableauIllisible: no row names the required columns, told by `required`.
    """
    rows = range(min(WITHIN, len(tableau.lignes)))
    found = [_at(tableau, row, columns) for row in rows]
    best = max(found, key=lambda one: (len(required.keys() & one.colonnes), len(one.colonnes), -one.rang))
    missing = [name for key, name in required.items() if key not in best.colonnes]
    if missing:
        raise TableauIllisible(
            f"Aucune ligne ne nomme les colonnes : il manque {' et '.join(missing)}. Donnez un titre à chaque colonne."
        )
    return best


def _at(tableau: Tableau, row: int, columns: Sequence[Colonne]) -> Entetes:
    taken: dict[str, list[tuple[Fit, int]]] = {}
    unknown: list[str] = []
    for rank, heading in enumerate(tableau.lignes[row]):
        values = _values(tableau, row, rank)
        fits = [(fit, one.cle) for one in columns if (fit := one.fit(heading)) is not None and not one.sauf(values)]
        if fits:
            fit, key = min(fits, key=lambda one: one[0])
            taken.setdefault(key, []).append((fit, rank))
        elif values:
            unknown.append(heading or f"colonne {column_name(rank)}, sans titre")
    unknown += _beyond(tableau, row)
    return Entetes(row, {key: [rank for _, rank in sorted(found)] for key, found in taken.items()}, unknown)


def _values(tableau: Tableau, row: int, column: int) -> list[str]:
    return [cells[column] for cells in tableau.lignes[row + 1 :] if column < len(cells) and cells[column]]


def _beyond(tableau: Tableau, row: int) -> Iterator[str]:
    """The columns that hold something, past the last heading."""
    last = max((len(cells) for cells in tableau.lignes[row:]), default=0)
    for column in range(len(tableau.lignes[row]), last):
        if _values(tableau, row, column):
            yield f"colonne {column_name(column)}, sans titre"


def rows_under(tableau: Tableau, found: Entetes) -> Iterator[Rang]:
    """The rows under the headings that say something. Where several columns are of one kind, the first that says
    something is taken, and the others are told."""
    for rank, cells in enumerate(tableau.lignes[found.rang + 1 :], start=found.rang + 2):
        if any(cells):
            yield _row(tableau, found, rank, cells)


def _row(tableau: Tableau, found: Entetes, rank: int, cells: list[str]) -> Rang:
    taken: dict[str, str] = {}
    heads, left = tableau.lignes[found.rang], []
    for key, columns in found.colonnes.items():
        said = [(column, cells[column]) for column in columns if column < len(cells) and cells[column]]
        taken[key] = said[0][1] if said else ""
        left += [(key, heads[column], text) for column, text in said[1:] if text != taken[key]]
    return Rang(rank, taken, tuple(left))


@dataclass(frozen=True, slots=True)
class Grille:
    """A table whose columns are known: what an importer shows, then applies. It can be kept as JSON in between."""

    feuille: str
    colonnes: dict[str, int]
    rangs: list[Rang]
    remarques: list[str]

    def place(self, rang: int, cle: str) -> str:
        """Where a cell is, as a person finds it: « feuille « Contacts », cellule C4 »."""
        where = f"cellule {column_name(self.colonnes[cle])}{rang}" if cle in self.colonnes else f"ligne {rang}"
        return f"feuille « {self.feuille} », {where}" if self.feuille else where

    def to_json(self) -> list[Any]:
        """As it is kept."""
        rows = [[one.rang, one.cellules, one.laisses] for one in self.rangs]
        return [self.feuille, self.colonnes, rows, self.remarques]

    @classmethod
    def from_json(cls, kept: Any) -> "Grille":
        """What `to_json` kept.

        Raises:
            TableauIllisible: it kept something else.
        """
        try:
            feuille, colonnes, rows, remarques = kept
            rangs = [Rang(int(rang), _texts(cells), tuple((a, b, c) for a, b, c in left)) for rang, cells, left in rows]
            return cls(str(feuille), {str(key): int(rank) for key, rank in colonnes.items()}, rangs, list(remarques))
        except (TypeError, ValueError, AttributeError) as error:
            raise TableauIllisible("Ce tableau n’est plus celui qui a été montré : reprenez-le.") from error


def _texts(cells: dict[Any, Any]) -> dict[str, str]:
    return {str(key): str(text) for key, text in cells.items()}


def read_rows(tableaux: Iterable[Tableau], columns: Sequence[Colonne], required: Mapping[str, str]) -> Grille:
    """The rows of the first of the sheets that has the columns; what is left of the file is told.

    Raises:
        TableauIllisible: none has them.
    """
    tables = list(tableaux)
    table, found = _first_with(tables, columns, required)
    told = account(table, found, [one for one in tables if one is not table])
    places = {key: ranks[0] for key, ranks in found.colonnes.items()}
    return Grille(table.feuille, places, list(rows_under(table, found)), told)


def _first_with(
    tables: list[Tableau], columns: Sequence[Colonne], required: Mapping[str, str]
) -> tuple[Tableau, Entetes]:
    refused: TableauIllisible | None = None
    for table in tables:
        try:
            return table, headings(table, columns, required)
        except TableauIllisible as error:
            refused = refused or error
    raise refused or TableauIllisible("Ce tableau est vide.")


def account(tableau: Tableau, found: Entetes, others: Iterable[Tableau] = ()) -> list[str]:
    """What a person must know of how a table was read: its remarks, and all that is in it and left aside."""
    told = list(tableau.remarques)
    above = [row + 1 for row, cells in enumerate(tableau.lignes[: found.rang]) if any(cells)]
    if above:
        told.append(f"Au-dessus des titres de colonnes, et laissé : {_lines(above)}.")
    if found.inconnues:
        told.append(f"Colonnes laissées de côté : {', '.join(f'« {one} »' for one in found.inconnues)}.")
    sheets = [f"« {one.feuille} » ({len([row for row in one.lignes if any(row)])} lignes)" for one in others]
    if sheets:
        told.append(f"Feuilles laissées de côté : {', '.join(sheets)}.")
    return told


def _lines(numbers: list[int]) -> str:
    return f"ligne{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
