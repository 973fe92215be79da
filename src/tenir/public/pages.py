"""The home page, the legal pages, the site map, and the page that shows every component."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from tenir.contrat.recherche import query_words
from tenir.core import version
from tenir.core.emplacements import ENTREE, links_of
from tenir.core.listes import Colonne, Liste, Place, read, respond
from tenir.core.typographie import capital, pluriel
from tenir.ecran.listes import paged
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.galerie import gallery_context
from tenir.public.vitrine import showcase

NO_CONTRACT = "Aucun contrat n’est encore publié sur ce site."


class ContratsFilter(django_filters.FilterSet):
    """Which contracts to list: by name, commune, intercommunality, quarter or département."""

    q = django_filters.CharFilter(label="Commune, quartier, agglomération, département", method="search")

    class Meta:
        model = EspaceDeContrat
        fields: list[str] = []

    def search(self, rows: QuerySet[EspaceDeContrat], name: str, value: str) -> QuerySet[EspaceDeContrat]:
        """Keep the contracts whose title or territories hold every word asked."""
        for word in query_words(value):
            rows = rows.filter(mots__contains=f" {word}")
        return rows


def _title(row: EspaceDeContrat) -> str:
    return format_html('<a href="{}">{}</a>', reverse("contrat", args=[row.slug]), row.titre)


def _departements(row: EspaceDeContrat) -> str:
    found = dict.fromkeys(place.departement for place in row.territoires.all() if place.departement)
    return ", ".join(found) or "non fourni"


CONTRATS = Liste(
    "Contrats publiés",
    (
        Colonne("titre", "Contrat", read("titre"), _title, order_by=("titre",), place=Place.TITRE),
        Colonne("debut", "Années", lambda row: f"{row.debut}-{row.fin}", order_by=("debut",), place=Place.LIGNE),
        Colonne("departement", "Département", _departements, place=Place.LIGNE),
    ),
    noun="contrat",
    plural="contrats",
    genre="m",
    filters="Chercher un contrat",
    empty="Aucun contrat ne répond à cette recherche.",
)
"""The public contracts."""


def accueil(request: HttpRequest, format: str = "") -> HttpResponse:
    """The public contracts."""
    rows = EspaceDeContrat.objects.public().prefetch_related("territoires")
    count = rows.count()
    lede = f"{capital(pluriel(count, 'contrat de ville publié', 'contrats de ville publiés', lettres=True))}."
    return respond(
        request,
        "public/accueil.html",
        liste=CONTRATS,
        filtre=ContratsFilter,
        rows=rows,
        export_name="contrats",
        format=format,
        context={"chapeau": lede, "nombre": count, "rien": NO_CONTRACT, **_look(request, rows, 0 if format else count)},
    )


def _look(request: HttpRequest, rows: QuerySet[EspaceDeContrat], count: int) -> dict[str, Any]:
    """What makes one want to look: the contracts in pictures when they are few, the way into the demonstration."""
    shown, legende = showcase(rows, 0 if request.GET else count)
    return {"vitrines": shown, "legende": legende, "entrees": links_of(ENTREE, request, None)}


def page(name: str, title: str) -> URLPattern:
    """The address of a page of plain text."""

    def view(request: HttpRequest) -> HttpResponse:
        given = {"titre": title, "editeur": settings.EDITEUR, "version": version.full()}
        return render(request, f"public/pages/{name}.html", given)

    return path(f"{name}/", view, name=name)


CONTRACTS_OF_THE_MAP = 100
"""How many contracts the site map lists at once."""


def plan_du_site(request: HttpRequest) -> HttpResponse:
    """The pages of the site, and the map of each contract, a hundred contracts at a time."""
    contracts = paged(request, EspaceDeContrat.objects.public(), CONTRACTS_OF_THE_MAP, "page")
    return render(request, "public/pages/plan-du-site.html", {"titre": "Plan du site", "contrats": contracts})


def composants(request: HttpRequest) -> HttpResponse:
    """Every component, in every state."""
    return render(request, "public/galerie.html", gallery_context())


urlpatterns = [
    path("", accueil, name="accueil"),
    path("contrats.<str:format>", accueil, name="accueil-export"),
    page("accessibilite", "Accessibilité"),
    page("mentions-legales", "Mentions légales"),
    page("donnees-personnelles", "Données personnelles"),
    page("licence", "Licence des données"),
    path("plan-du-site/", plan_du_site, name="plan-du-site"),
    path("composants/", composants, name="composants"),
]
