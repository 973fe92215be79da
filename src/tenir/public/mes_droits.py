"""« Mes droits »: the questions of a repérage, without an account. Nothing is written; no browser keeps the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from tenir.core.composants import Lien
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import typo
from tenir.droits.catalogue import offers
from tenir.droits.ecrans.commun import RIEN_NE_RESTE, tracks
from tenir.droits.ecrans.formulaires import ReperageForm
from tenir.public.espace import context, contract_or_404, crumbs

TITRE = "Mes droits"


@require_http_methods(["GET", "HEAD", "POST"])
def mes_droits(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, then show what the answers point to."""
    espace = contract_or_404(slug)
    form = ReperageForm(request.POST if request.method == "POST" else None)
    pistes = tracks(espace, offers(espace), form.reponses) if form.is_valid() else None
    given = context(
        espace,
        form=form,
        rien=typo(RIEN_NE_RESTE),
        pistes=pistes,
        encore=reverse("mes-droits-ici", args=[slug]),
        fil=crumbs(espace, Lien(TITRE)),
        titre=TITRE,
    )
    return private(render(request, "public/mes_droits.html", given, status=UNPROCESSABLE if form.errors else 200))


urlpatterns = [path("mes-droits/", mes_droits, name="mes-droits-ici")]
