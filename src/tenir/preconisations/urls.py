"""The addresses of préconisations, then those behind their links."""

from tenir.core.liens import secret_link
from tenir.ecran.adresses import of_a_contract
from tenir.preconisations.ecrans import equipe, liens
from tenir.preconisations.services.liens import find_asked, find_followed

urlpatterns = [
    *of_a_contract(
        ("preconisations/", equipe.preconisations, "preconisations"),
        ("preconisations.<str:format>", equipe.preconisations, "preconisations-export"),
        ("preconisations/nouvelle/", equipe.nouvelle, "preconisation-nouvelle"),
        ("preconisations/<int:numero>/", equipe.preconisation, "preconisation"),
        ("preconisations/<int:numero>/publier/", equipe.publier, "preconisation-publier"),
        ("preconisations/<int:numero>/ecarter/", equipe.ecarter, "preconisation-ecarter"),
        ("preconisations/<int:numero>/modifier/", equipe.modifier, "preconisation-modifier"),
        ("preconisations/<int:numero>/repondre/", equipe.repondre_ici, "preconisation-repondre"),
        ("preconisations/<int:numero>/rouvrir/", equipe.rouvrir, "preconisation-rouvrir"),
        ("preconisations/<int:numero>/inscrire/", equipe.inscrire, "preconisation-inscrire"),
    ),
    *secret_link("reponse/", liens.repondre, name="preconisation-reponse", known=find_asked),
    *secret_link("preconisation/", liens.suivre, name="preconisation-suivie", known=find_followed),
]
