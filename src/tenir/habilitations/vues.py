"""The decision that every closed page carries: `@needs("trace.read")`.

Not her contract: 404, as if there were none. Her contract, not her role: 403 and who can.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from tenir.core import horloge
from tenir.core.typographie import typo
from tenir.habilitations.middleware import acces_of_request
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, Refus, reach, who_can
from tenir.habilitations.roles import RIGHTS, known

View = Callable[..., HttpResponse]


def needs(right: str, *, theirs: bool = False) -> Callable[[View], View]:
    """Let in those who hold a right in the contract of the address, or on the platform when it names none.

    The view receives `(request, acces, espace, …)`. With `theirs`, those who hold it only on what is theirs come in
    too: the view then shows or changes nothing without `may` or `require` on the thing.

    Raises:
        UnknownRight: no such right; the site does not start.
    """
    known(right)
    enough = Portee.SIENNE if theirs else Portee.TOUTE

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str = "", **given: Any) -> HttpResponse:
            acces = _known(request)
            espace = espace_or_404(acces, slug) if slug else None
            if reach(acces, right, espace) < enough:
                raise Refus(who_can(right, espace))
            with horloge.zone(espace):
                return view(request, acces, espace, **given)

        guarded.decision, guarded.enough = right, enough  # type: ignore[attr-defined]
        return guarded

    return decorate


def opens(acces: Acces, view: View, espace: EspaceDeContrat | None) -> bool:
    """Whether the right that a page carries lets someone in; a page that carries none is nobody’s in particular."""
    right = getattr(view, "decision", "")
    return right in RIGHTS and reach(acces, right, espace) >= getattr(view, "enough", Portee.TOUTE)


def signed_in(view: View) -> View:
    """Let in whoever is known by name: her own page. The view receives `(request, acces, …)`."""

    @wraps(view)
    def guarded(request: HttpRequest, **given: Any) -> HttpResponse:
        return view(request, _known(request), **given)

    guarded.decision = "soi"  # type: ignore[attr-defined]
    return guarded


def espace_or_404(acces: Acces, slug: str) -> EspaceDeContrat:
    """The contract of an address, for someone who holds a role in it, or on the platform."""
    for espace in acces.contracts():
        if espace.slug == slug:
            return espace
    found = EspaceDeContrat.objects.filter(slug=slug).first() if acces.administers() else None
    if found is None:
        raise Http404
    return found


def _known(request: HttpRequest) -> Acces:
    acces = acces_of_request(request)
    if acces is None:
        raise Refus(
            typo("Votre compte n’est rattaché à aucune personne : demandez une invitation à l’équipe du contrat.")
        )
    return acces
