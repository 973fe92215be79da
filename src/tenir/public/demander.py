"""Asking for the link of a new dossier, without an account: an address, to which the link is sent."""

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from tenir.appels.ecrans.formulaires_de_dossier import DemanderForm
from tenir.appels.enums import Moment
from tenir.appels.models import AppelAProjets
from tenir.appels.services.dossiers import open_dossier
from tenir.core.composants import Lien
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import typo
from tenir.ecran.formulaires import refuse
from tenir.public.espace import context, contract_or_404, crumbs

TITRE = "Demander une subvention"
TOO_MANY = "Plusieurs dossiers viennent d’être ouverts d’ici : réessayez dans une heure, ou écrivez à l’équipe."
CLOSED = "Cet appel à projets n’est pas ouvert : aucun dossier ne peut y être déposé."
ENVOYE = "envoye"
TOO_MANY_REQUESTS = 429


@require_http_methods(["GET", "HEAD", "POST"])
def demander(request: HttpRequest, slug: str, numero: int) -> HttpResponse:
    """The form; then what to do of the message sent."""
    espace = contract_or_404(slug)
    found = get_object_or_404(AppelAProjets.objects.of(espace).public(), numero=numero)
    form = DemanderForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=UNPROCESSABLE)
    if form.is_of_a_machine or not ratelimit.consume(request, action="dossier"):
        return _page(request, found, form, status=TOO_MANY_REQUESTS, erreur=typo(TOO_MANY))
    try:
        open_dossier(by=None, appel=found, courriel=form.cleaned_data["courriel"])
    except ValidationError as error:
        refuse(form, error)
        return _page(request, found, form, status=UNPROCESSABLE)
    return HttpResponseRedirect(f"?{ENVOYE}=1")


def _page(
    request: HttpRequest, appel: AppelAProjets, form: DemanderForm, *, status: int = 200, erreur: str = ""
) -> HttpResponse:
    espace = appel.espace
    up = Lien(appel.titre, reverse("appel-a-projets-public", args=[espace.slug, appel.numero]))
    given = context(
        espace,
        "credits",
        fil=crumbs(espace, up, Lien(TITRE)),
        titre=TITRE,
        appel=appel,
        form=form,
        erreur=erreur,
        ferme="" if appel.moment == Moment.OUVERT else typo(CLOSED),
        envoye=ENVOYE in request.GET,
    )
    return private(render(request, "public/demander.html", given, status=status))


urlpatterns = [path("appels-a-projets/<int:numero>/demander/", demander, name="dossier-ouvrir")]
