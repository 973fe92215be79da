"""The exploratory walks that the team published: their route, what is seen at each stop, what became of it."""

from django.urls import path

from tenir.public.marches.vues import marche, marches, photo

urlpatterns = [
    path("marches/", marches, name="marches-publiques"),
    path("marches.<str:format>", marches, name="marches-publiques-export"),
    path("marches/<int:numero>", marche, name="marche-publique"),
    path("marches/<int:numero>/arrets/<int:arret>/photo", photo, name="arret-photo-publique"),
]
