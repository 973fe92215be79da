"""Links that are keys: an address declares that it is one, the log hides it, and what a mail program cuts is told.

`*secret_link("point/", page, name="point-reponse", more=[("terminer/", terminer, "point-terminer")], …)`: the secret
stands after the root. What follows the root and is no whole link comes to one view, which gives the link back when it
is whole under what was glued to it, and says what to do otherwise.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, register_converter, reverse
from django.views.decorators.cache import never_cache

from tenir.core.journal import DRAWN, NUMBERED, declare_secret
from tenir.core.lettre import of_the_site
from tenir.core.piece import pieces
from tenir.core.prive import private
from tenir.core.typographie import typo

View = Callable[..., HttpResponse]
Known = Callable[[str], object]
"""What a secret opens; nothing (`None`) for one that is no secret."""
NOT_FOUND = 404
_NUMBERED, _DRAWN = re.compile(f"(?=({NUMBERED}))"), re.compile(f"({DRAWN})")


class Secret:
    """The part of an address that is a key."""

    regex = f"{NUMBERED}|{DRAWN}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class Reste(Secret):
    """What follows the root of such an address and is no whole link."""

    regex = r".+"


register_converter(Secret, "secret")
register_converter(Reste, "reste")


def secret_link(
    root: str, view: View, *, name: str, known: Known, more: Iterable[tuple[str, View, str]] = ()
) -> list[URLPattern]:
    """The addresses of a link: its page, those under it, and what a mail program made of it (`<name>-abime`)."""
    declare_secret(root)
    more = [*more, *_brought(root)]
    return [
        path(f"{root}<secret:jeton>/", view, name=name),
        *(path(f"{root}<secret:jeton>/{end}", under, name=named) for end, under, named in more),
        path(f"{root}<reste:reste>", _damaged(view, name, known), name=f"{name}-abime"),
    ]


def _brought(root: str) -> Iterator[tuple[str, View, str]]:
    """The pages that upper rooms put under a link: after its own, before what takes all that is no whole link."""
    for piece in pieces():
        if module := piece.under.get(root):
            yield from import_module(module).UNDER


def candidates(text: str) -> Iterator[str]:
    """What may be a whole secret in what a mail program made of one."""
    for shape in (_NUMBERED, _DRAWN):
        yield from (found[1] for found in shape.finditer(text))


def _damaged(view: View, name: str, known: Known) -> View:
    """What opens, in place of `view`, for a link that something was glued to, or that was cut."""

    @login_not_required
    @never_cache
    def damaged(request: HttpRequest, reste: str) -> HttpResponse:
        whole = next((one for one in candidates(reste) if known(one) is not None), "")
        if whole:
            return private(redirect(reverse(name, args=[whole])))
        return incomplete(request)

    damaged.__module__ = view.__module__  # a view of the room that declares the link
    return damaged


def incomplete(request: HttpRequest) -> HttpResponse:
    """The page of a link that is no link: what to look at, and whom to write to."""
    site = of_the_site()
    told = ", ".join(part for part in (site.service, site.courriel) if part)
    given = {"contact": typo(f"L’équipe de ce site : {told}.") if told else ""}
    return private(render(request, "core/lien_incomplet.html", given, status=NOT_FOUND))
