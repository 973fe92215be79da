"""What every list of the team has of its contract: its column, the filters « mots » and « qui »."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from tenir.core.alphabet import alphabetical
from tenir.core.cellules import stamp
from tenir.core.composants import Tampon
from tenir.core.listes import Colonne, Read

MINE = "moi"
"""In an address: the bodies that the reader acts for."""
YES = [("oui", "Oui")]
"""What a filter that is on or off offers."""


def contract_column(value: Read) -> Colonne:
    """The first column of every file: the contract, which says « fictif » when it is."""
    return Colonne("contrat", "Contrat", value, on_page=False)


def stamped(stamp_of: Callable[[Any], Tampon]) -> Callable[[Any], str]:
    """The cell that shows where a row stands."""

    def cell(row: Any) -> str:
        found = stamp_of(row)
        return stamp(found.word, found.tone)

    return cell


def with_words(rows: QuerySet[Any], value: str, *fields: str) -> QuerySet[Any]:
    """The rows in which some field holds each word."""
    for word in value.split():
        rows = rows.filter(reduce(or_, (Q(**{f"{name}__icontains": word}) for name in fields)))
    return rows


def bodies_offered(rows: QuerySet[Any], field: str, mine: set[str]) -> list[tuple[str, str]]:
    """The bodies that some rows name, to choose one among; « Mon organisme » first for who acts for some."""
    named = rows.filter(**{f"{field}__isnull": False}).order_by(alphabetical(f"{field}__nom"))
    bodies = dict.fromkeys(named.values_list(f"{field}__identifiant", f"{field}__nom"))
    return [*([(MINE, "Mon organisme")] if mine else []), *bodies]


def of_body(rows: QuerySet[Any], value: str, field: str, mine: set[str]) -> QuerySet[Any]:
    """The rows of a body, or of the bodies she acts for."""
    return rows.filter(**{f"{field}__identifiant__in": mine if value == MINE else {value}})
