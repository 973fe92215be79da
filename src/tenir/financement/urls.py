"""The addresses of the ledger, of the table, of what is asked of funders, then the link of a funder."""

from tenir.core.liens import secret_link
from tenir.ecran.adresses import of_a_contract
from tenir.financement.ecrans import demandes, enveloppes, images, lignes, reponse, tableau, versions
from tenir.financement.services.liens import find

urlpatterns = [
    *of_a_contract(
        ("argent/lignes/", lignes.lignes, "financements"),
        ("argent/lignes.<str:format>", lignes.lignes, "financements-export"),
        ("argent/lignes/nouvelle/", lignes.nouvelle, "financement-nouveau"),
        ("argent/lignes/<str:code>/", lignes.ligne, "financement"),
        ("argent/lignes/<str:code>/dire/", lignes.dire, "financement-dire"),
        ("argent/tableau/", tableau.tableau, "financement-tableau"),
        ("argent/tableau.<str:format>", tableau.fichier, "financement-tableau-export"),
        ("argent/budgets/<int:annee>/<str:code>/", enveloppes.budget, "financement-budget"),
        ("argent/enveloppes/<int:annee>/<int:numero>/", enveloppes.enveloppe, "financement-enveloppe"),
        ("argent/images/", images.images, "financement-images"),
        ("argent/demandes/", demandes.demandes, "financement-demandes"),
        ("argent/demandes/nouvelle/", demandes.interroger, "financement-interroger"),
        ("argent/demandes/<int:numero>/arreter/", demandes.arreter, "financement-arreter"),
        ("argent/reponses/<int:numero>/inscrire/", demandes.inscrire, "financement-inscrire"),
        ("argent/reponses/<int:numero>/ecarter/", demandes.ecarter, "financement-ecarter"),
        ("argent/versions/figer/", versions.figer, "financement-figer"),
        ("argent/versions/<int:numero>/", versions.version, "financement-version"),
    ),
    *secret_link("financeur/", reponse.repondre, name="financeur", known=find),
]
