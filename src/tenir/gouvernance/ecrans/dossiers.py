"""The file of a meeting: seen before it is frozen, frozen, then taken away by those of the contract or convened."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.liens import incomplete
from tenir.core.prive import private
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import read_mark
from tenir.ecran.navigation import address, context
from tenir.gouvernance.dossier import file_of
from tenir.gouvernance.ecrans.commun import REUNIONS, at_reunion, reunion_or_404
from tenir.gouvernance.models import DossierDeReunion, Reunion
from tenir.gouvernance.services.dossiers import DossierAltere, freeze, frozen, shown, why_not_frozen
from tenir.gouvernance.services.liens import find
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

ALTERED = "Ce dossier n’est plus celui qui a été figé : son empreinte a changé. Prévenez l’administration."


@require_http_methods(["GET", "HEAD", "POST"])
@needs("reunion.update")
def dossier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """The file as it would be frozen now, the button that freezes it, those frozen before."""
    found = reunion_or_404(espace, numero)
    if request.method == "POST":
        try:
            made = freeze(by=acces, reunion=found, lu=read_mark(request))
        except ValidationError as error:
            messages.error(request, typo(error.messages[0]))
        else:
            messages.success(request, typo(f"Le dossier n° {made.numero} est figé : rien ne le change plus."))
        return redirect(address("reunion-dossier", espace, numero))
    document = file_of(found, horloge.today(espace))
    given = context(
        acces,
        espace,
        REUNIONS,
        document=document,
        empeche=typo(why_not_frozen(found)),
        lu=shown(document),
        figes=kept(found),
        retour=at_reunion(found),
    )
    return render(request, "gouvernance/dossier.html", given)


def kept(reunion: Reunion) -> list[DossierDeReunion]:
    """The files frozen, the latest first, without what they hold."""
    return list(reunion.dossiers.defer("contenu", "pdf").order_by("-numero"))


def links_of(espace: EspaceDeContrat, reunion: Reunion) -> list[Lien]:
    """The file frozen last, as a link; none when none is."""
    return [
        Lien(
            typo(f"Dossier de la réunion en PDF, figé le {date_fr(horloge.day_of(one.fige_le))}"),
            address("reunion-dossier-fichier", espace, reunion.pk, one.numero),
        )
        for one in kept(reunion)[:1]
    ]


@needs("reunion.read")
@require_safe
def fichier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, dossier: int) -> HttpResponse:
    """A file as it was frozen."""
    rows = DossierDeReunion.objects.select_related("reunion__espace")
    return _sent(get_object_or_404(rows, reunion__espace=espace, reunion=numero, numero=dossier))


@login_not_required
@require_safe
def fichier_par_lien(request: HttpRequest, jeton: str) -> HttpResponse:
    """The file frozen last, for a body that is invited."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    last = found.reunion.dossiers.select_related("reunion__espace").order_by("-numero").first()
    if last is None:
        raise Http404
    return private(_sent(last))


def _sent(dossier: DossierDeReunion) -> HttpResponse:
    try:
        content = frozen(dossier)
    except DossierAltere:
        return HttpResponse(typo(ALTERED), status=409, content_type="text/plain; charset=utf-8")
    reunion = dossier.reunion
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{reunion.espace.slug}-dossier-{reunion.jour}-{dossier.numero}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
