"""Whom to ask: the places and the bodies open to residents, as their registers describe them."""

from django.urls import path

from tenir.public.annuaire.vues import annuaire

urlpatterns = [
    path("annuaire/", annuaire, name="annuaire"),
    path("annuaire.<str:format>", annuaire, name="annuaire-export"),
]
