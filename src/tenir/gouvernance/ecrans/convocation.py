"""The page behind the link of a convocation: what the meeting is, and what one's body answers, without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tenir.core import horloge
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import posted, read_mark
from tenir.gouvernance.agenda import TYPE, write
from tenir.gouvernance.ecrans.commun import name_of
from tenir.gouvernance.ecrans.formulaires import ReponseForm
from tenir.gouvernance.models import Convocation
from tenir.gouvernance.services.liens import LienClos, answer, find, shown_answer, told_answer, why_closed
from tenir.habilitations.correspondance import whom_to_write


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def repondre(request: HttpRequest, jeton: str) -> HttpResponse:
    """The meeting, and the answer of one's body; GET changes nothing, whoever opens it."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    with horloge.zone(found.reunion.espace):
        return private(_answered(request, found, jeton))


def _answered(request: HttpRequest, convocation: Convocation, jeton: str) -> HttpResponse:
    form = ReponseForm(convocation, posted(request))
    if form.is_valid():
        try:
            answer(convocation=convocation, lu=read_mark(request), **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        except LienClos as error:
            messages.error(request, typo(str(error)))
            return HttpResponseRedirect(reverse("convocation", args=[jeton]))
        else:
            messages.success(request, typo("C’est noté. Vous pouvez changer votre réponse jusqu’à la réunion."))
            return HttpResponseRedirect(reverse("convocation", args=[jeton]))
    return _page(request, convocation, jeton, form)


def _page(request: HttpRequest, convocation: Convocation, jeton: str, form: ReponseForm) -> HttpResponse:
    reunion = convocation.reunion
    closed = why_closed(convocation)
    given = {
        "espace": reunion.espace,
        "reunion": reunion,
        "organisme": convocation.organisation,
        "titre": name_of(reunion),
        "quand": typo(date_fr(reunion.jour)),
        "points": [] if closed else list(reunion.points.with_subjects()),
        "reponse": told_answer(convocation),
        "ferme": typo(closed),
        "form": None if closed else form,
        "lu": shown_answer(convocation),
        "agenda": reverse("convocation-agenda", args=[jeton]),
        "dossier": reverse("convocation-dossier", args=[jeton]) if not closed and reunion.dossiers.exists() else "",
        "corriger": reverse("convocation-correction", args=[jeton]) if reunion.diffuse_le else "",
        "contact": typo(whom_to_write(reunion.espace)),
    }
    return render(request, "gouvernance/convocation.html", given, status=UNPROCESSABLE if form.errors else 200)


@login_not_required
@require_safe
def agenda(request: HttpRequest, jeton: str) -> HttpResponse:
    """The meeting, for a calendar."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    response = HttpResponse(write(found.reunion.espace, [found.reunion]), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="reunion-{found.reunion_id}.ics"'
    return private(response)
