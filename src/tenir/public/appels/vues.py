"""The calls for projects: those open now and those of before, one of them, its files, their days in a calendar."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html

from tenir.appels.agenda import write
from tenir.appels.ecrans.commun import (
    asked_of,
    calendar_of,
    envelope_of,
    files_of,
    funders,
    priorities_of,
    sentence_of,
    stamp_of,
)
from tenir.appels.ecrans.liste import FiltreDesAppels, calls
from tenir.appels.enums import Moment
from tenir.appels.models import AppelAProjets, PieceDAppel
from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.fichiers import to_be_kept
from tenir.core.listes import respond
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.gouvernance.agenda import TYPE
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.espace import context, contract_or_404, crumbs

TITRE = "Les appels à projets"


def appels(request: HttpRequest, slug: str, format: str = "") -> HttpResponse:
    """Those published, open, to come and closed, or their export."""
    espace = contract_or_404(slug)
    return respond(
        request,
        "public/appels_a_projets.html",
        liste=LISTE,
        filtre=partial(FiltreDesAppels, espace=espace),
        rows=AppelAProjets.objects.of(espace).public(),
        export_name=f"{slug}-appels-a-projets",
        format=format,
        context=context(
            espace,
            "credits",
            fil=crumbs(espace, Lien("Les crédits", reverse("credits", args=[slug])), Lien(TITRE)),
            chapeau="" if format else lede(espace),
        ),
    )


def appel(request: HttpRequest, slug: str, numero: int) -> HttpResponse:
    """One that is published; any other does not exist."""
    espace = contract_or_404(slug)
    found = _call_or_404(espace, numero)
    up = [Lien("Les crédits", reverse("credits", args=[slug]))]
    up.append(Lien(TITRE, reverse("appels-a-projets-publics", args=[slug])))
    rows = funders(found)
    given = context(
        espace,
        "credits",
        fil=crumbs(espace, *up, Lien(found.code)),
        appel=found,
        ouvert=found.moment == Moment.OUVERT,
        tampon=stamp_of(found),
        chapeau=typo(sentence_of(found)),
        jours=calendar_of(found),
        priorites=priorities_of(found),
        financeurs=rows,
        enveloppe=typo(envelope_of(rows, found)),
        demandees=asked_of(found),
        pieces=files_of(found, lambda one: reverse("appel-a-projets-piece-publique", args=[slug, numero, one.pk])),
    )
    return render(request, "public/appel_a_projets.html", given)


def piece(request: HttpRequest, slug: str, numero: int, pk: int) -> HttpResponse:
    """A file given with one that is published."""
    found = get_object_or_404(PieceDAppel, appel=_call_or_404(contract_or_404(slug), numero), pk=pk)
    return to_be_kept(found.fichier, found.nom)


def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """The days of those published, for a calendar to follow."""
    espace = contract_or_404(slug)
    rows = AppelAProjets.objects.of(espace).public().order_by("numero")
    return HttpResponse(write(espace, rows, f"Appels à projets, {espace.titre}"), content_type=TYPE)


def lede(espace: EspaceDeContrat) -> str:
    """« Un appel à projets est ouvert, jusqu’au 30 avril 2026. »; one query."""
    today = horloge.today(espace)
    last = list(
        AppelAProjets.objects.filter(espace=espace)
        .open_on(today)
        .order_by("ferme_le")
        .values_list("ferme_le", flat=True)
    )
    if not last:
        return "Aucun appel à projets n’est ouvert."
    told = pluriel(len(last), "appel à projets est ouvert", "appels à projets sont ouverts", lettres=True)
    first = "jusqu’au" if len(last) == 1 else "le premier jusqu’au"
    return typo(f"{capital(told)}, {first} {date_fr(last[0])}.")


def _call_or_404(espace: EspaceDeContrat, numero: int) -> AppelAProjets:
    return get_object_or_404(AppelAProjets.objects.of(espace).public(), numero=numero)


def _title(row: AppelAProjets) -> str:
    url = reverse("appel-a-projets-public", args=[row.espace.slug, row.numero])
    return format_html('<a href="{}">{}</a>', url, row.titre)


LISTE = calls(_title)
"""Those that anyone reads, the latest first."""
