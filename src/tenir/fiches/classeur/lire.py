"""The spreadsheet that comes back, sheet by sheet: cells of text under the fields their columns name. Nothing is
judged here; what is read can be kept as JSON until someone applies it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tenir.core.tableur import Tableau, TableauIllisible, column_name, read_sheets
from tenir.fiches.classeur.modele import FEUILLES, FICHES, FORMAT, ORIGINE
from tenir.fichier.mots import comparable

HEADINGS_WITHIN = 10
"""The headings are looked for in the first rows: a title may have been put above."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row that says something: its number as a person counts, and its cells by field."""

    rang: int
    cellules: dict[str, str]


@dataclass(frozen=True, slots=True)
class Feuille:
    """A sheet that was read: the column of each field found, its rows, its columns that are nobody's."""

    nom: str
    titre: str
    colonnes: dict[str, int]
    lignes: list[Ligne]
    inconnues: list[str] = field(default_factory=list)

    def place(self, rang: int, champ: str) -> str:
        """Where a cell is, as a person finds it."""
        cell = f"{column_name(self.colonnes[champ])}{rang}" if champ in self.colonnes else ""
        where = f"cellule {cell}" if cell else f"ligne {rang}"
        return f"feuille « {self.titre} », {where}" if self.titre else where


@dataclass(frozen=True, slots=True)
class Origine:
    """What the cells held when the workbook left, by code of fiche and number of jalon; `slug` is its contract."""

    slug: str
    le: str
    versions: dict[str, str]
    fiches: dict[str, dict[str, str]]
    jalons: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Contenu:
    """All that was read of a workbook."""

    feuilles: list[Feuille]
    origine: Origine | None
    ignorees: list[str]

    def to_json(self) -> dict[str, Any]:
        """As it is kept until it is applied."""
        return {
            "feuilles": [
                [one.nom, one.titre, one.colonnes, [[row.rang, row.cellules] for row in one.lignes], one.inconnues]
                for one in self.feuilles
            ],
            "origine": _origin_to_json(self.origine),
            "ignorees": self.ignorees,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Contenu":
        """What `to_json` kept."""
        sheets = [
            Feuille(nom, titre, colonnes, [Ligne(rang, cellules) for rang, cellules in lignes], inconnues)
            for nom, titre, colonnes, lignes, inconnues in kept["feuilles"]
        ]
        return cls(sheets, Origine(*kept["origine"]) if kept["origine"] else None, kept["ignorees"])


def read_workbook(name: str, content: bytes) -> Contenu:
    """Read an XLSX, or a CSV of the sheet « Fiches ».

    Raises:
        TableauIllisible: it cannot be read, holds none of the sheets, or one without its codes.
    """
    tables, left_out = read_sheets(name, content, {*FEUILLES, ORIGINE})
    named = {table.feuille or FICHES: table for table in tables}
    origin = _origin(named.pop(ORIGINE)) if ORIGINE in named else None
    if not named:
        raise TableauIllisible(
            f"Ce classeur n’a aucune des feuilles {', '.join(f'« {one} »' for one in FEUILLES)} : déposez celui que "
            "Tenir vous a donné, sans renommer ses feuilles."
        )
    sheets = [_sheet(nom, named[nom]) for nom in FEUILLES if nom in named]
    return Contenu(sheets, origin, [one for one in left_out if one not in _OURS])


_OURS = ("Mode d’emploi", "Listes")


def _sheet(nom: str, table: Tableau) -> Feuille:
    top = _heading_row(nom, table)
    headings = table.lignes[top]
    known = {champ.comparable: champ.name for champ in FEUILLES[nom]}
    columns: dict[str, int] = {}
    unknown: list[str] = []
    for rank, heading in enumerate(headings):
        found = known.get(comparable(heading))
        if found and found not in columns:
            columns[found] = rank
        elif heading:
            unknown.append(heading)
    return Feuille(nom, table.feuille, columns, list(_rows(table, top, columns)), unknown)


def _heading_row(nom: str, table: Tableau) -> int:
    for rank, row in enumerate(table.lignes[:HEADINGS_WITHIN]):
        if any(comparable(cell) == "code" for cell in row):
            return rank
    raise TableauIllisible(
        f"La feuille « {nom} » n’a plus de colonne « Code » : sans elle, on ne sait pas de quelles actions il s’agit."
    )


def _rows(table: Tableau, top: int, columns: dict[str, int]) -> Iterator[Ligne]:
    for rank, row in enumerate(table.lignes[top + 1 :], start=top + 2):
        if any(row):
            cells = {name: row[column] if column < len(row) else "" for name, column in columns.items()}
            yield Ligne(rank, _of_csv(cells) if not table.feuille else cells)


def _of_csv(cells: dict[str, str]) -> dict[str, str]:
    """Without the apostrophe that our CSV puts before what a spreadsheet would compute."""
    return {name: text[1:] if text.startswith("'") else text for name, text in cells.items()}


def _origin(table: Tableau) -> Origine | None:
    """The hidden sheet; none when it is not ours, or was damaged: versions then say what changed."""
    first = [*table.lignes[0], "", "", ""]
    if first[0] != FORMAT:
        return None
    fields: dict[str, list[str]] = {}
    found: dict[str, dict[str, dict[str, str]]] = {"fiche": {}, "jalon": {}}
    versions: dict[str, str] = {}
    for row in table.lignes[1:]:
        kind, key, third, *rest = [*row, "", "", ""]
        if kind not in found:
            continue
        if kind not in fields:
            fields[kind] = [name for name in rest if name]
            continue
        found[kind][key] = dict(zip(fields[kind], [*rest, *[""] * len(fields[kind])], strict=False))
        versions |= {key: third} if kind == "fiche" else {}
    return Origine(first[1], first[2], versions, found["fiche"], found["jalon"])


def _origin_to_json(origin: Origine | None) -> list[Any] | None:
    return [origin.slug, origin.le, origin.versions, origin.fiches, origin.jalons] if origin else None
