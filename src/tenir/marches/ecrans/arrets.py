"""The small pages of a stop: adding it, updating it, its photograph, removing it, making a préconisation of it."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.joindre import warn_unreached
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.vues import needs
from tenir.marches.ecrans.commun import about, arret_or_404, marche_or_404, photo_response
from tenir.marches.ecrans.formulaires import ArretForm, DemanderForm, NouvelArretForm, PhotoForm
from tenir.marches.models import Arret
from tenir.marches.services import arrets as services
from tenir.marches.services.commun import RIGHT

BOTH = ["GET", "HEAD", "POST"]
NOUVEAU = Ecran("Ajouter un arrêt", "Ajouter l’arrêt", "L’arrêt est ajouté.")
MODIFIER = Ecran("Mettre l’arrêt à jour", "Enregistrer", "L’arrêt est à jour.")
PHOTO = Ecran(
    "La photographie de l’arrêt", "Enregistrer", "La photographie est enregistrée.",
    "Une nouvelle n’est publique qu’une fois choisie par l’équipe.",
)  # fmt: skip
RETIRER = Ecran("Retirer cet arrêt ?", "Retirer", "L’arrêt est retiré.", "Sa photographie est effacée avec lui.")
DEMANDER = Ecran(
    "En faire une préconisation", "Publier la préconisation", "La préconisation est publiée.",
    "L’organisme qui répond reçoit un lien ; la réponse est suivie avec les autres préconisations.",
)  # fmt: skip


def _hers(acces: Acces, espace: EspaceDeContrat, numero: int, arret: int) -> Arret:
    """A stop of a walk that she keeps up to date."""
    found = arret_or_404(marche_or_404(espace, numero), arret)
    require(acces, RIGHT, espace, found.marche)
    return found


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Add a stop at the end of the route."""
    found = marche_or_404(espace, numero)
    require(acces, RIGHT, espace, found)
    form = NouvelArretForm(espace, posted(request), request.FILES or None)

    def write() -> None:
        given = dict(form.cleaned_data)
        services.add_stop(by=acces, marche=found, fichier=given.pop("fichier"), given=given)

    return answer(request, acces, about(found), form, NOUVEAU, write, multipart=True)


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, arret: int) -> HttpResponse:
    """Say what a stop has become."""
    found = _hers(acces, espace, numero, arret)
    form = ArretForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        version = form.cleaned_data["version"] or 0
        services.rewrite_stop(by=acces, arret=found, version=version, changes=changes)

    return answer_or_arbitrate(request, acces, about(found.marche), form, MODIFIER, write, chose=found)


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def photographier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, arret: int) -> HttpResponse:
    """Give a stop its photograph, another, or none."""
    found = _hers(acces, espace, numero, arret)
    form = PhotoForm(found, posted(request), request.FILES or None)

    def write() -> None:
        services.change_photo(by=acces, arret=found, fichier=form.cleaned_data["fichier"], lu=read_mark(request))

    return answer(request, acces, about(found.marche), form, PHOTO, write, multipart=True, lu=services.shown(found))


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, arret: int) -> HttpResponse:
    """Remove a stop, once confirmed."""
    found = _hers(acces, espace, numero, arret)
    write = partial(services.remove_stop, by=acces, arret=found, lu=read_mark(request))
    form = Formulaire(posted(request))
    return answer(request, acces, about(found.marche), form, RETIRER, write, lu=services.shown(found))


@require_http_methods(BOTH)
@needs("preconisation.update")
def demander(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, arret: int) -> HttpResponse:
    """Ask a body to act on what is seen at a stop."""
    found = arret_or_404(marche_or_404(espace, numero), arret)
    form = DemanderForm(found, posted(request))

    def write() -> None:
        services.ask(by=acces, arret=found, lu=read_mark(request), **form.cleaned_data)
        warn_unreached(request, espace, [form.cleaned_data["organisme"]])

    return answer(request, acces, about(found.marche), form, DEMANDER, write, lu=services.shown(found))


@needs("marche.read")
def photo(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, arret: int) -> HttpResponse:
    """The photograph of a stop, to who has a role in the contract."""
    return photo_response(arret_or_404(marche_or_404(espace, numero), arret))
