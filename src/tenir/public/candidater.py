"""The public form by which someone offers to sit: no account, nothing outside, nothing kept of a robot."""

from allauth.core import ratelimit
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from tenir.conseil.ecrans.commun import BOTH, appel_or_404
from tenir.conseil.ecrans.formulaires import CandidaterForm
from tenir.conseil.enums import EtatDAppel
from tenir.conseil.models import AppelACandidatures
from tenir.conseil.services.candidatures import CLOSED, offer
from tenir.conseil.services.liens import token_of
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import posted
from tenir.habilitations.correspondance import whom_to_write
from tenir.public.espace import contract_or_404

TOO_MANY = "Plusieurs candidatures viennent d’arriver d’ici : réessayez dans quelques minutes."
TOO_MANY_REQUESTS = 429
RECU, SALT = "recu", "candidature-recue"
"""What the address of the page after the form carries: the number that was given, signed."""


@require_http_methods(BOTH)
def candidater(request: HttpRequest, slug: str, numero: int) -> HttpResponse:
    """Offer to sit in the council of a public contract, while its call is open.

    Raises:
        Http404: no such public contract, or a call that is to come.
    """
    found = appel_or_404(contract_or_404(slug), numero)
    if found.etat == EtatDAppel.A_VENIR:
        raise Http404
    return _answered(request, found)


def _answered(request: HttpRequest, appel: AppelACandidatures) -> HttpResponse:
    form = CandidaterForm(appel, posted(request))
    if request.method != "POST":
        return _page(request, appel, form)
    if not ratelimit.consume(request, action="candidater"):
        return _page(request, appel, form, status=TOO_MANY_REQUESTS, erreur=TOO_MANY)
    if form.is_a_robot:
        return HttpResponseRedirect(f"?{RECU}=")
    if form.is_valid():
        try:
            made = offer(appel=appel, given=form.given())
        except ValidationError as error:
            form.refuse(error)
        else:
            return HttpResponseRedirect(f"?{RECU}={_signer().sign(str(made.numero))}")
    return _page(request, appel, form, status=UNPROCESSABLE)


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)


def _received(request: HttpRequest) -> str:
    """The number that was given, as the page after the form carries it, signed; empty when it is not ours."""
    try:
        return _signer().unsign(request.GET.get(RECU, ""))
    except signing.BadSignature:
        return ""


def _link(appel: AppelACandidatures, number: str) -> str:
    """The address by which whoever was given this number withdraws; empty for a number that is not ours."""
    found = appel.candidatures.filter(numero=number).first() if number else None
    return f"{settings.ADRESSE}{reverse('ma-candidature', args=[token_of(found)])}" if found else ""


def _lede(appel: AppelACandidatures) -> str:
    last = date_fr(appel.ferme_le)
    return f"Quatre questions, et comment vous joindre. Sans compte. Dernier jour : le {last}."


def _page(
    request: HttpRequest, appel: AppelACandidatures, form: CandidaterForm, *, status: int = 200, erreur: str = ""
) -> HttpResponse:
    espace = appel.espace
    closed = "" if appel.etat == EtatDAppel.OUVERT else typo(CLOSED)
    given = {
        "espace": espace,
        "appel": appel,
        "form": form,
        "erreur": typo(erreur),
        "chapeau": "" if RECU in request.GET or closed else typo(_lede(appel)),
        "numero": (number := _received(request)),
        "lien": _link(appel, number),
        "merci": RECU in request.GET,
        "ferme": closed,
        "page": reverse("appel-public", args=[espace.slug, appel.numero]),
        "contact": typo(whom_to_write(espace)),
    }
    return render(request, "public/candidater.html", given, status=status)


urlpatterns = [path("conseil-citoyen/appels/<int:numero>/candidater/", candidater, name="candidater")]
