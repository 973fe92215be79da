"""What a list is, whatever the address asks: its columns, its words, its default order, its groupings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from tenir.core.listes.colonne import Colonne
from tenir.core.typographie import Genre

Heading = tuple[Any, str]
"""What a heading is sorted by among the others, and its words."""


Under = Iterable[tuple[Any, Heading]]
"""The key of each row, in the order of the rows, with a heading that it is under."""


@dataclass(frozen=True, slots=True)
class Groupement:
    """A way to put rows under headings. A row that has several is under each: `note` says so.

    A list of thousands of rows gives `under` instead of `headings`: the database tells under what each is, and rows are
    read whole for one page alone.
    """

    name: str
    titre: str
    headings: Callable[[Any], Iterable[Heading]] = lambda row: ()
    note: str = ""
    under: Callable[[QuerySet[Any]], Under] | None = None

    def of(self, rows: Any) -> list[tuple[Heading, Any]]:
        """Each row, or its key, with each of its headings, in the order of the rows."""
        if self.under:
            return [(heading, key) for key, heading in self.under(rows)]
        return [(heading, row) for row in rows for heading in self.headings(row)]

    def whole(self, rows: Any, found: list[Any]) -> list[Any]:
        """Some of the rows, read now where `of` gave their key."""
        if not self.under:
            return found
        read = rows.in_bulk(set(found))
        return [read[key] for key in found]


@dataclass(frozen=True, slots=True)
class Liste:
    """A list.

    `caption` names its table, `filters` its form of filters; `noun`, `plural`, `genre` are for its count; `empty` is
    said when nothing is left; `unread` instead, on the page and in a file, when no row may mean that none was read.
    `sort`: the column it is sorted by unless asked otherwise, after « - » when backwards; none: as the rows come.
    `tie`: the fields that settle what a sort of the database leaves equal. `groupings`: those one may ask for;
    `grouping`: the one it always has.
    `choosable`: whether one may choose its columns. `whole`: a file holds every column unless some are asked for;
    otherwise, those of the page.
    """

    caption: str
    columns: tuple[Colonne, ...]
    noun: str = "ligne"
    plural: str = ""
    genre: Genre = "f"
    filters: str = "Filtrer la liste"
    empty: str = "Rien ne répond à ces filtres."
    unread: str = ""
    sort: str = ""
    tie: tuple[str, ...] = ("pk",)
    groupings: tuple[Groupement, ...] = ()
    grouping: Groupement | None = None
    per_page: int = 50
    choosable: bool = False
    whole: bool = True

    def without(self, *names: str) -> "Liste":
        """The same list, less some columns."""
        return replace(self, columns=tuple(one for one in self.columns if one.name not in names))

    def unsorted(self) -> "Liste":
        """The same list, in the order of its rows: its headings are no links."""
        columns = tuple(replace(one, order_by=(), key=None) for one in self.columns)
        return replace(self, columns=columns, sort="")

    @property
    def by_name(self) -> dict[str, Colonne]:
        """Its columns by name, in their order."""
        return {one.name: one for one in self.columns}
