"""The money in pictures, each with the table of its figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.core.typographie import typo
from tenir.ecran.navigation import context
from tenir.financement.images import from_announced_to_paid, what_stays_empty, who_pays_what
from tenir.financement.models import LigneDeFinancement
from tenir.financement.silence import silence_of
from tenir.financement.tableau import build
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

IMAGES = "financement-images"


@needs("financement.read")
def images(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Who pays what, from announced to paid, what stays empty; specific credits, every year."""
    table = build(espace, None)
    lines = LigneDeFinancement.objects.of(espace).filter(registre=table.registre)
    drawn = [one for one in (who_pays_what(table), from_announced_to_paid(lines)) if one]
    given = context(
        acces, espace, IMAGES, images=drawn, vides=what_stays_empty(espace), phrase=typo(silence_of(espace).phrase)
    )
    return render(request, "financement/images.html", given)
