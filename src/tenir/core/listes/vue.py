"""A list as an address asks for it: columns, sort, groups, page; then the rows of the page, or those of a file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from tenir.core.cellules import written
from tenir.core.composants import Lien
from tenir.core.listes.actifs import Actif, active_in
from tenir.core.listes.adresse import COLUMNS, GROUP, PAGE, SORT, canonical, unknown_to
from tenir.core.listes.colonne import Colonne, Place, Read
from tenir.core.listes.liste import Groupement, Liste
from tenir.core.listes.nommees import VuesNommees
from tenir.core.listes.ordre import Rows, in_order
from tenir.core.typographie import pluriel

CHUNK = 2000
"""How many rows are read at once for a file."""
BY_FILTERS, NOT_YET = " ne répond à ces filtres", " pour l’instant"
"""What the sentence of an empty list says, and says instead when nothing is filtered."""


@dataclass(frozen=True, slots=True)
class Entete:
    """The heading of a column: the query string that sorts by it, and how it sorts now (« ascending »)."""

    titre: str
    css: str = ""
    url: str = ""
    tri: str = ""


@dataclass(frozen=True, slots=True)
class Groupe:
    """Rows under a heading (empty: no groups), written whole; `compte`: how many rows it has, on every page."""

    titre: str
    compte: int
    lignes: SafeString


class Vue:
    """A view of a list. `tick`: what a row is known by when rows can be ticked, in a form called « lot ».

    `prevues`: the views that its page offers to everyone. `nommees`: those that people named, where a room keeps them.
    """

    nommees: VuesNommees | None = None
    hors_fichier: str = ""
    """What it shows and its files do not hold, a sentence: a file that is shorter than its list says so beside it."""

    def __init__(
        self,
        liste: Liste,
        rows: Rows,
        asked: QueryDict,
        *,
        filtre: forms.Form | None = None,
        tick: Read | None = None,
        prevues: Sequence[Lien] = (),
    ) -> None:
        self.liste, self.rows, self.asked = liste, rows, asked
        self.filtre, self.tick, self.prevues = filtre, tick, prevues

    @cached_property
    def tri(self) -> str:
        """The column it is sorted by, after « - » when backwards; one that cannot be is not asked for."""
        found = self.asked.get(SORT, "")
        column = self.liste.by_name.get(found.removeprefix("-"))
        return found if column and column.sorts else self.liste.sort

    @cached_property
    def lignes(self) -> Rows:
        """Every row, sorted."""
        known, by = self.liste.by_name, self.liste.sort.removeprefix("-")
        default = known[by].order_by if by else ()
        column = known.get(self.tri.removeprefix("-"))
        backwards = self.tri.startswith("-")
        return in_order(self.rows, column, backwards=backwards, default=default, tie=self.liste.tie)

    @property
    def offertes(self) -> list[Colonne]:
        """The columns that the page may show."""
        return [one for one in self.liste.columns if one.on_page]

    @cached_property
    def demandees(self) -> set[str]:
        """The names of the columns that the address asks for, where one may choose."""
        given = self.asked.getlist(COLUMNS) if self.liste.choosable else []
        names = {name for text in given for name in text.split(",")}
        return names & {one.name for one in self.offertes}

    @cached_property
    def colonnes(self) -> list[Colonne]:
        """The columns of the page: those asked for, in their own order; the usual ones when none is."""
        names = self.demandees
        return [one for one in self.offertes if (one.name in names if names else one.usual)]

    def choix(self) -> list[tuple[str, str, bool]]:
        """Every column that one may choose: name, heading, whether it is shown."""
        shown = {column.name for column in self.colonnes}
        return [(one.name, one.titre, one.name in shown) for one in self.offertes]

    def entetes(self) -> list[Entete]:
        """The headings, each sorting by its column, then backwards."""
        return [Entete(one.titre, "chiffre" if "chiffre" in one.css else "", *self._sort(one)) for one in self.colonnes]

    def tris(self) -> list[tuple[str, str, bool]]:
        """Every way to sort: what the address says, in words, whether it is now."""
        found = [(one.name, one.titre) for one in self.offertes if one.sorts]
        ways = [(f"{sign}{name}", f"{titre}{word}") for name, titre in found for sign, word in _WAYS]
        return [(value, text, value == self.tri) for value, text in ways]

    def groupements(self) -> list[tuple[str, str, bool]]:
        """Every grouping: name, heading, whether it is now."""
        now = self.groupement.name if self.groupement else ""
        return [(one.name, one.titre, one.name == now) for one in self.liste.groupings]

    @cached_property
    def groupement(self) -> Groupement | None:
        """What rows are grouped by; one that does not exist is not asked for."""
        asked = self.asked.get(GROUP)
        return self.liste.grouping or next((one for one in self.liste.groupings if one.name == asked), None)

    @cached_property
    def entrees(self) -> Sequence[tuple[str, Any]]:
        """Grouped: each row, or its key, under its headings, in their order, which is that of the first row of each."""
        assert self.groupement is not None  # noqa: S101 (asked by who groups)
        headed = self.groupement.of(self.lignes)
        first: dict[str, Any] = {}
        for (rank, title), _ in headed:
            first[title] = min(first.get(title, rank), rank)
        entries = [(title, row) for (_, title), row in headed]
        return sorted(entries, key=lambda entry: (first[entry[0]], entry[0]))

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for, the nearest one when there is none such. Its size is ours to choose."""
        rows = self.entrees if self.groupement else self.lignes
        return Paginator(rows, self.liste.per_page).get_page(self.asked.get(PAGE))

    @cached_property
    def total(self) -> int:
        """How many rows there are, on every page."""
        if self.groupement is None:
            return self.page.paginator.count
        return len({key for _, key in self.entrees} if self.groupement.under else self.lignes)

    def compte(self) -> str:
        """How many rows there are, in words; and on which page one is, when there are several."""
        said = pluriel(self.total, self.liste.noun, self.liste.plural, genre=self.liste.genre)
        pages = self.page.paginator.num_pages
        return f"{said}, page {self.page.number} sur {pages}" if pages > 1 else said

    @property
    def non_lue(self) -> bool:
        """Whether it has no row, which does not mean that there is none."""
        return bool(self.liste.unread) and not self.total

    @property
    def rien(self) -> str:
        """What is said when there is no row: that there is none yet, where no filter hides any."""
        form = self.filtre
        asked = self.adresse if form is None else self.actifs() or form.errors
        if self.liste.unread or asked:
            return self.liste.unread or self.liste.empty
        return self.liste.empty.replace(BY_FILTERS, NOT_YET)

    def groupes(self) -> Iterator[Groupe]:
        """The rows of the page, under the headings of the grouping asked for."""
        cells = [(column.opening, column.shown) for column in self.colonnes]
        if self.groupement is None:
            yield Groupe("", self.total, self._rows(self.page, cells))
            return
        counts = Counter(title for title, _ in self.entrees)
        for title, entries in groupby(self._page_of(self.groupement), key=lambda entry: entry[0]):
            yield Groupe(title, counts[title], self._rows([row for _, row in entries], cells))

    def valeurs(self) -> Iterator[list[Any]]:
        """The rows of a file, the headings first."""
        columns = self._of_a_file()
        yield [column.titre for column in columns]
        values = [column.value for column in columns]
        rows = self.lignes
        for row in rows.iterator(CHUNK) if isinstance(rows, QuerySet) else rows:
            yield [value(row) for value in values]
        if self.non_lue:
            yield [self.liste.unread, *[""] * (len(columns) - 1)]

    def actifs(self) -> list[Actif]:
        """The filters that the address asks for, in words, each with the address that leaves it out."""
        return active_in(self.filtre, self.asked) if self.filtre else []

    def sans_filtre(self) -> str:
        """The query string that leaves every filter out and keeps the rest."""
        return _query(self.asked, dict.fromkeys((*(self.filtre.fields if self.filtre else ()), PAGE)))

    def autres(self, *read: str) -> list[tuple[str, str]]:
        """What the address asks besides some parameters and the page."""
        kept = [name for name in self.asked if name not in {*read, PAGE}]
        return [(name, value) for name in kept for value in self.asked.getlist(name)]

    def hors_du_filtre(self) -> list[tuple[str, str]]:
        """What the address asks besides what the form of filters asks for."""
        form = self.filtre
        return self.autres(*((form[name].html_name for name in form.fields) if form else ()), *self._in_the_form())

    def hors_des_colonnes(self) -> list[tuple[str, str]]:
        """What the address asks besides the columns."""
        return self.autres(COLUMNS)

    @cached_property
    def adresse(self) -> str:
        """What the address asks, written in one way (`adresse.canonical`); empty: nothing."""
        return canonical(self.liste, self.asked)

    def inconnus(self) -> list[tuple[tuple[str, str], str]]:
        """What the address asks that the list does not know: the parameter and its value, and words for it."""
        form = self.filtre
        names = {form[name].html_name for name in form.fields} if form else set()
        return unknown_to(self.liste, names, self.asked)

    @property
    def se_coche(self) -> bool:
        """Whether rows can be ticked."""
        return self.tick is not None

    @property
    def largeur(self) -> int:
        """How many columns the table has, that of the boxes to tick included."""
        return len(self.colonnes) + self.se_coche

    @property
    def css(self) -> str:
        """The classes of the table: on a phone each row is two lines, once a column is its title."""
        return "liste deux-lignes" if any(one.place is Place.TITRE for one in self.colonnes) else "liste"

    def _page_of(self, grouping: Groupement) -> list[tuple[str, Any]]:
        """The entries of the page, their rows read whole."""
        titles, found = [title for title, _ in self.page], [row for _, row in self.page]
        return list(zip(titles, grouping.whole(self.lignes, found), strict=True))

    def _in_the_form(self) -> list[str]:
        return [SORT] if not self.liste.groupings else [SORT, GROUP]

    def _of_a_file(self) -> list[Colonne]:
        """What no page shows stays; the rest is what is asked for, or everything, or what the page shows."""
        shown = {one.name for one in self.colonnes}
        every = self.liste.whole and not self.demandees
        return [one for one in self.liste.columns if one.in_files and (every or not one.on_page or one.name in shown)]

    def _sort(self, column: Colonne) -> tuple[str, str]:
        if not column.sorts:
            return "", ""
        now = {column.name: "ascending", f"-{column.name}": "descending"}.get(self.tri, "")
        to = f"-{column.name}" if now == "ascending" else column.name
        return _query(self.asked, {SORT: to, PAGE: None}), now

    def _rows(self, rows: Any, cells: Sequence[tuple[str, Read]]) -> SafeString:
        tick = self._tick if self.tick else _nothing
        written = (
            f'<tr role="row">{tick(row)}{"".join([f"{opening}{shown(row)}</td>" for opening, shown in cells])}</tr>\n'
            for row in rows
        )
        return mark_safe("".join(written))  # noqa: S308 (every piece is escaped by `Colonne.shown` and `written`)

    def _tick(self, row: Any) -> str:
        code = self.tick(row) if self.tick else ""
        return written(_BOX, code, code)


def _nothing(row: Any) -> str:
    return ""


def _query(asked: QueryDict, changes: dict[str, str | None]) -> str:
    """The query string of an address, some of its parameters changed or (None) left out."""
    given = asked.copy()
    for name, value in changes.items():
        if value is None:
            given.pop(name, None)
        else:
            given[name] = value
    return f"?{given.urlencode()}"


_WAYS = (("", ""), ("-", ", à rebours"))
_BOX = (
    '<td role="cell" class="cocher"><label><input type="checkbox" name="codes" form="lot" value="{}">'
    '<span class="hors-ecran">Choisir {}</span></label></td>'
)
