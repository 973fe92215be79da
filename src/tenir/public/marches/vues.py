"""The list of published walks and where each place stands; one walk, its route; a photograph that the team shows."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html

from tenir.core.composants import Item, Lien
from tenir.core.listes import respond
from tenir.core.noms import designe
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.marches.ecrans.commun import photo_response, sentence_of, since_before, stamps_of
from tenir.marches.ecrans.liste import FiltreDesArrets, list_of, rows_of
from tenir.marches.ecrans.marche import Halte, before_of
from tenir.marches.models import Arret, Marche
from tenir.preconisations.enums import PUBLIC
from tenir.public.espace import context, contract_or_404, crumbs

TITRE = "Les marches exploratoires"


def marches(request: HttpRequest, slug: str, format: str = "") -> HttpResponse:
    """The walks that are published and where each place stands, or its export."""
    espace = contract_or_404(slug)
    rows = Marche.objects.of(espace).public().order_by("-jour", "-numero")
    return respond(
        request,
        "public/marches.html",
        liste=LISTE,
        filtre=partial(FiltreDesArrets, espace=espace),
        rows=rows_of(espace, public=True),
        export_name=f"{slug}-lieux-observes",
        format=format,
        context=context(
            espace,
            "gouvernance",
            fil=crumbs(espace, _governance(espace), Lien(TITRE)),
            marches=[] if format else [_line(one) for one in rows],
        ),
    )


def marche(request: HttpRequest, slug: str, numero: int) -> HttpResponse:
    """One that is published; any other does not exist."""
    espace = contract_or_404(slug)
    found = get_object_or_404(Marche.objects.of(espace).public(), numero=numero)
    arrets = list(Arret.objects.of(found))
    before = found.suite_de is not None and not found.suite_de.niveau
    given = context(
        espace,
        "gouvernance",
        marche=found,
        fil=crumbs(
            espace, _governance(espace), Lien(TITRE, reverse("marches-publiques", args=[slug])), Lien(found.code)
        ),
        chapeau=sentence_of(found, arrets),
        depuis=since_before(found, arrets) if before else "",
        haltes=[_halte(espace, one, rank, before=before) for rank, one in enumerate(arrets, 1)],
    )
    return render(request, "public/marche.html", given)


def photo(request: HttpRequest, slug: str, numero: int, arret: int) -> HttpResponse:
    """The photograph of a stop of a published walk, where the team said that anyone may see it."""
    espace = contract_or_404(slug)
    walk = get_object_or_404(Marche.objects.of(espace).public(), numero=numero)
    return photo_response(get_object_or_404(Arret.objects.of(walk), pk=arret, photo_publique=True))


def count_of(espace: EspaceDeContrat) -> str:
    """« Deux marches exploratoires sont publiées. »; nothing when none is; one query."""
    count = Marche.objects.filter(espace=espace).public().count()
    if not count:
        return ""
    told = pluriel(
        count, "marche exploratoire est publiée", "marches exploratoires sont publiées", genre="f", lettres=True
    )
    return typo(f"{capital(told)}.")


def _governance(espace: EspaceDeContrat) -> Lien:
    return Lien("La gouvernance", reverse("gouvernance", args=[espace.slug]))


def _line(one: Marche) -> Item:
    note = typo(f"{date_fr(one.jour)}, conduite par {designe(one.conduite_par)}")
    return Item(one.code, one.titre, reverse("marche-publique", args=[one.espace.slug, one.numero]), note)


def _halte(espace: EspaceDeContrat, one: Arret, rank: int, *, before: bool) -> Halte:
    """A stop as anyone reads it: what was seen before only of a walk that is published too."""
    asked = one.preconisation if one.preconisation and one.preconisation.etat in PUBLIC else None
    link = (
        Lien(asked.texte, reverse("preconisation-publique", args=[espace.slug, asked.numero]), asked.code)
        if asked
        else None
    )
    shown = reverse("arret-photo-publique", args=[espace.slug, one.marche.numero, one.pk]) if one.photo_publique else ""
    seen = before_of(one) if before else ""
    return Halte(rank, one, stamps_of(one, before=before), seen, shown, link, [])


def _place(row: Arret) -> str:
    url = reverse("marche-publique", args=[row.marche.espace.slug, row.marche.numero])
    return format_html('<a href="{}#arret-{}">{}</a>', url, row.pk, row.lieu)


LISTE = list_of(_place).without("evolution", "preconisation")
"""Where each place that anyone reads stands, the latest walk first."""
