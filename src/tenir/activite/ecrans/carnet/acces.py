"""Who stands behind the link of a carnet, and what the link says when it opens nothing any more."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.activite.models import Carnet, LienDeCarnet
from tenir.activite.services.liens_de_carnet import find, why_not_written
from tenir.core import horloge
from tenir.core.liens import incomplete
from tenir.core.noms import designe
from tenir.core.prive import private
from tenir.core.typographie import date_fr, typo
from tenir.habilitations.correspondance import whom_to_write

GONE = 410
View = Callable[..., HttpResponse]


def behind_a_carnet(view: View) -> View:
    """Open to whoever holds the link, kept by no browser; the view receives `(request, lien, jeton, …)`."""

    @wraps(view)
    def guarded(request: HttpRequest, jeton: str, **given: Any) -> HttpResponse:
        found = find(jeton)
        if found is None:
            return incomplete(request)
        with horloge.zone(found.carnet.espace):
            if not found.opens(horloge.now()):
                return private(shut(request, found, jeton))
            return private(view(request, found, jeton, **given))

    return login_not_required(guarded)


def of_a_person(view: View) -> View:
    """The same, for the carnet of a person alone: what is on a wall has no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, lien: LienDeCarnet, jeton: str, **given: Any) -> HttpResponse:
        if lien.carnet.mural:
            raise Http404
        return view(request, lien, jeton, **given)

    return behind_a_carnet(guarded)


def shown(
    request: HttpRequest, lien: LienDeCarnet, jeton: str, gabarit: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A page of a carnet."""
    return page_of(request, lien, jeton, f"activite/carnet/{gabarit}.html", status=status, **more)


def page_of(
    request: HttpRequest, lien: LienDeCarnet, jeton: str, template: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A page behind the link of a carnet, of an upper room too."""
    carnet = lien.carnet
    given = {"carnet": carnet, "espace": carnet.espace, "jeton": jeton, "nom": name_of(carnet), **more}
    given["qui"] = designe(carnet.organisme.nom)
    return render(request, template, given, status=status)


def name_of(carnet: Carnet) -> str:
    """What stands at the top of its pages: whose it is, or where."""
    return carnet.lieu.nom if carnet.lieu else carnet.organisme.nom


def shut(request: HttpRequest, lien: LienDeCarnet, jeton: str) -> HttpResponse:
    """Why a link opens nothing any more, and what to do: have a fresh one sent, or write to the team."""
    carnet = lien.carnet
    until = date_fr(horloge.day_of(lien.expire_le, carnet.espace))
    why = "Ce carnet est fermé." if carnet.ferme_le else f"Ce lien valait jusqu’au {until}."
    again = not why_not_written(carnet)
    contact = typo(whom_to_write(carnet.espace))
    return shown(request, lien, jeton, "ferme", status=GONE, phrase=typo(why), renvoi=again, contact=contact)
