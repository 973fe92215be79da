"""The page that a monitor reads: whether the site works, and nothing that would help to attack it."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from tenir.core import horloge
from tenir.core.composants import Renseignement
from tenir.core.sante import Sante, get_health
from tenir.core.typographie import pluriel


@login_not_required
def sante(request: HttpRequest, format: str = "html") -> HttpResponse:
    """200 when all is well, 503 otherwise; the same facts as a page or as JSON."""
    found = get_health(timezone.now())
    status = 200 if found.bonne else 503
    if format == "json":
        return JsonResponse(_facts(found), status=status)
    given = {"bonne": found.bonne, "lignes": _lines(found)}
    return render(request, "public/sante.html", given, status=status)


def _facts(found: Sante) -> dict[str, object]:
    return {
        "bonne": found.bonne,
        "base": found.base,
        "migrations": found.migrations,
        "ecriture": found.ecriture,
        "boucle": found.boucle.isoformat() if found.boucle else None,
        "endormi": found.endormi,
        "releve_de_la_trace": found.releve.isoformat() if found.releve else None,
        "plus_ancien_courriel_en_attente": found.courriel.isoformat() if found.courriel else None,
    }


def _lines(found: Sante) -> list[Renseignement]:
    at = "{:%d/%m/%Y à %H:%M}"
    beat = at.format(horloge.local(found.boucle)) if found.boucle else "jamais"
    kept = at.format(horloge.local(found.releve)) if found.releve else "jamais"
    return [
        Renseignement("Base de données", "répond" if found.base else "ne répond pas"),
        Renseignement("Tables", "à jour" if found.migrations else "à mettre à jour"),
        Renseignement("Disque", "s’écrit" if found.ecriture else "plein, ou interdit : rien ne s’enregistre"),
        Renseignement("Dernier tour de la boucle", f"{beat} (arrêtée)" if found.boucle_arretee else beat),
        Renseignement("Messages", "rien ne part : ce site dort" if found.endormi else "partent"),
        Renseignement("Dernier relevé de la trace", kept),
        Renseignement("Plus ancien courriel en attente", _waiting(found)),
    ]


def _waiting(found: Sante) -> str:
    """Since when a message that should have left waits, in words."""
    if found.courriel is None:
        return "aucun"
    age = (found.le - found.courriel) // timedelta(minutes=1)
    told = f"depuis {pluriel(age // 60, 'heure')}" if age >= 60 else f"depuis {pluriel(age, 'minute')}"
    return f"{told} (le courriel ne part pas)" if found.courriel_en_panne else told


urlpatterns = [
    path("sante", sante, name="sante"),
    path("sante.json", sante, {"format": "json"}, name="sante-json"),
]
"""Beside the pages of the site (`config/urls.py`): it is for machines, and in no menu."""
