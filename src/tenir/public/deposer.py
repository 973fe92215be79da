"""Sending a préconisation without an account: one required field, a receipt at once, nothing public before it is read.

What machines send is slowed by address and thrown away by a field that nobody sees: no outside service is asked.
"""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from tenir.core.composants import Lien
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import typo
from tenir.ecran.formulaires import refuse
from tenir.habilitations.models import EspaceDeContrat
from tenir.preconisations.ecrans.formulaires import DepotForm
from tenir.preconisations.services.liens import follow_token
from tenir.preconisations.services.recevoir import receive
from tenir.public.espace import context, contract_or_404, crumbs

TOO_MANY = "Plusieurs préconisations viennent d’être envoyées d’ici : réessayez dans une heure, ou écrivez à l’équipe."
RECEIVED = "Votre préconisation est reçue. Gardez l’adresse de cette page : elle dit ce qu’elle devient."
TITRE = "Envoyer une préconisation"
TOO_MANY_REQUESTS = 429


@require_http_methods(["GET", "HEAD", "POST"])
def deposer(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; what was sent leads to its own page, behind its link."""
    espace = contract_or_404(slug)
    if request.method != "POST":
        return _form(request, espace, DepotForm())
    form = DepotForm(request.POST)
    if not form.is_valid():
        return _form(request, espace, form, status=UNPROCESSABLE)
    if form.is_of_a_machine or not ratelimit.consume(request, action="preconisation"):
        return _form(request, espace, form, status=TOO_MANY_REQUESTS, erreur=typo(TOO_MANY))
    given = {name: form.cleaned_data[name] for name in ("texte", "lieu", "courriel")}
    try:
        made = receive(espace=espace, **given)
    except ValidationError as error:
        refuse(form, error)
        return _form(request, espace, form, status=UNPROCESSABLE)
    messages.success(request, typo(RECEIVED))
    return redirect(reverse("preconisation-suivie", args=[follow_token(made)]))


def _form(
    request: HttpRequest, espace: EspaceDeContrat, form: DepotForm, *, status: int = 200, erreur: str = ""
) -> HttpResponse:
    up = Lien("Les préconisations", reverse("preconisations-publiques", args=[espace.slug]))
    given = context(espace, "gouvernance", form=form, erreur=erreur, fil=crumbs(espace, up, Lien(TITRE)), titre=TITRE)
    return private(render(request, "public/deposer.html", given, status=status))


urlpatterns = [path("preconisations/envoyer/", deposer, name="preconisation-deposer")]
