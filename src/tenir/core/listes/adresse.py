"""What an address asks of a list, written in one way: two addresses that show the same are the same text."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import QueryDict

from tenir.core.listes.liste import Liste

SORT, PAGE, COLUMNS, GROUP, NAMED = "sort", "page", "colonnes", "groupe", "vue"
"""The parameters of the address that every list reads; `NAMED`: the number of the named view that it comes from."""

Pair = tuple[str, str]


def tidy(asked: QueryDict) -> str:
    """What an address asks, whatever the list: neither the page, nor the view it comes from, nor what is empty."""
    return _written(_said(asked))


def canonical(liste: Liste, asked: QueryDict) -> str:
    """What an address asks of a list, less what the list does anyway."""
    pairs = [pair for pair in _said(asked) if pair[0] != COLUMNS and pair != (SORT, liste.sort)]
    return _written([*pairs, *_columns(liste, asked)])


def unknown_to(liste: Liste, filters: set[str], asked: QueryDict) -> list[tuple[Pair, str]]:
    """What an address asks that the list cannot do: the parameter, its value, and the words for it."""
    found = []
    for name, value in _said(asked):
        for one in value.split(",") if name == COLUMNS else [value]:
            if told := _refused(liste, filters, name, one):
                found.append(((name, one), told))
    return found


def without(asked: QueryDict, gone: set[Pair]) -> QueryDict:
    """The same address, less some values of its parameters."""
    left = QueryDict(mutable=True)
    for name, value in _said(asked):
        kept = [one for one in (value.split(",") if name == COLUMNS else [value]) if (name, one) not in gone]
        if kept:
            left.appendlist(name, ",".join(kept))
    return left


def in_words(adresse: str) -> str:
    """What an address asks, as the trace tells it: « groupe : axe ; statut : en-cours »."""
    return " ; ".join(f"{name} : {value}" for name, value in _said(QueryDict(adresse)))


def _said(asked: QueryDict) -> Iterator[Pair]:
    for name, values in asked.lists():
        if name not in (PAGE, NAMED):
            yield from ((name, value.strip()) for value in values if value.strip() and "\0" not in name + value)


def _written(pairs: "Iterator[Pair] | list[Pair]") -> str:
    return urlencode(sorted(set(pairs)))


def _columns(liste: Liste, asked: QueryDict) -> list[Pair]:
    """The columns asked for, in the order of the list, those it does not know at the end; none when they are usual."""
    names = {name for text in asked.getlist(COLUMNS) for name in text.split(",") if name}
    known = [one for one in liste.columns if one.on_page]
    if not names or names == {one.name for one in known if one.usual}:
        return []
    kept = [one.name for one in known if one.name in names]
    return [(COLUMNS, ",".join([*kept, *sorted(names - set(kept))]))]


def _refused(liste: Liste, filters: set[str], name: str, value: str) -> str:
    """The words for what a list cannot do; nothing for what it can."""
    columns = {one.name: one for one in liste.columns if one.on_page}
    if name == SORT:
        column = columns.get(value.removeprefix("-"))
        return "" if column and column.sorts else f"tri « {value} »"
    if name == GROUP:
        return "" if value in {one.name for one in liste.groupings} else f"regroupement « {value} »"
    if name == COLUMNS:
        return "" if liste.choosable and value in columns else f"colonne « {value} »"
    return "" if name in filters else f"filtre « {name} »"
