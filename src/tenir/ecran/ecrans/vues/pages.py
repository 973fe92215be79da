"""The small pages of named views: keep one, change it, keep in it what the list shows now, open on it, remove it."""

from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from tenir.core.listes import UNPROCESSABLE
from tenir.core.listes.adresse import in_words
from tenir.core.typographie import typo
from tenir.ecran.annulation.barre import with_undo
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.ecrans.vues.formulaires import ActualiserForm, EnregistrerForm, ModifierForm
from tenir.ecran.ecrans.vues.lieux import WHOLE, page_of, place_or_404, query_of, title_of, url_of
from tenir.ecran.edition import Ecran, Sujet, answer, page, posted, read_mark
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi
from tenir.ecran.histoire import Passage
from tenir.ecran.histoire import in_words as passages
from tenir.ecran.models import VueNommee
from tenir.ecran.services.vues import (
    GENRE,
    create_vue,
    delete_vue,
    name_in_trace,
    open_on,
    require_change,
    shown,
    update_vue,
)
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.traces import entries_of
from tenir.habilitations.vues import needs

GET_OR_POST = ["GET", "HEAD", "POST"]
KEPT = "Les filtres, les colonnes, le regroupement et l’ordre que la liste montre maintenant, sous un nom."
SAID = "La vue est à jour."


@require_http_methods(GET_OR_POST)
@needs("contrat.read")
def enregistrer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, liste: str) -> HttpResponse:
    """Keep what the address of a list asks, under a name."""
    place, asked = place_or_404(request, acces, espace, liste), request.GET.get("adresse", "")
    form = EnregistrerForm(posted(request), partage=may(acces, "vue.share", espace), adresse=asked)
    title = title_of(place.liste)
    sujet = Sujet(espace, "", title, f"{place.page}?{asked}", place.liste, _untold)
    ecran = Ecran("Enregistrer cette vue", "Enregistrer cette vue", "", KEPT)
    if form.is_valid() and (made := _created(acces, espace, place.liste, form)):
        back = f"{place.page}{query_of(made)}"
        said = f"La vue « {made.nom} » est enregistrée."
        messages.success(request, with_undo(acces, espace, said, back, genre=GENRE, code=place.liste))
        return redirect(back)
    status = UNPROCESSABLE if form.errors else 200
    return page(request, acces, sujet, ecran.gabarit, status=status, form=form, ecran=ecran)


def _created(acces: Acces, espace: EspaceDeContrat | None, liste: str, form: EnregistrerForm) -> VueNommee | None:
    try:
        return create_vue(by=acces, espace=espace, liste=liste, **form.cleaned_data)
    except ValidationError as error:
        form.refuse(error)
        return None


@require_http_methods(GET_OR_POST)
@needs("contrat.read")
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, numero: int) -> HttpResponse:
    """Change the name of a view, and for whom it is."""
    vue = _editable(acces, espace, numero)
    hers = vue.personne_id == acces.personne.pk and may(acces, "vue.share", espace)
    form = ModifierForm(vue, posted(request), reprendre=hers)
    ecran = Ecran("Régler cette vue", "Enregistrer", SAID, gabarit="ecran/vues/modifier.html", annulable=_of(vue))
    sujet = _sujet(request, acces, vue)
    write = partial(_update, acces, vue, form)
    retirer = url_of("vue-supprimer", vue, page_of(request, acces, vue))
    return answer_or_arbitrate(request, acces, sujet, form, ecran, write, chose=vue, retirer=retirer)


@require_http_methods(GET_OR_POST)
@needs("contrat.read")
def actualiser(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, numero: int) -> HttpResponse:
    """Keep in a view what the list shows now."""
    vue = _editable(acces, espace, numero)
    form, sujet = ActualiserForm(vue, posted(request)), _sujet(request, acces, vue)
    said = typo(f"Elle montre : {in_words(vue.adresse) or 'toute la liste'}.")
    ecran = Ecran("Mettre à jour cette vue", "Mettre à jour", SAID, said, annulable=_of(vue))
    write = partial(_update, acces, vue, form)
    response = answer_or_arbitrate(request, acces, sujet, form, ecran, write, chose=vue)
    if response.status_code != HTTPStatus.FOUND:
        return response
    vue.refresh_from_db()
    return redirect(_sujet(request, acces, vue).retour)


@needs("contrat.read")
@require_POST
def ouverture(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, numero: int) -> HttpResponse:
    """Make a list open on a view for her, or no more."""
    vue = get_object_or_404(_shown_to(acces, espace), pk=numero)
    place = place_or_404(request, acces, espace, vue.liste)
    opens = request.POST.get("opens") == "oui"
    open_on(by=acces, vue=vue, opens=opens)
    said = f"La liste s’ouvre {'sur' if opens else 'de nouveau sans'} la vue « {vue.nom} »."
    back = f"{place.page}{query_of(vue)}"
    messages.success(request, with_undo(acces, espace, said, back, genre=GENRE, code=vue.liste))
    return redirect(back)


@require_http_methods(GET_OR_POST)
@needs("contrat.read")
def supprimer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, numero: int) -> HttpResponse:
    """Remove a view, once confirmed."""
    vue = _editable(acces, espace, numero)
    form = Formulaire(posted(request))
    said, back = f"La vue « {vue.nom} » est supprimée.", f"{page_of(request, acces, vue)}{WHOLE}"
    ecran = Ecran("Supprimer cette vue ?", "Supprimer cette vue", said, _lost(vue), annulable=_of(vue))
    sujet = _sujet(request, acces, vue)
    gone = replace(sujet, retour=back) if form.is_valid() else sujet
    lu = read_mark(request)
    return answer(request, acces, gone, form, ecran, lambda: delete_vue(by=acces, vue=vue, lu=lu), lu=shown(vue))


def _shown_to(acces: Acces, espace: EspaceDeContrat | None) -> QuerySet[VueNommee]:
    return VueNommee.objects.shown_to(acces.personne).filter(espace=espace).select_related("espace", "personne")


def _editable(acces: Acces, espace: EspaceDeContrat | None, numero: int) -> VueNommee:
    """A view that she may change; another’s own does not exist."""
    vue = get_object_or_404(_shown_to(acces, espace), pk=numero)
    require_change(acces, vue)
    return vue


def _update(acces: Acces, vue: VueNommee, form: FormulaireSuivi, changes: dict[str, Any]) -> VueNommee:
    return update_vue(by=acces, vue=vue, version=form.cleaned_data["version"] or 0, changes=changes)


def _sujet(request: HttpRequest, acces: Acces, vue: VueNommee) -> Sujet:
    """A view, and the way back to the list as it shows it."""
    back = f"{page_of(request, acces, vue)}{query_of(vue)}"
    return Sujet(vue.espace, "", typo(f"« {vue.nom} »"), back, vue.liste, partial(_history, vue))


def _history(vue: VueNommee, _acces: Acces) -> list[Passage]:
    """The last change of a view, told of the list in the trace."""
    told = Q(champ=name_in_trace(vue)) | Q(champ__startswith=f"{name_in_trace(vue)},")
    return passages(entries_of(vue.espace).filter(told, genre=GENRE, objet=vue.liste)[:1])


def _untold(_acces: Acces) -> list[Passage]:
    return []


def _of(vue: VueNommee) -> tuple[str, str]:
    return (GENRE, vue.liste)


def _lost(vue: VueNommee) -> str:
    whose = "pour tous ceux qui ouvrent cette liste" if vue.partagee else "pour vous, qui êtes seul·e à la voir"
    return typo(f"« {vue.nom} » disparaîtra {whose}. Ce que contient la liste ne change pas.")
