"""Long lists inside a page: a part at a time."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

CHANGES = 8
"""How many changes of the history of a thing its page shows at once."""


def paged(request: HttpRequest, rows: Any, size: int, field: str) -> Page[Any]:
    """A part of a long list of a page; `reste`: how many come after."""
    page = Paginator(rows, size).get_page(request.GET.get(field))
    page.reste = page.paginator.count - page.end_index()  # type: ignore[attr-defined]  # those after this page
    return page
