"""The map of a contract: its parts, then each axis with its orientations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from tenir.contrat.adresses import address
from tenir.contrat.models import Axe, Orientation
from tenir.core.adresses import route
from tenir.core.composants import Lien
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.espace import ONGLETS, context, contract_or_404, crumbs

PARTS = {
    **ONGLETS,
    "donnees": "Les données du diagnostic",
    "conseil-public": "Le conseil citoyen",
    "preconisations-publiques": "Les préconisations",
    "preconisation-deposer": "Envoyer une préconisation",
    "marches-publiques": "Les marches exploratoires",
    "tarifs-publics": "Les tarifs",
    "evaluations-publiques": "Les évaluations",
    "enquetes-publiques": "Les enquêtes",
    "annuaire": "Où s’adresser",
    "mes-droits-ici": "Mes droits",
    "engagements": "Les engagements",
    "dispositifs": "Les dispositifs",
    "dispositifs-trouver": "Trouver un dispositif",
    "credits-tableau": "Le tableau des financeurs",
    "argent-du-contrat": "L’argent du contrat",
    "appels-a-projets-publics": "Les appels à projets",
    "document": "Le document signé",
    "recherche": "Rechercher",
    "sigles": "Les sigles",
    "histoire": "L’histoire du contrat",
}
"""The pages that every contract has, by their routes."""


def plan_du_contrat(request: HttpRequest, slug: str) -> HttpResponse:
    """Where every page of a contract stands; items that have a list of their own are reached through it."""
    espace = contract_or_404(slug)
    given = context(
        espace,
        fil=crumbs(espace, Lien("Le plan du contrat")),
        parties=[Lien(text, route(name, slug)) for name, text in PARTS.items()],
        axes=_axes(espace),
    )
    return render(request, "public/plan.html", given)


def _axes(espace: EspaceDeContrat) -> list[tuple[Lien, list[Lien]]]:
    under: dict[int, list[Lien]] = {}
    for one in Orientation.objects.of(espace).order_by("ordre"):
        under.setdefault(one.axe_id, []).append(Lien(one.titre, address(espace.slug, one.code), one.code))
    return [
        (Lien(axe.titre, address(espace.slug, axe.code), axe.code), under.get(axe.pk, []))
        for axe in Axe.objects.of(espace)
    ]


urlpatterns = [path("plan/", plan_du_contrat, name="plan-du-contrat")]
