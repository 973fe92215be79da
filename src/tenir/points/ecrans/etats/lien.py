"""What the link of a statement opens: the statement of the day, its paper, « bien reçu ». A GET changes nothing."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tenir.core import horloge
from tenir.core.documents import document_response
from tenir.core.liens import incomplete
from tenir.core.prive import private
from tenir.core.typographie import typo
from tenir.engagements.ecrans.etat import document_of
from tenir.engagements.etat import state_of
from tenir.habilitations.correspondance import whom_to_write
from tenir.points.models import EtatRemis
from tenir.points.services.etats import acknowledge, find, why_shut

GONE = 410
View = Callable[..., HttpResponse]


def behind_a_link(view: View) -> View:
    """Open to whoever holds the link, and kept by no browser; the view receives `(request, remise, jeton, …)`."""

    @wraps(view)
    def guarded(request: HttpRequest, jeton: str) -> HttpResponse:
        remise = find(jeton)
        if remise is None:
            return incomplete(request)
        espace = remise.envoi.espace
        if why := why_shut(remise):
            given = {"phrase": why, "espace": espace, "contact": typo(whom_to_write(espace))}
            return private(render(request, "points/reponse/close.html", given, status=GONE))
        with horloge.zone(espace):
            return private(view(request, remise, jeton))

    return login_not_required(guarded)


@behind_a_link
@require_http_methods(["GET", "HEAD"])
def page(request: HttpRequest, remise: EtatRemis, jeton: str) -> HttpResponse:
    """The statement of a signatory, today."""
    espace = remise.envoi.espace
    given = {
        "espace": espace,
        "remise": remise,
        "jeton": jeton,
        "document": document_of(state_of(remise.signataire, horloge.today(espace))),
        "contact": typo(whom_to_write(espace)),
    }
    return render(request, "points/etats/etat.html", given)


@behind_a_link
@require_http_methods(["GET", "HEAD"])
def fichier(request: HttpRequest, remise: EtatRemis, jeton: str) -> HttpResponse:
    """The same as an accessible PDF."""
    espace, signataire = remise.envoi.espace, remise.signataire
    document = document_of(state_of(signataire, horloge.today(espace)))
    return document_response(document, name=f"{espace.slug}-{signataire.code}-etat-des-engagements", format="pdf")


@behind_a_link
@require_POST
def accuser(request: HttpRequest, remise: EtatRemis, jeton: str) -> HttpResponse:
    """Say that one has it."""
    try:
        acknowledge(remise)
        messages.success(request, typo("Merci, l’équipe le sait : vous avez bien reçu cet état."))
    except ValidationError as error:
        messages.error(request, typo(error.messages[0]))
    return redirect(reverse("etat-remis", args=[jeton]))
