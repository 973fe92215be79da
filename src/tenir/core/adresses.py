"""The addresses of pages, remembered: Django walks its table of routes each time, and a list asks for a hundred."""

from functools import lru_cache

from django.urls import reverse

REMEMBERED = 8192
"""How many addresses are kept, about two megabytes: those of some thirty contracts."""


@lru_cache(maxsize=REMEMBERED)
def route(name: str, *args: object) -> str:
    """The address of a page.

    Raises:
        NoReverseMatch: no such page.
    """
    return reverse(name, args=args)
