"""The public site, open to all: each module of the room names its own addresses."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from tenir.core.conservation import published
from tenir.public import (
    actions,
    aide,
    annuaire,
    appels,
    candidater,
    conseil,
    contrat,
    credits,
    demander,
    deposer,
    document,
    enquetes,
    evaluation,
    gouvernance,
    histoire,
    indicateurs,
    marches,
    mes_droits,
    moment,
    orientations,
    pages,
    plan,
    preconisations,
    quartier,
    recherche,
    regles,
    sante,
    sigles,
    signataires,
    tarifs,
    verifier,
)

CONTRACT_MODULES = (
    contrat,
    moment,
    orientations,
    actions,
    signataires,
    credits,
    appels,
    demander,
    indicateurs,
    evaluation,
    enquetes,
    gouvernance,
    conseil,
    candidater,
    deposer,
    preconisations,
    marches,
    tarifs,
    quartier,
    annuaire,
    mes_droits,
    document,
    recherche,
    histoire,
    plan,
    sigles,
)

SITE_MODULES = (pages, regles, verifier, aide)

for module in (*SITE_MODULES, *CONTRACT_MODULES):
    for pattern in module.urlpatterns:
        login_not_required(pattern.callback)
        if module not in (verifier, candidater, demander, deposer, enquetes, mes_droits):  # for whoever sent it
            published(pattern.callback)

urlpatterns = [
    path("", include(sante.urlpatterns)),
    *(path("", include(module.urlpatterns)) for module in SITE_MODULES),
    *(path("contrats/<slug:slug>/", include(module.urlpatterns)) for module in CONTRACT_MODULES),
]
