"""The questions, what they point to, one more in the counts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import typo
from tenir.droits.catalogue import offers
from tenir.droits.ecrans.commun import REPERAGE, RIEN_NE_RESTE, about, tracks
from tenir.droits.ecrans.formulaires import CompterForm, PourForm, ReperageForm
from tenir.droits.services.commun import COUNT, GENRE_COMPTE, READ
from tenir.droits.services.comptes import count_reception
from tenir.ecran.edition import Ecran, answer, posted
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, reach
from tenir.habilitations.vues import needs

COMPTER = Ecran(
    "Compter un accueil", "Compter", "C’est compté.",
    "Un accueil de plus, et un de plus par droit. Rien d’autre n’est gardé.",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(READ)
def reperage(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Ask, then show what the answers point to: nothing is written, and no browser keeps the page."""
    form = ReperageForm(request.POST if request.method == "POST" else None)
    given = context(acces, espace, REPERAGE, form=form, rien=typo(RIEN_NE_RESTE), pistes=None)
    if form.is_valid():
        given |= _found(acces, espace, form)
    return private(render(request, "droits/reperage.html", given, status=UNPROCESSABLE if form.errors else 200))


def _found(acces: Acces, espace: EspaceDeContrat, form: ReperageForm) -> dict[str, object]:
    pistes = tracks(espace, offers(espace), form.reponses)
    counts = reach(acces, COUNT, espace) > Portee.AUCUNE
    return {
        "pistes": pistes,
        "compter": PourForm(acces, espace) if counts else None,
        "ou_compter": address("reperage-compter", espace),
        "encore": address(REPERAGE, espace),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(COUNT, theirs=True)
def compter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """One more in the counts of a body, from the page that pointed to rights, or ticked after."""
    form = CompterForm(acces, espace, offers(espace), posted(request))

    def write() -> None:
        given = form.cleaned_data
        count_reception(by=acces, espace=espace, organisme=given["organisme"], droits=given["droits"])

    sujet = about(espace, REPERAGE, "Repérage des droits", GENRE_COMPTE)
    return answer(request, acces, sujet, form, COMPTER, write)
