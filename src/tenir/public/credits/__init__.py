"""The funders' catalogue: the funding lines, the schemes they name, and who announces what where."""

from django.urls import path

from tenir.public.credits.argent import argent, argent_export
from tenir.public.credits.dispositifs import dispositifs
from tenir.public.credits.lignes import credits
from tenir.public.credits.tableau import tableau, tableau_export
from tenir.public.credits.trouver import trouver

urlpatterns = [
    path("credits/", credits, name="credits"),
    path("credits.<str:format>", credits, name="credits-export"),
    path("credits/argent/", argent, name="argent-du-contrat"),
    path("credits/argent.<str:format>", argent_export, name="argent-du-contrat-export"),
    path("credits/dispositifs/", dispositifs, name="dispositifs"),
    path("credits/dispositifs/trouver/", trouver, name="dispositifs-trouver"),
    path("credits/dispositifs.<str:format>", dispositifs, name="dispositifs-export"),
    path("credits/tableau/", tableau, name="credits-tableau"),
    path("credits/tableau.<str:format>", tableau_export, name="credits-tableau-export"),
]
