"""The form that anyone fills, and the page behind the link: confirm, then end. GET changes nothing."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tenir.abonnements.ecrans.formulaires import AbonnementForm
from tenir.abonnements.models import Abonnement
from tenir.abonnements.services.abonnements import ask, confirm, end, expired, find
from tenir.abonnements.suivi import title_of
from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.jetons import number_of
from tenir.core.lettre import is_one_click
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import typo
from tenir.public.espace import context, contract_or_404, crumbs

BOTH = ["GET", "HEAD", "POST"]
TOO_MANY, TOO_LATE = 429, 410
ENDED = "C’est fini : votre adresse est effacée, vous ne recevrez plus rien."
ASKED = (
    "Un message part à cette adresse : ouvrez son lien dans les trois jours pour confirmer. "
    "Sans cela, rien n’est gardé de votre demande."
)
REFUSED = "Trop de demandes viennent d’ici en peu de temps : réessayez dans une heure."


@login_not_required
@never_cache
@require_http_methods(BOTH)
def suivre(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to follow a contract, or a part of it; the same answer whether the address is known or not."""
    espace = contract_or_404(slug)
    asked, quarter = (request.GET.get(name, "")[:200] for name in ("sur", "quartier"))
    form = AbonnementForm(espace, asked, quarter, request.POST if request.method == "POST" else None)
    status, refused = (UNPROCESSABLE if form.errors else 200), ""
    if form.is_valid():
        if ratelimit.consume(request, action="abonnement"):
            given = form.cleaned_data
            ask(espace=espace, adresse=given["adresse"], sur=given["sur"], quartier=given.get("quartier", ""))
            messages.success(request, typo(ASKED))
            return redirect(reverse("abonnement-nouveau", args=[slug]))
        status, refused = TOO_MANY, REFUSED
    fil = crumbs(espace, Lien("En ce moment", reverse("en-ce-moment", args=[slug])), Lien("Suivre par courriel"))
    given = context(espace, "en-ce-moment", fil=fil, form=form, refuse=typo(refused))
    return render(request, "abonnements/suivre.html", given, status=status)


@login_not_required
@csrf_exempt
@require_http_methods(BOTH)
def suivi(request: HttpRequest, jeton: str) -> HttpResponse:
    """What an address follows, to whoever holds its link: confirm, or end; that of a mail program ends at once."""
    found = find(jeton)
    if is_one_click(request) and (found or number_of(jeton)):  # said again, it says the same (RFC 8058)
        if found:
            end(abonnement=found)
        return private(HttpResponse(ENDED, content_type="text/plain; charset=utf-8"))
    if found is None:
        return incomplete(request)
    with horloge.zone(found.espace):
        return private(_acted(request, found) if request.method == "POST" else _page(request, found))


def _acted(request: HttpRequest, found: Abonnement) -> HttpResponse:
    if request.POST.get("geste") == "finir":
        end(abonnement=found)
        return render(request, "abonnements/fini.html", {"espace": found.espace, "phrase": typo(ENDED)})
    if request.POST.get("geste") == "confirmer" and not expired(found):
        try:
            confirm(abonnement=found)
        except ValidationError:
            return incomplete(request)
        messages.success(request, typo("C’est confirmé."))
    return redirect(request.path)


def _page(request: HttpRequest, found: Abonnement) -> HttpResponse:
    late = expired(found)
    given = {
        "espace": found.espace,
        "suivi": typo(title_of(found.espace, found.sur, found.quartier) or "ce qui n’est plus dans le contrat"),
        "confirme": found.confirme_le is not None,
        "tard": late,
    }
    return render(request, "abonnements/suivi.html", given, status=TOO_LATE if late else 200)
