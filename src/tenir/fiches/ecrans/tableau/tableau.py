"""The table of fiches as the address asks for it: columns, sort, groups, page; then the page or the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.typographie import pluriel
from tenir.ecran.mots import UNDECLARED
from tenir.fiches.ecrans.tableau.colonnes import COLONNES, DEFAULT, Colonne, contract_column, offered
from tenir.fiches.ecrans.tableau.filtres import MINE, Filtres
from tenir.fiches.ecrans.tableau.lignes import Ligne, lines_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, may

PER_PAGE = 200
"""A whole contract on one page: it is read, printed and ticked as one."""


@dataclass(frozen=True, slots=True)
class Entete:
    """The heading of a column: the query string that sorts by it, and how it sorts now (« ascending »)."""

    titre: str
    url: str = ""
    tri: str = ""


@dataclass(frozen=True, slots=True)
class Groupe:
    """Rows under a heading (empty: no groups), written whole; `compte`: how many lines it has, on every page."""

    titre: str
    compte: int
    lignes: SafeString


class Tableau:
    """A view of the fiches of a contract: all of it is in its address."""

    def __init__(self, acces: Acces, espace: EspaceDeContrat, asked: QueryDict) -> None:
        self.acces, self.espace, self.asked = acces, espace, asked
        self.mine = bodies_of(acces, espace)
        self.toutes = lines_of(espace, horloge.today())
        self.filtres = Filtres(asked or None, lines=self.toutes, mine=self.mine)
        self.lot = may(acces, "fiche.bulk", espace)
        self.offertes = offered(acces, espace, theirs=bool(self.mine))

    @cached_property
    def lignes(self) -> list[Ligne]:
        """The lines that the filters leave, sorted."""
        found, column = self.filtres.kept(), self.offertes.get(self.tri.removeprefix("-"))
        if column is None or column.key is None:
            return found
        keyed = [(column.key(line), line) for line in found]
        told = [pair for pair in keyed if pair[0] not in (None, "")]
        told.sort(key=lambda pair: pair[0], reverse=self.tri.startswith("-"))
        return [line for _, line in told] + [line for key, line in keyed if key in (None, "")]

    @property
    def lisible(self) -> bool:
        """Whether every filter can be read."""
        return not self.filtres.is_bound or self.filtres.is_valid()

    @property
    def tri(self) -> str:
        """The column it is sorted by, after « - » when backwards."""
        return self.asked.get("sort", "") or "code"

    @cached_property
    def colonnes(self) -> list[Colonne]:
        """The columns asked for, in their own order; the usual ones when none is."""
        names = {name for given in self.asked.getlist("colonnes") for name in given.split(",")}
        found = [column for name, column in self.offertes.items() if name in names]
        return found or [self.offertes[name] for name in DEFAULT]

    def choix(self) -> list[tuple[str, str, bool]]:
        """Every column that may be shown: name, heading, whether it is."""
        shown = {column.name for column in self.colonnes}
        return [(name, column.titre, name in shown) for name, column in self.offertes.items()]

    def entetes(self) -> list[Entete]:
        """The headings, each sorting by its column, then backwards."""
        return [Entete(one.titre, *self._sort(one)) for one in self.colonnes]

    def autres(self) -> list[tuple[str, str]]:
        """What the address asks besides the columns and the page."""
        kept = [name for name in self.asked if name not in ("colonnes", "page")]
        return [(name, value) for name in kept for value in self.asked.getlist(name)]

    @property
    def largeur(self) -> int:
        """How many columns the table has, that of the boxes to tick included."""
        return len(self.colonnes) + self.lot

    @cached_property
    def page(self) -> Page[Ligne]:
        """The page asked for, the nearest one when there is none such."""
        return Paginator(self.lignes, PER_PAGE).get_page(self.asked.get("page"))

    def groupes(self) -> Iterator[Groupe]:
        """The rows of the page, under the headings of the grouping asked for."""
        cells = [(_opening(column), column.shown) for column in self.colonnes]
        if not (by := self.filtres.regroupement):
            yield Groupe("", len(self.lignes), self._rows(list(self.page), cells))
            return
        counts = _grouped(self.lignes, by)
        for title, lines in _grouped(list(self.page), by).items():
            yield Groupe(title, len(counts[title]), self._rows(lines, cells))

    def valeurs(self) -> Iterator[list[str]]:
        """The lines as rows of a file, the headings first, the contract in front."""
        columns = [contract_column(self.espace), *self.colonnes]
        yield [column.titre for column in columns]
        for line in self.lignes:
            yield [column.value(line) for column in columns]

    def vues(self) -> list[Lien]:
        """The views that one asks for most, the columns and the grouping kept."""
        late = sum(bool(line.situation.retards) for line in self.toutes)
        silent = sum(line.situation.silence_depuis is not None for line in self.toutes)
        views = [
            (f"Toutes ({len(self.toutes)})", {}),
            (f"En retard ({late})", {"retard": "oui"}),
            (f"Sans nouvelles ({silent})", {"silence": "oui"}),
            (f"À désigner ({sum(line.a_designer for line in self.toutes)})", {"designer": "oui"}),
        ]
        if self.mine:
            carried = sum(any(body.identifiant in self.mine for body in line.porteurs) for line in self.toutes)
            views.append((f"Ce que porte mon organisme ({carried})", {"porteur": MINE}))
        return [self._view(text, given) for text, given in views]

    def compte(self) -> str:
        """How many lines there are."""
        return pluriel(len(self.lignes), "fiche", genre="f")

    def _view(self, text: str, given: dict[str, str]) -> Lien:
        kept = [(name, value) for name in ("colonnes", "groupe") for value in self.asked.getlist(name)]
        now = {name: self.asked[name] for name in self.filtres.fields if self.asked.get(name) and name != "groupe"}
        return Lien(text, f"?{urlencode([*given.items(), *kept])}", current=now == given)

    def _sort(self, column: Colonne) -> tuple[str, str]:
        if column.key is None:
            return "", ""
        now = {column.name: "ascending", f"-{column.name}": "descending"}.get(self.tri, "")
        given = self.asked.copy()
        given["sort"] = f"-{column.name}" if now == "ascending" else column.name
        given.pop("page", None)
        return f"?{given.urlencode()}", now

    def _rows(self, lines: list[Ligne], cells: list[tuple[str, Any]]) -> SafeString:
        tick = _tick if self.lot else _nothing
        rows = (
            f'<tr role="row">{tick(line)}{"".join(f"{opening}{shown(line)}</td>" for opening, shown in cells)}</tr>\n'
            for line in lines
        )
        return mark_safe("".join(rows))  # noqa: S308 (every piece is escaped by `Colonne.shown` and `format_html`)


def _opening(column: Colonne) -> str:
    css = format_html(' class="{}"', column.css) if column.css else ""
    return format_html('<td role="cell" data-label="{}"{}>', column.titre, css)


def _tick(line: Ligne) -> str:
    code = line.code  # a stable code: letters, figures and hyphens
    return (
        '<td role="cell" data-label="Choisir" class="cocher"><label><input type="checkbox" name="codes" form="lot" '
        f'value="{code}"><span class="hors-ecran">Choisir {code}</span></label></td>'
    )


def _nothing(line: Ligne) -> str:
    return ""


def _grouped(lines: list[Ligne], by: str) -> dict[str, list[Ligne]]:
    """Lines under the headings of a grouping, in the order of the headings; those of two bodies are under each."""
    found: dict[tuple[Any, str], list[Ligne]] = {}
    for line in lines:
        for heading in _HEADINGS[by](line):
            found.setdefault(heading, []).append(line)
    return {title: found[order, title] for order, title in sorted(found)}


def _by_body(line: Ligne) -> list[tuple[Any, str]]:
    """Each body finds its own list whole. An action that two carry is in both: under « plusieurs », neither would see
    it as its own."""
    return [(0, body.nom) for body in line.porteurs] or [(1, "À désigner")]


_HEADINGS: dict[str, Any] = {
    "axe": lambda line: [(line.fiche.action.orientation.axe.ordre, COLONNES["axe"].value(line))],
    "orientation": lambda line: [(line.fiche.action.orientation.ordre, COLONNES["orientation"].value(line))],
    "porteur": _by_body,
    "statut": lambda line: [(_status_rank(line), line.fiche.get_statut_display() or UNDECLARED)],
}


def _status_rank(line: Ligne) -> int:
    key = COLONNES["statut"].key
    rank = key(line) if key else None
    return 99 if rank is None else rank
