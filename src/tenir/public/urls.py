"""The public site."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def accueil(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Aucun contrat n’est chargé.")


urlpatterns = [path("", accueil, name="accueil")]
