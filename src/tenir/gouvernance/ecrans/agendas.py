"""The personal feed: the page that gives its address, and what a calendar program reads there."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tenir.core import horloge
from tenir.core.liens import incomplete
from tenir.core.prive import private
from tenir.core.typographie import typo
from tenir.ecran.navigation import address, context
from tenir.gouvernance.agenda import TYPE, Rappel, write
from tenir.gouvernance.ecrans.commun import REUNIONS
from tenir.gouvernance.models import AgendaPersonnel, Decision
from tenir.gouvernance.services.agendas import due_of, feed_of, find, give, is_read, meetings_of, token_of, withdraw
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

GONE = "Cet agenda n’est plus donné. Prenez une autre adresse sur la page « Réunions » du contrat.\n"


@require_http_methods(["GET", "HEAD", "POST"])
@needs("reunion.read")
def mon_agenda(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The address of one’s own feed: taken, changed, withdrawn."""
    if request.method == "POST":
        return _changed(request, acces, espace)
    feed = feed_of(acces, espace)
    url = f"{settings.ADRESSE}{reverse('mon-agenda-ics', args=[token_of(feed)])}" if feed else ""
    given = context(acces, espace, REUNIONS, feed=feed, adresse=url, retour=address("reunions", espace))
    return private(render(request, "gouvernance/mon_agenda.html", given))


def _changed(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    try:
        if request.POST.get("geste") == "retirer":
            withdraw(by=acces, espace=espace)
            messages.success(request, "L’adresse est retirée : elle n’ouvre plus rien.")
        else:
            give(by=acces, espace=espace)
            messages.success(request, "Voici l’adresse de votre agenda.")
    except ValidationError as error:
        messages.error(request, typo(error.messages[0]))
    return redirect(address("mon-agenda", espace))


@login_not_required
@require_safe
def flux(request: HttpRequest, jeton: str) -> HttpResponse:
    """The feed, as her rights let it be read now."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    if not is_read(found):
        return private(HttpResponse(GONE, content_type="text/plain; charset=utf-8", status=HTTPStatus.GONE))
    with horloge.zone(found.espace):
        response = HttpResponse(_written(found), content_type=TYPE)
    response["Content-Disposition"] = 'inline; filename="reunions.ics"'
    return private(response)


def _written(feed: AgendaPersonnel) -> bytes:
    nom = f"Mes réunions, {feed.espace.titre}"
    return write(
        feed.espace,
        meetings_of(feed),
        nom,
        page=lambda one: f"{settings.ADRESSE}{address('reunion', feed.espace, one.pk)}",
        rappels=[_reminder(feed.espace, one) for one in due_of(feed)],
    )


def _reminder(espace: EspaceDeContrat, one: Decision) -> Rappel:
    url = f"{settings.ADRESSE}{address('decision', espace, one.numero)}"
    assert one.pour_le  # noqa: S101  asked for by the query
    return Rappel(f"decision-{one.pk}", one.pour_le, f"À exécuter : {one.code}, {one.texte}", url)
