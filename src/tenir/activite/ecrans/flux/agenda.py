"""What a calendar program reads at the address of a feed; it has no account, the address is the key."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from tenir.activite.ecrans.flux.fichier import empreinte, write
from tenir.activite.models import FluxDAgenda
from tenir.activite.services.evenements import events_of
from tenir.activite.services.flux import find
from tenir.core import horloge
from tenir.core.liens import incomplete
from tenir.core.prive import private

TYPE = "text/calendar; charset=utf-8"
GONE = "Cet agenda n’est plus donné : son adresse a été retirée. Demandez-en une autre à l’équipe du contrat.\n"


@login_not_required
@require_safe
def agenda(request: HttpRequest, jeton: str) -> HttpResponse:
    """A feed; nothing more than its digest when the program holds it already."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    if found.revoque_le:
        return private(HttpResponse(GONE, content_type="text/plain; charset=utf-8", status=HTTPStatus.GONE))
    return private(_answer(request, found))


def _answer(request: HttpRequest, flux: FluxDAgenda) -> HttpResponse:
    evenements = events_of(flux, horloge.today(flux.espace))
    etag = empreinte(flux, evenements)
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(write(flux, evenements), content_type=TYPE)
    response["ETag"] = etag
    if unchanged is None:
        response["Content-Disposition"] = 'inline; filename="agenda.ics"'
    return response
