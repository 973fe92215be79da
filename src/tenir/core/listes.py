"""Lists: one way to filter by the address, sort, page and export.

A list is a django-tables2 table over a django-filter set. `respond` gives the page, or the file when a format is asked.
"""

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.core.exports import export_response

PER_PAGE = 50
UNPROCESSABLE = 422


class Liste(tables.Table):
    """A table with a caption and a noun for its count line. Subclasses name their columns."""

    caption: ClassVar[str] = ""
    noun: ClassVar[str] = "ligne"
    noun_plural: ClassVar[str] = ""
    genre: ClassVar[str] = "f"


def respond(
    request: HttpRequest,
    template: str,
    *,
    liste: type[Liste],
    filtre: Callable[..., django_filters.FilterSet],
    rows: QuerySet[Any],
    export_name: str,
    format: str = "",
    context: dict[str, Any] | None = None,
    **options: Any,
) -> HttpResponse:
    """Render a list page, or export the list as filtered and sorted when `format` is csv or xlsx.

    `options` go to the table. A filter that cannot be read shows its error (422) and what the others leave; nothing
    is exported then, for a file would not say so.
    """
    filtered = filtre(request.GET or None, queryset=rows)
    table = liste(filtered.qs, **options)
    readable = not filtered.is_bound or filtered.is_valid()
    exported = bool(format) and readable
    tables.RequestConfig(request, paginate=False).configure(table)
    if exported:
        return export_response(table.as_values(), name=export_name, format=format)
    _paginate(table, request)
    given = {**(context or {}), "table": table, "filtre": filtered}
    return render(request, template, given, status=200 if readable else UNPROCESSABLE)


def _paginate(table: Liste, request: HttpRequest) -> None:
    """Show the page asked for, the nearest one when there is none such. The size of a page is ours to choose."""
    table.paginate(per_page=PER_PAGE)
    table.page = table.paginator.get_page(request.GET.get(table.prefixed_page_field))
