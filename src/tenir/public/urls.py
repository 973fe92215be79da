"""The public site: each module of the room names its own addresses."""

from django.urls import include, path

from tenir.public import (
    actions,
    contrat,
    credits,
    document,
    gouvernance,
    histoire,
    indicateurs,
    orientations,
    pages,
    quartier,
    recherche,
    signataires,
)

CONTRACT_MODULES = (
    contrat,
    orientations,
    actions,
    signataires,
    credits,
    indicateurs,
    gouvernance,
    quartier,
    document,
    recherche,
    histoire,
)

urlpatterns = [
    path("", include(pages.urlpatterns)),
    *(path("contrats/<slug:slug>/", include(module.urlpatterns)) for module in CONTRACT_MODULES),
]
