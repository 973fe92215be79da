"""The préconisations that the team published, each with its answers and whether they are late."""

from django.urls import path

from tenir.public.preconisations.vues import preconisation, preconisations

urlpatterns = [
    path("preconisations/", preconisations, name="preconisations-publiques"),
    path("preconisations.<str:format>", preconisations, name="preconisations-publiques-export"),
    path("preconisations/<int:numero>", preconisation, name="preconisation-publique"),
]
