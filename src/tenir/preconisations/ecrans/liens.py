"""The pages behind the two links of a préconisation: what became of it, for whoever sent it; the answer of a body."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import typo
from tenir.ecran.edition import posted, read_mark
from tenir.habilitations.correspondance import whom_to_write
from tenir.preconisations.ecrans.commun import answers_of, lines_of, sentence_of, stamp_of
from tenir.preconisations.ecrans.formulaires import ReponseForm, RouvrirForm
from tenir.preconisations.enums import Origine
from tenir.preconisations.models import Preconisation
from tenir.preconisations.services.liens import LienClos, find_asked, find_followed, why_closed
from tenir.preconisations.services.recevoir import shown
from tenir.preconisations.services.repondre import answer, reopen, why_not_reopened


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def suivre(request: HttpRequest, jeton: str) -> HttpResponse:
    """What became of what one asked: received, published or not and why, answered; the council reopens it once."""
    found = find_followed(jeton)
    if found is None:
        return incomplete(request)
    with horloge.zone(found.espace):
        return private(_followed(request, found, jeton))


def _followed(request: HttpRequest, found: Preconisation, jeton: str) -> HttpResponse:
    form = RouvrirForm(posted(request))
    if form.is_valid():
        try:
            reopen(by=None, preconisation=found, lu=read_mark(request), **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        except LienClos as error:
            messages.error(request, typo(str(error)))
            return HttpResponseRedirect(reverse("preconisation-suivie", args=[jeton]))
        else:
            messages.success(request, typo("La préconisation est rouverte : une autre réponse est demandée."))
            return HttpResponseRedirect(reverse("preconisation-suivie", args=[jeton]))
    closed = why_not_reopened(found, by_link=True)
    given = _given(found) | {
        "form": None if closed else form,
        "lu": shown(found),
        "du_conseil": found.origine == Origine.CONSEIL,
    }
    return render(request, "preconisations/suivi.html", given, status=UNPROCESSABLE if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def repondre(request: HttpRequest, jeton: str) -> HttpResponse:
    """What one's body is asked, and its answer; GET changes nothing, whoever opens it."""
    found = find_asked(jeton)
    if found is None:
        return incomplete(request)
    with horloge.zone(found.espace):
        return private(_answered(request, found, jeton))


def _answered(request: HttpRequest, found: Preconisation, jeton: str) -> HttpResponse:
    form = ReponseForm(posted(request))
    if form.is_valid():
        try:
            answer(by=None, preconisation=found, lu=read_mark(request), **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        except LienClos as error:
            messages.error(request, typo(str(error)))
            return HttpResponseRedirect(reverse("preconisation-reponse", args=[jeton]))
        else:
            messages.success(request, typo("Votre réponse est publiée. Merci."))
            return HttpResponseRedirect(reverse("preconisation-reponse", args=[jeton]))
    closed = why_closed(found)
    given = _given(found) | {
        "ferme": typo(closed),
        "retiree": bool(found.niveau),
        "form": None if closed else form,
        "lu": shown(found),
        "organisme": found.organisme,
    }
    return render(request, "preconisations/reponse.html", given, status=UNPROCESSABLE if form.errors else 200)


def _given(found: Preconisation) -> dict[str, object]:
    return {
        "espace": found.espace,
        "preconisation": found,
        "tampon": stamp_of(found),
        "chapeau": typo(sentence_of(found)),
        "lignes": lines_of(found),
        "reponses": answers_of(found),
        "contact": typo(whom_to_write(found.espace)),
    }
