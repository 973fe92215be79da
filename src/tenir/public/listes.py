"""What the lists of a contract share: its name on every exported row, words searched, values chosen, French order."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tenir.contrat.models import EntreeDeRecherche
from tenir.contrat.models.element import contract_of
from tenir.contrat.recherche import query_words
from tenir.core.cellules import stamp
from tenir.core.listes import read
from tenir.core.listes.colonne import Read
from tenir.fichier.mots import plain
from tenir.habilitations.listes import contract_column

Choices = list[tuple[str, str]]


CONTRAT = contract_column(read("espace.titre"))
"""The first column of a file of items of one contract: « fictif » is on each row."""


def one_a_line(texts: Iterable[str], absence: str = "") -> str | SafeString:
    """Each text on its line; without any, the absence in a dashed stamp."""
    found = list(texts)
    if len(found) < 2:
        return found[0] if found else stamp(absence) if absence else ""
    return format_html('<ul class="serree">{}</ul>', format_html_join("", "<li>{}</li>", ((one,) for one in found)))


class FiltreDuContrat(django_filters.FilterSet):
    """Filters of a list of items of one contract. Needs rows that are all of one contract."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=200)

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The rows whose search entry holds every word, accents and plurals forgiven."""
        asked = query_words(value)
        entries = EntreeDeRecherche.objects.filter(espace=contract_of(rows))
        for word in asked:
            entries = entries.filter(mots__contains=f" {word}")
        return rows.filter(code__in=entries.order_by().values("code")) if asked else rows

    def offer(self, name: str, choices: Choices) -> None:
        """Give a filter the choices that this contract makes possible. Call at the end of `__init__`."""
        self.filters[name].extra["choices"] = choices


def values_of(rows: QuerySet[Any], column: str) -> Choices:
    """The values that a column of text takes, as choices in alphabetical order."""
    found = set(rows.order_by().values_list(column, flat=True)) - {"", None}
    return [(value, value) for value in in_order(found)]


def in_order(texts: Iterable[str]) -> list[str]:
    """Texts as a French reader sorts them: « État » comes before « Région »."""
    return sorted(texts, key=lambda text: (plain(text), text))


def french(path: str) -> Read:
    """What sorts rows in the French order of a text, an attribute read through others; those without it are last.

    Done here because the two databases sort accents differently.
    """
    get = read(path)
    return lambda row: (plain(text), text) if (text := get(row)) else None
