"""The page behind the link of a candidate: her number, where the call stands, and how to withdraw."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.conseil.ecrans.commun import BOTH
from tenir.conseil.models import Candidature
from tenir.conseil.services.candidatures import shown
from tenir.conseil.services.liens import find, why_closed, withdraw
from tenir.core import horloge
from tenir.core.liens import incomplete
from tenir.core.prive import private
from tenir.core.typographie import typo
from tenir.ecran.edition import read_mark
from tenir.habilitations.correspondance import whom_to_write


@login_not_required
@require_http_methods(BOTH)
def ma_candidature(request: HttpRequest, jeton: str) -> HttpResponse:
    """The candidate, by her number; GET changes nothing."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    with horloge.zone(found.espace):
        return private(_withdrawn(request, found, jeton) if request.method == "POST" else _page(request, found))


def _withdrawn(request: HttpRequest, candidature: Candidature, jeton: str) -> HttpResponse:
    try:
        withdraw(candidature=candidature, lu=read_mark(request))
    except ValidationError as error:
        messages.error(request, typo(error.messages[0]))
    else:
        messages.success(request, typo("Votre candidature est retirée. Vos coordonnées seront effacées cette nuit."))
    return HttpResponseRedirect(reverse("ma-candidature", args=[jeton]))


def _page(request: HttpRequest, candidature: Candidature) -> HttpResponse:
    given = {
        "espace": candidature.espace,
        "candidature": candidature,
        "ferme": typo(why_closed(candidature)),
        "lu": shown(candidature),
        "contact": typo(whom_to_write(candidature.espace)),
    }
    return render(request, "conseil/candidature.html", given)
