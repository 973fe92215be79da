"""The addresses of the council of residents."""

from tenir.conseil.ecrans import appels, conseil
from tenir.ecran.adresses import of_a_contract

urlpatterns = [
    *of_a_contract(
        ("conseil/", conseil.conseil, "conseil"),
        ("conseil/membres/nouveau/", conseil.membre_nouveau, "membre-nouveau"),
        ("conseil/mandats/<int:numero>/finir/", conseil.mandat_finir, "mandat-finir"),
        ("conseil/appels/nouveau/", appels.nouveau, "appel-nouveau"),
        ("conseil/appels/<int:numero>/", appels.appel, "appel"),
        ("conseil/appels/<int:numero>/modifier/", appels.modifier, "appel-modifier"),
        ("conseil/appels/<int:numero>/figer/", appels.figer, "appel-figer"),
        ("conseil/appels/<int:numero>/tirer/", appels.tirer, "appel-tirer"),
        ("conseil/appels/<int:numero>/candidatures/nouvelle/", appels.inscrire, "candidature-nouvelle"),
        ("conseil/candidatures/<int:numero>/", appels.corriger, "candidature-corriger"),
        ("conseil/candidatures/<int:numero>/retirer/", appels.retirer, "candidature-retirer"),
    ),
]
