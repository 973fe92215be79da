"""Where the screens of a room stand: under its contract, or on the platform."""

from collections.abc import Callable, Iterable

from django.http import HttpResponse
from django.urls import URLPattern, path

Route = tuple[str, Callable[..., HttpResponse], str]
"""The end of an address, its view, its name."""


def of_a_contract(*routes: Route) -> list[URLPattern]:
    """Pages that exist in a contract alone."""
    return [path(f"espace/<slug:slug>/{end}", view, name=name) for end, view, name in routes]


def of_both(*routes: Route) -> list[URLPattern]:
    """Pages that exist in a contract and, as `plateforme-…`, for the platform."""
    return [pattern for route in routes for pattern in _twins(route)]


def _twins(route: Route) -> Iterable[URLPattern]:
    end, view, name = route
    yield path(f"espace/<slug:slug>/{end}", view, name=name)
    yield path(f"plateforme/{end}", view, name=f"plateforme-{name}")
