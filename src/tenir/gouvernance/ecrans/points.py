"""The items of an agenda: adding one, noting what is said, taking one off."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.gouvernance.ecrans.commun import about_reunion, reunion_or_404
from tenir.gouvernance.ecrans.formulaires import ConstruireForm, NouveauPointForm, PointForm
from tenir.gouvernance.models import PointDOrdreDuJour
from tenir.gouvernance.services.ordre_du_jour import inscribe, offers_for
from tenir.gouvernance.services.points import add_point, remove_point, shown_point, update_point
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

NOUVEAU = Ecran("Ajouter un point à l’ordre du jour", "Ajouter le point", "Le point est ajouté.")
CONSTRUIRE = Ecran(
    "Construire l’ordre du jour", "Inscrire ce qui est coché", "L’ordre du jour est à jour.",
    "Voici ce qui attend, et qui n’est pas encore à l’ordre du jour. Chaque point reste lié à ce dont il vient.",
)  # fmt: skip
RIEN = Ecran("Construire l’ordre du jour", "Revenir", "Rien n’a changé.", "Rien n’attend, ou tout est déjà inscrit.")
NOTER = Ecran(
    "Noter ce qui se dit", "Enregistrer", "C’est noté.",
    "Deux personnes notent à la fois, chacune sur son point ; sur le même, la seconde voit les deux textes et choisit.",
    "gouvernance/noter.html",
)  # fmt: skip
RETIRER = Ecran(
    "Retirer ce point ?", "Retirer le point", "Le point est retiré.", "L’histoire garde ce qui y était noté."
)
BOTH = ["GET", "HEAD", "POST"]
RIGHT = "reunion.update"


@require_http_methods(BOTH)
@needs(RIGHT)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Add an item."""
    found = reunion_or_404(espace, numero)
    form = NouveauPointForm(posted(request))
    return answer(
        request,
        acces,
        about_reunion(found),
        form,
        NOUVEAU,
        lambda: add_point(by=acces, reunion=found, titre=form.cleaned_data["titre"]),
    )


@require_http_methods(BOTH)
@needs(RIGHT)
def construire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Build the agenda from what waits."""
    found = reunion_or_404(espace, numero)
    offers = offers_for(found) if found.is_to_come else []
    form = ConstruireForm([(one.cle, one.groupe, one.titre) for one in offers], posted(request))
    return answer(
        request,
        acces,
        about_reunion(found),
        form,
        CONSTRUIRE if offers else RIEN,
        lambda: inscribe(by=acces, reunion=found, cles=form.cles()),
    )


@require_http_methods(BOTH)
@needs(RIGHT)
def noter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, point: int) -> HttpResponse:
    """Note what is said of an item."""
    found = _point_or_404(espace, numero, point)
    form = PointForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        update_point(by=acces, point=found, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, about_reunion(found.reunion), form, NOTER, write, chose=found)


@require_http_methods(BOTH)
@needs(RIGHT)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, point: int) -> HttpResponse:
    """Take an item off."""
    found = _point_or_404(espace, numero, point)
    form = Formulaire(posted(request))
    return answer(
        request,
        acces,
        about_reunion(found.reunion),
        form,
        RETIRER,
        lambda: remove_point(by=acces, point=found, lu=read_mark(request)),
        lu=shown_point(found),
    )


def _point_or_404(espace: EspaceDeContrat, numero: int, point: int) -> PointDOrdreDuJour:
    rows = PointDOrdreDuJour.objects.select_related("reunion__espace", "reunion__instance__instance")
    return get_object_or_404(rows, reunion__espace=espace, reunion=numero, pk=point)
