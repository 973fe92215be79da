"""Answering a survey without an account, and reading what one says. An answer only adds to counts.

What machines send is slowed by address: no outside service is asked, and no address is kept.
"""

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import date_fr, typo
from tenir.ecran.formulaires import refuse
from tenir.enquetes.ecrans.commun import blocks, edition_before
from tenir.enquetes.ecrans.formulaires import QuestionnaireForm
from tenir.enquetes.models import Enquete
from tenir.enquetes.services.reponses import answer
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.espace import context, contract_or_404, crumbs

TITRE = "Les enquêtes"
TOO_MANY = "Plusieurs questionnaires viennent d’être envoyés d’ici : réessayez dans une heure, ou répondez sur papier."
TOO_MANY_REQUESTS = 429


def enquetes(request: HttpRequest, slug: str) -> HttpResponse:
    """What anyone may answer today, and what surveys said."""
    espace = contract_or_404(slug)
    today, rows = horloge.today(espace), Enquete.objects.of(espace)
    given = context(
        espace,
        "indicateurs",
        fil=crumbs(espace, Lien("Les indicateurs", reverse("indicateurs", args=[slug])), Lien(TITRE)),
        ouvertes=[
            (one, _url(one), typo(f"jusqu’au {date_fr(one.ferme_le)}"))
            for one in rows.answered_on(today)
            if one.ferme_le
        ],
        publiees=[(one, _url(one)) for one in rows.exclude(publiee_le=None)],
    )
    return render(request, "public/enquetes/liste.html", given)


def _url(one: Enquete) -> str:
    return reverse("enquete-publique", args=[one.espace.slug, one.numero])


@require_http_methods(["GET", "HEAD", "POST"])
def enquete(request: HttpRequest, slug: str, numero: int) -> HttpResponse:
    """The questionnaire while it is open, the results once they are public.

    Raises:
        Http404: neither.
    """
    espace = contract_or_404(slug)
    found = Enquete.objects.of(espace).filter(numero=numero).first()
    if found is None:
        raise Http404
    if found.publiee_le:
        return private(_results(request, found))
    if not found.is_open(horloge.today(espace)):
        raise Http404
    return private(_answered(request, found) if request.method == "POST" else _form(request, found, _asked(found)))


def _asked(found: Enquete, data: object = None) -> QuestionnaireForm:
    return QuestionnaireForm(list(found.questions.order_by("rang")), data)


def _answered(request: HttpRequest, found: Enquete) -> HttpResponse:
    form = _asked(found, request.POST)
    if not form.is_valid():
        return _form(request, found, form, status=UNPROCESSABLE)
    if not ratelimit.consume(request, action="enquete"):
        return _form(request, found, form, status=TOO_MANY_REQUESTS, erreur=typo(TOO_MANY))
    try:
        answer(enquete=found, said=form.said)
    except ValidationError as error:
        refuse(form, error)
        return _form(request, found, form, status=UNPROCESSABLE)
    return render(request, "public/enquetes/merci.html", _context(found))


def _context(found: Enquete, **more: object) -> dict[str, object]:
    espace: EspaceDeContrat = found.espace
    up = Lien(TITRE, reverse("enquetes-publiques", args=[espace.slug]))
    return context(espace, "indicateurs", enquete=found, fil=crumbs(espace, up, Lien(found.titre)), **more)


def _form(
    request: HttpRequest, found: Enquete, form: QuestionnaireForm, *, status: int = 200, erreur: str = ""
) -> HttpResponse:
    return render(request, "public/enquetes/repondre.html", _context(found, form=form, erreur=erreur), status=status)


def _results(request: HttpRequest, found: Enquete) -> HttpResponse:
    before = edition_before(found, public=True)
    given = _context(found, blocs=blocks(found, before, whole=False), avant=before.titre if before else "")
    return render(request, "public/enquetes/resultats.html", given)


urlpatterns = [
    path("enquetes/", enquetes, name="enquetes-publiques"),
    path("enquetes/<int:numero>/", enquete, name="enquete-publique"),
]
