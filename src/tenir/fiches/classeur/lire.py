"""The spreadsheet that comes back, sheet by sheet: cells of text under the fields their columns name. Nothing is
judged here; what is read can be kept as JSON until someone applies it."""

from dataclasses import dataclass, field
from typing import Any

from tenir.core.tableur import Tableau, TableauIllisible, column_name, read_sheets
from tenir.core.tableur.cellules import CelluleRefusee
from tenir.core.tableur.colonnes import Colonne, Entetes, Rang, account, headings, rows_under
from tenir.core.tableur.jours import read_day
from tenir.core.tableur.tableau import EPOQUE
from tenir.fiches.classeur.modele import AIDE, FEUILLES, FICHES, FORMAT, LISTES, ORIGINE
from tenir.fichier.mots import comparable


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
    remarques: list[str] = field(default_factory=list)

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
                [
                    one.nom,
                    one.titre,
                    one.colonnes,
                    [[row.rang, row.cellules] for row in one.lignes],
                    one.inconnues,
                    one.remarques,
                ]
                for one in self.feuilles
            ],
            "origine": _origin_to_json(self.origine),
            "ignorees": self.ignorees,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Contenu":
        """What `to_json` kept."""
        sheets = [
            Feuille(nom, titre, colonnes, [Ligne(rang, cellules) for rang, cellules in lignes], *told)
            for nom, titre, colonnes, lignes, *told in kept["feuilles"]
        ]
        return cls(sheets, Origine(*kept["origine"]) if kept["origine"] else None, kept["ignorees"])


def read_workbook(name: str, content: bytes) -> Contenu:
    """Read an XLSX or an ODS, or a CSV of the sheet « Fiches ».

    Raises:
        TableauIllisible: it cannot be read, holds none of the sheets, or one without its codes.
    """
    tables, left_out = read_sheets(name, content, {*FEUILLES, ORIGINE})
    if not tables:
        tables, left_out = _renamed(name, content)
    named = {_CANONICAL.get(comparable(table.feuille), FICHES): table for table in tables}
    origin = _origin(named.pop(ORIGINE)) if ORIGINE in named else None
    if not named:
        raise TableauIllisible(
            f"Ce classeur n’a aucune des feuilles {', '.join(f'« {one} »' for one in FEUILLES)} : déposez celui que "
            "Tenir vous a donné, sans renommer ses feuilles."
        )
    sheets = [_sheet(nom, named[nom]) for nom in FEUILLES if nom in named]
    return Contenu(sheets, origin, [one for one in left_out if one not in _OURS])


_OURS = (AIDE, LISTES)
_CANONICAL = {comparable(nom): nom for nom in (*FEUILLES, ORIGINE)}


def _renamed(name: str, content: bytes) -> tuple[list[Tableau], list[str]]:
    """The only sheet that shows, when a spreadsheet named it (« Feuil1 »): that of the fiches, if it has codes."""
    tables, _ = read_sheets(name, content, None)
    shown = [table for table in tables if not table.masquee]
    if len(shown) == 1 and any(comparable(cell) == "code" for row in shown[0].lignes for cell in row):
        return shown, []
    return [], [table.feuille for table in tables]


def _sheet(nom: str, table: Tableau) -> Feuille:
    columns = [Colonne(champ.name, (champ.titre,)) for champ in FEUILLES[nom]]
    try:
        found = headings(table, columns, {"code": "« Code »"})
    except TableauIllisible as error:
        raise TableauIllisible(
            f"La feuille « {nom} » n’a plus de colonne « Code » : sans elle, on ne sait pas de quelles actions il "
            "s’agit."
        ) from error
    again = [table.lignes[found.rang][rank] for ranks in found.colonnes.values() for rank in ranks[1:]]
    unknown, found = [*found.inconnues, *again], Entetes(found.rang, {k: v[:1] for k, v in found.colonnes.items()})
    kept = {name: ranks[0] for name, ranks in found.colonnes.items()}
    rows = [_row(table, nom, one) for one in rows_under(table, found)]
    return Feuille(nom, table.feuille, kept, rows, unknown, account(table, found))


def _row(table: Tableau, nom: str, row: Rang) -> Ligne:
    """A row; where the workbook counts its days from 1904, those that lost their format are said in full."""
    if table.epoque == EPOQUE:
        return Ligne(row.rang, row.cellules)
    dates = {champ.name for champ in FEUILLES[nom] if champ.genre == "date"}
    return Ligne(row.rang, {k: _day_of(v, table) if k in dates else v for k, v in row.cellules.items()})


def _day_of(text: str, table: Tableau) -> str:
    try:
        return read_day(text, table.epoque).isoformat()
    except CelluleRefusee:
        return text


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
