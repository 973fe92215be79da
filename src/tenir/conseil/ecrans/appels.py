"""Calls: opening one, its candidates, freezing the list, drawing; typing and correcting a candidate."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.conseil.ecrans.commun import (
    BOTH,
    PAGE,
    about_appel,
    about_candidature,
    about_council,
    appel_or_404,
    candidature_or_404,
    dates_of,
    stamp_of_appel,
)
from tenir.conseil.ecrans.formulaires import AppelForm, CandidatForm, CorrigerForm, Rien, TirerForm
from tenir.conseil.enums import EtatDAppel
from tenir.conseil.explication import explained
from tenir.conseil.models import AppelACandidatures, Candidature
from tenir.conseil.services import candidatures as people
from tenir.conseil.services.appels import change_call, draw_lots, freeze, open_call, shown
from tenir.conseil.services.commun import CONSEIL, RIGHT
from tenir.core import horloge
from tenir.core.typographie import pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

OUVRIR = Ecran(
    "Ouvrir un appel à candidatures", "Ouvrir l’appel", "L’appel est ouvert.",
    "Il se lit sur le site public dès son premier jour, avec le formulaire. La moitié au moins du conseil sont des "
    "habitants tirés au sort ; la parité se fixe par les sièges réservés.",
)  # fmt: skip
MODIFIER = Ecran("Modifier l’appel", "Enregistrer", "L’appel est à jour.")
FIGER = Ecran(
    "Figer la liste des candidatures ?", "Figer et publier la liste", "La liste est figée.",
    "La liste (numéros, collèges, parité, âges ou secteurs qui ont des sièges réservés), son empreinte, les sièges et "
    "les quotas deviennent publics. Ensuite seulement, des mots sont tirés devant le public.",
)  # fmt: skip
TIRER = Ecran(
    "Tirer au sort", "Tirer au sort, une fois pour toutes", "Le tirage est fait : n’importe qui peut le rejouer.",
    "Recopiez les mots tels qu’ils sont sortis. Un tirage ne s’annule pas et ne se refait pas.",
)  # fmt: skip
INSCRIRE = Ecran(
    "Inscrire une candidature",
    "Inscrire",
    "La candidature est inscrite.",
    "Reçue sur papier, à un guichet, par téléphone.",
)
CORRIGER = Ecran("Corriger une candidature", "Enregistrer", "La candidature est corrigée.")
RETIRER = Ecran(
    "Retirer cette candidature ?",
    "Retirer",
    "La candidature est retirée.",
    "Ses coordonnées sont effacées la nuit suivante.",
)


@require_http_methods(BOTH)
@needs(RIGHT)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Open a call."""
    initial: dict[str, Any] = dict.fromkeys((one for one in AppelForm.CHAMPS if one.endswith("acteurs")), 0)
    form = AppelForm(AppelACandidatures(), posted(request), **initial, ouvre_le=horloge.today(espace), duree_mois=36)
    return answer(
        request,
        acces,
        about_council(espace),
        form,
        OUVRIR,
        lambda: open_call(by=acces, espace=espace, given={name: form.cleaned_data[name] for name in AppelForm.CHAMPS}),
    )


@needs(RIGHT)
def appel(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One call as the team runs it: its candidates by name, what comes next, what was drawn."""
    found = appel_or_404(espace, numero)
    rows = list(Candidature.objects.filter(appel=found).order_by("numero"))
    given = context(
        acces,
        espace,
        PAGE,
        appel=found,
        titre=typo(f"Appel à candidatures n° {found.numero}"),
        tampon=stamp_of_appel(found),
        chapeau=typo(_lede(found, sum(one.retiree_le is None for one in rows))),
        candidatures=rows,
        gestes=_gestures(found),
        tirage=explained(found),
        publique=_public(espace, found),
        annulables=undoable(acces, espace, genre=CONSEIL, code=found.code),
        histoire=paged(request, records(history_of(espace, CONSEIL, found.code)), CHANGES, "histoire"),
    )
    return render(request, "conseil/appel.html", given)


def _lede(appel: AppelACandidatures, count: int) -> str:
    return f"Ouvert {dates_of(appel)} : {pluriel(count, 'candidature', genre='f', lettres=True)}."


def _gestures(appel: AppelACandidatures) -> dict[str, str]:
    espace, etat = appel.espace, appel.etat
    names = {"modifier": "appel-modifier", "inscrire": "candidature-nouvelle"} if not appel.fige_le else {}
    if etat == EtatDAppel.CLOS:
        names["figer"] = "appel-figer"
    if etat == EtatDAppel.FIGE:
        names["tirer"] = "appel-tirer"
    return {key: address(name, espace, appel.numero) for key, name in names.items()}


def _public(espace: EspaceDeContrat, appel: AppelACandidatures) -> str:
    if espace.etat != EspaceDeContrat.Etat.PUBLIE or appel.etat == EtatDAppel.A_VENIR:
        return ""
    return reverse("appel-public", args=[espace.slug, appel.numero])


@require_http_methods(BOTH)
@needs(RIGHT)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Change a call, until its list is frozen."""
    found = appel_or_404(espace, numero)
    form = AppelForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        change_call(by=acces, appel=found, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, about_appel(found), form, MODIFIER, write, chose=found)


@require_http_methods(BOTH)
@needs(RIGHT)
def figer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Freeze the list, and publish it."""
    found = appel_or_404(espace, numero)
    return answer(
        request,
        acces,
        about_appel(found),
        Rien(posted(request)),
        FIGER,
        lambda: freeze(by=acces, appel=found, lu=read_mark(request)),
        lu=shown(found),
    )


@require_http_methods(BOTH)
@needs(RIGHT)
def tirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Draw, with the words drawn in public."""
    found = appel_or_404(espace, numero)
    form = TirerForm(posted(request))
    return answer(
        request,
        acces,
        about_appel(found),
        form,
        TIRER,
        lambda: draw_lots(by=acces, appel=found, lu=read_mark(request), **form.cleaned_data),
        lu=shown(found),
    )


@require_http_methods(BOTH)
@needs(RIGHT)
def inscrire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Type a candidate who came otherwise."""
    found = appel_or_404(espace, numero)
    form = CandidatForm(found, posted(request))
    return answer(
        request,
        acces,
        about_appel(found),
        form,
        INSCRIRE,
        lambda: people.type_in(by=acces, appel=found, given=form.cleaned_data),
    )


@require_http_methods(BOTH)
@needs(RIGHT)
def corriger(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Correct a candidate."""
    found = candidature_or_404(espace, numero)
    form = CorrigerForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        people.correct(by=acces, candidature=found, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, about_candidature(found), form, CORRIGER, write, chose=found)


@require_http_methods(BOTH)
@needs(RIGHT)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Withdraw a candidate at her request."""
    found = candidature_or_404(espace, numero)
    return answer(
        request,
        acces,
        about_candidature(found),
        Rien(posted(request)),
        RETIRER,
        lambda: people.withdraw(by=acces, candidature=found, lu=read_mark(request)),
        lu=people.shown(found),
    )
