"""The home page, the legal pages, the site map, and the page that shows every component."""

import django_filters
import django_tables2 as tables
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from tenir.contrat.recherche import query_words
from tenir.core.composants import Lien
from tenir.core.listes import Liste, respond
from tenir.core.typographie import pluriel
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.espace import ONGLETS
from tenir.public.galerie import gallery_context


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


class ListeDesContrats(Liste):
    """The public contracts."""

    caption = "Contrats publiés"
    noun, noun_plural, genre = "contrat", "contrats", "m"
    titre = tables.Column(verbose_name="Contrat")
    debut = tables.Column(verbose_name="Années")
    departement = tables.Column(verbose_name="Département", accessor="pk", orderable=False)

    class Meta:
        empty_text = "Aucun contrat ne répond à cette recherche."

    def render_titre(self, record: EspaceDeContrat) -> str:
        """The name of the contract, leading to it."""
        return format_html('<a href="{}">{}</a>', reverse("contrat", args=[record.slug]), record.titre)

    def render_debut(self, record: EspaceDeContrat) -> str:
        """The years the contract covers."""
        return f"{record.debut}-{record.fin}"

    def render_departement(self, record: EspaceDeContrat) -> str:
        """The départements of its territories."""
        found = dict.fromkeys(t.departement for t in record.territoires.all() if t.departement)
        return ", ".join(found) or "non fourni"


def accueil(request: HttpRequest, format: str = "") -> HttpResponse:
    """The public contracts."""
    rows = EspaceDeContrat.objects.public().prefetch_related("territoires")
    count = rows.count()
    lede = f"{pluriel(count, 'contrat de ville publié', 'contrats de ville publiés', lettres=True).capitalize()}."
    return respond(
        request,
        "public/accueil.html",
        liste=ListeDesContrats,
        filtre=ContratsFilter,
        rows=rows,
        export_name="contrats",
        format=format,
        context={"chapeau": lede, "nombre": count},
    )


def page(name: str, title: str) -> URLPattern:
    """The address of a page of plain text."""

    def view(request: HttpRequest) -> HttpResponse:
        return render(request, f"public/pages/{name}.html", {"titre": title, "editeur": settings.EDITEUR})

    return path(f"{name}/", view, name=name)


def plan_du_site(request: HttpRequest) -> HttpResponse:
    """Every page of the site, contract by contract."""
    contracts = [
        (espace, [Lien(text, reverse(part, args=[espace.slug])) for part, text in PARTS.items()])
        for espace in EspaceDeContrat.objects.public()
    ]
    return render(request, "public/pages/plan-du-site.html", {"titre": "Plan du site", "contrats": contracts})


PARTS = {
    **ONGLETS,
    "engagements": "Les engagements",
    "dispositifs": "Les dispositifs",
    "document": "Le document signé",
    "recherche": "Rechercher",
    "histoire": "L’histoire du contrat",
}


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
