"""A table of any headings: what each of its columns holds is guessed, then said by a person.

`colonnes` reads a table whose columns have names that an importer knows. Here nothing is required: every heading is
shown with what stands under it, and whoever brings the table says what it is.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from tenir.core.tableur.colonnes import WITHIN, Colonne, Entetes, Grille, Rang, account, headings
from tenir.core.tableur.tableau import EPOQUE, Tableau, TableauIllisible, column_name
from tenir.fichier.mots import comparable

EXEMPLES = 3
"""How many values of a column are shown under its heading."""
RECONNUES = 2
"""From how many columns that are known the row that names them is the one of the headings."""


@dataclass(frozen=True, slots=True)
class Titre:
    """The heading of a column, counted from 0, with the first values under it. `cle`: the heading as two tables are
    compared; the second of the same words has its rank."""

    colonne: int
    texte: str
    cle: str
    exemples: tuple[str, ...]


@dataclass(frozen=True)
class Releve:
    """A table as it came: its headings, the row they are in (from 0), the rows under them. It can be kept as JSON."""

    feuille: str
    rang: int
    lignes: list[list[str]]
    remarques: list[str]
    epoque: date = EPOQUE

    @cached_property
    def titres(self) -> list[Titre]:
        """The columns that hold something, from left to right."""
        found: list[Titre] = []
        seen: Counter[str] = Counter()
        for column in range(max(map(len, self.lignes), default=0)):
            if first := self.values(column)[:EXEMPLES]:
                text = self._heading(column)
                key = comparable(text) or text
                seen[key] += 1
                found.append(Titre(column, text, key if seen[key] == 1 else f"{key} {seen[key]}", tuple(first)))
        return found

    @property
    def empreinte(self) -> str:
        """A digest of the headings, whatever their order: two tables that have it are read alike."""
        said = json.dumps(sorted(one.cle for one in self.titres), ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()

    def values(self, colonne: int) -> list[str]:
        """The values of a column, once each, in their order."""
        return list(dict.fromkeys(cells[colonne] for _, cells in self.rows() if _at(cells, colonne)))

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows that say something, each with its number as a person counts."""
        for rank, cells in enumerate(self.lignes[self.rang + 1 :], start=self.rang + 2):
            if any(cells):
                yield rank, cells

    def grille(self, choix: Mapping[int, str]) -> Grille:
        """The rows, once it is said what each column holds; those of which nothing is said are left."""
        places = {key: column for column, key in choix.items()}
        rows = [Rang(rank, {key: _at(cells, one) for one, key in choix.items()}) for rank, cells in self.rows()]
        return Grille(self.feuille, places, rows, self.remarques)

    def guess(self, columns: Sequence[Colonne]) -> dict[int, str]:
        """What each column seems to hold, by the words of its heading; each thing is in one column at most."""
        fits = sorted(
            (fit, order, title.colonne, one.cle)
            for title in self.titres
            for order, one in enumerate(columns)
            if (fit := one.fit(title.texte)) is not None and not one.sauf(self.values(title.colonne))
        )
        found: dict[int, str] = {}
        for _, _, column, key in fits:
            if column not in found and key not in found.values():
                found[column] = key
        return found

    def _heading(self, colonne: int) -> str:
        return _at(self.lignes[self.rang], colonne) or f"colonne {column_name(colonne)}, sans titre"

    def to_json(self) -> list[Any]:
        """As it is kept."""
        return [self.feuille, self.rang, self.lignes, self.remarques, self.epoque.isoformat()]

    @classmethod
    def from_json(cls, kept: Any) -> "Releve":
        """What `to_json` kept."""
        feuille, rang, lignes, remarques, epoque = kept
        return cls(feuille, rang, lignes, remarques, date.fromisoformat(epoque))


def survey(tableaux: Iterable[Tableau], columns: Sequence[Colonne]) -> Releve:
    """The first sheet that has rows under headings, whatever these say; what is left of the file is told.

    Raises:
        TableauIllisible: none has.
    """
    tables = list(tableaux)
    for table in tables:
        row = _heading_row(table, columns)
        told = account(table, Entetes(row, {}), [one for one in tables if one is not table])
        found = Releve(table.feuille, row, table.lignes, told, table.epoque)
        if next(found.rows(), None):
            return found
    raise TableauIllisible("Ce tableau n’a que des titres : il lui manque des lignes.")


def _heading_row(tableau: Tableau, columns: Sequence[Colonne]) -> int:
    """The row that names most columns that are known; else the first that is as full as any other near it."""
    found = headings(tableau, columns, {})
    if len(found.colonnes) >= RECONNUES:
        return found.rang
    full = [sum(map(bool, cells)) for cells in tableau.lignes[:WITHIN]]
    return full.index(max(full, default=0)) if full else 0


def _at(cells: list[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""
