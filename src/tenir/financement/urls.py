"""The addresses of the ledger, of the table, of what is asked of funders, then the link of a funder."""

from tenir.core.liens import secret_link
from tenir.ecran.adresses import of_a_contract
from tenir.financement.ecrans import (
    demandes,
    dispositifs,
    enveloppes,
    images,
    importation,
    lignes,
    rapprochement,
    reponse,
    scenarios,
    tableau,
    versions,
)
from tenir.financement.services.liens import find

urlpatterns = [
    *of_a_contract(
        ("argent/lignes/", lignes.lignes, "financements"),
        ("argent/lignes.<str:format>", lignes.lignes, "financements-export"),
        ("argent/lignes/nouvelle/", lignes.nouvelle, "financement-nouveau"),
        ("argent/lignes/importer/", importation.importer, "financements-importer"),
        ("argent/lignes/comparer/", rapprochement.comparer, "financements-comparer"),
        ("argent/lignes-a-remplir.<str:format>", importation.feuille, "financements-a-remplir"),
        ("argent/lignes/<str:code>/", lignes.ligne, "financement"),
        ("argent/lignes/<str:code>/dire/", lignes.dire, "financement-dire"),
        ("argent/tableau/", tableau.tableau, "financement-tableau"),
        ("argent/tableau.<str:format>", tableau.fichier, "financement-tableau-export"),
        ("argent/budgets/<int:annee>/<str:code>/", enveloppes.budget, "financement-budget"),
        ("argent/enveloppes/<int:annee>/<int:numero>/", enveloppes.enveloppe, "financement-enveloppe"),
        ("argent/images/", images.images, "financement-images"),
        ("argent/scenarios/", scenarios.scenarios, "financement-scenarios"),
        ("argent/scenarios/nouveau/", scenarios.nouveau, "financement-scenario-nouveau"),
        ("argent/scenarios/<int:numero>/", scenarios.scenario, "financement-scenario"),
        ("argent/scenarios/<int:numero>.<str:format>", scenarios.fichier, "financement-scenario-export"),
        ("argent/scenarios/<int:numero>/renommer/", scenarios.renommer, "financement-scenario-renommer"),
        ("argent/scenarios/<int:numero>/supprimer/", scenarios.supprimer, "financement-scenario-supprimer"),
        ("argent/scenarios/<int:numero>/adopter/", scenarios.adopter, "financement-scenario-adopter"),
        ("argent/scenarios/<int:numero>/<str:code>/", scenarios.rangee, "financement-scenario-rangee"),
        ("argent/dispositifs/", dispositifs.dispositifs, "financement-dispositifs"),
        ("argent/dispositifs.<str:format>", dispositifs.dispositifs, "financement-dispositifs-export"),
        ("argent/dispositifs/<int:numero>/", dispositifs.dispositif, "financement-dispositif"),
        ("argent/dispositifs/<int:numero>/decrire/", dispositifs.decrire, "financement-dispositif-decrire"),
        ("argent/dispositifs/<int:numero>/verifier/", dispositifs.verifier, "financement-dispositif-verifier"),
        ("argent/corrections/<int:numero>/inscrire/", dispositifs.inscrire, "financement-correction-inscrire"),
        ("argent/corrections/<int:numero>/ecarter/", dispositifs.ecarter, "financement-correction-ecarter"),
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
