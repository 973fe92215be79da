"""Attendance at the door: the sheet that the team prints or shows, and the page that its code opens."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.code_photo import square_of
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import typo
from tenir.ecran.edition import posted
from tenir.ecran.navigation import address, context
from tenir.gouvernance.ecrans.commun import REUNIONS, at_reunion, name_of, reunion_or_404
from tenir.gouvernance.ecrans.formulaires import PorteForm
from tenir.gouvernance.models import PorteDeReunion
from tenir.gouvernance.services.liens import LienClos
from tenir.gouvernance.services.portes import check_in, find, open_door, token_of, why_closed
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@needs("reunion.update")
def porte(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """The sheet of the door: its code, and the table that one signs without a telephone."""
    found = reunion_or_404(espace, numero)
    if request.method == "POST":
        try:
            open_door(by=acces, reunion=found)
        except ValidationError as error:
            messages.error(request, typo(error.messages[0]))
        else:
            messages.success(request, typo("Le code est prêt : imprimez cette page, ou montrez-la à l’entrée."))
        return redirect(address("reunion-porte", espace, numero))
    door = PorteDeReunion.objects.filter(reunion=found).first()
    url = f"{settings.ADRESSE}{reverse('porte', args=[token_of(door)])}" if door else ""
    given = context(
        acces,
        espace,
        REUNIONS,
        reunion=found,
        titre=name_of(found),
        adresse=url,
        code=square_of(url) if url else "",
        convocations=list(found.convocations.select_related("organisation")),
        retour=at_reunion(found),
    )
    return private(render(request, "gouvernance/porte.html", given))


@login_not_required
@require_http_methods(BOTH)
def arriver(request: HttpRequest, jeton: str) -> HttpResponse:
    """The bodies that are invited; GET changes nothing."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    with horloge.zone(found.reunion.espace):
        return private(_arrived(request, found, jeton))


def _arrived(request: HttpRequest, door: PorteDeReunion, jeton: str) -> HttpResponse:
    form = PorteForm(door.reunion, posted(request))
    if form.is_valid():
        one = form.cleaned_data["organisme"]
        try:
            new = check_in(door=door, convocation=one)
        except ValidationError as error:
            form.refuse(error)
        except LienClos as error:
            messages.error(request, typo(str(error)))
            return HttpResponseRedirect(reverse("porte", args=[jeton]))
        else:
            said = "est noté présent" if new else "était déjà noté présent"
            messages.success(request, typo(f"{one.organisation} {said}. Au suivant."))
            return HttpResponseRedirect(reverse("porte", args=[jeton]))
    closed = why_closed(door)
    given = {
        "espace": door.reunion.espace,
        "titre": name_of(door.reunion),
        "reunion": door.reunion,
        "ferme": typo(closed),
        "form": None if closed else form,
    }
    return render(request, "gouvernance/arrivee.html", given, status=UNPROCESSABLE if form.errors else 200)
