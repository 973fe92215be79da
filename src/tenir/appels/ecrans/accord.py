"""What follows a grant, as whoever asked reads it by the link of the dossier: convention, payments, other days."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from tenir.appels.ecrans.commun import BOTH
from tenir.appels.ecrans.dossier import Porte, asked_by_link, opened
from tenir.appels.ecrans.formulaires_des_suites import DatesForm
from tenir.appels.ecrans.suites import file_of
from tenir.appels.enums import Suite
from tenir.appels.models import DossierDeDemande
from tenir.appels.services import suites as services
from tenir.ecran.edition import posted, read_mark

SAID = "Le changement de dates est demandé : la réponse vous sera envoyée."
CHAPEAU = "L’équipe du contrat vous répondra. Jusque-là, les dates de l’action ne changent pas."


def _dates(request: HttpRequest, found: DossierDeDemande, porte: Porte) -> HttpResponse:
    form = DatesForm(found, posted(request))

    def write() -> object:
        return services.ask_dates(by=None, dossier=found, lu=read_mark(request), **form.cleaned_data)

    said: dict[str, Any] = {"titre": "Demander d’autres dates", "bouton": "Demander", "chapeau": CHAPEAU}
    return asked_by_link(request, found, porte, form, write, SAID, lu=services.shown_dates(found), **said)


def _file(request: HttpRequest, found: DossierDeDemande, porte: Porte, pk: int, format: str) -> HttpResponse:
    rows = found.parts.select_related("financeur", "dossier__espace", "dossier__appel", "ligne")
    return file_of(get_object_or_404(rows, pk=pk, suite=Suite.ACCORDE), format)


dates = login_not_required(require_http_methods(BOTH)(opened(_dates)))
convention = login_not_required(require_safe(opened(_file)))
