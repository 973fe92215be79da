"""The synthesis of a point d'étape: seen before it is frozen, frozen once, then read by those of the contract."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.documents import Document, document_response
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import read_mark
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs
from tenir.points.ecrans.vues import point_or_404
from tenir.points.models import PointDEtape
from tenir.points.services.envoi import PointRefuse
from tenir.points.services.synthese import SyntheseAlteree, freeze, frozen, shown, why_not_frozen
from tenir.points.synthese import synthesis_of

ALTERED = "Cette synthèse n’est plus celle qui a été figée : son empreinte a changé. Prévenez l’administration."


@needs("fiche.read")
def synthese(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, format: str = ""
) -> HttpResponse:
    """The synthesis as it was frozen, or its file."""
    point = point_or_404(espace, numero)
    if point.synthese_le is None:
        raise Http404
    try:
        document = frozen(point)
    except SyntheseAlteree:
        return _altered(request, acces, point)
    if format:
        return document_response(document, name=f"{espace.slug}-synthese-{point.titre}", format=format)
    given = {
        "pdf": address("point-synthese-fichier", espace, numero, "pdf"),
        "docx": address("point-synthese-fichier", espace, numero, "docx"),
    }
    return _page(request, acces, point, document, **given)


@needs("point.update")
@require_http_methods(["GET", "HEAD", "POST"])
def figer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """The synthesis as it would be frozen now, and the button that freezes it."""
    point = point_or_404(espace, numero)
    if point.synthese_le:
        return redirect(address("point-synthese", espace, numero))
    if request.method == "POST":
        try:
            freeze(by=acces, point=point, lu=read_mark(request))
        except PointRefuse as error:
            messages.error(request, typo(str(error)))
            return redirect(address("point-synthese-figer", espace, numero))
        messages.success(request, "La synthèse est figée : rien ne la change plus.")
        return redirect(address("point-synthese", espace, numero))
    document = synthesis_of(point, horloge.today())
    return _page(request, acces, point, document, empeche=typo(why_not_frozen(point)), lu=shown(document), a_figer=True)


def syntheses(espace: EspaceDeContrat) -> list[Lien]:
    """The syntheses that were frozen, the latest first."""
    rows = PointDEtape.objects.filter(espace=espace, synthese_le__isnull=False).order_by("-synthese_le")
    return [
        Lien(typo(f"{titre}, synthèse du {date_fr(horloge.day_of(le))}"), address("point-synthese", espace, pk))
        for pk, titre, le in rows.values_list("pk", "titre", "synthese_le")
        if le
    ]


def _page(request: HttpRequest, acces: Acces, point: PointDEtape, document: Document, **more: object) -> HttpResponse:
    runs = may(acces, "point.update", point.espace)
    onglet = "points" if runs else "chiffres"
    back = address("point", point.espace, point.pk) if runs else address("chiffres", point.espace)
    given = context(acces, point.espace, onglet, point=point, document=document, retour=back, conduit=runs, **more)
    return render(request, "points/synthese.html", given)


def _altered(request: HttpRequest, acces: Acces, point: PointDEtape) -> HttpResponse:
    given = context(acces, point.espace, "points", point=point, phrase=typo(ALTERED))
    return render(request, "points/synthese_alteree.html", given, status=409)
