"""The addresses of tariffs."""

from tenir.ecran.adresses import of_a_contract
from tenir.tarifs.ecrans import comparaison, grilles, importation, scenarios, services

SERVICE = "tarifs/<int:numero>"
GRILLE = f"{SERVICE}/grilles/<int:grille>"
SCENARIO = f"{SERVICE}/scenarios/<int:grille>"

urlpatterns = of_a_contract(
    ("tarifs/", services.tarifs, "tarifs"),
    ("tarifs.<str:format>", services.tarifs, "tarifs-export"),
    ("tarifs/nouveau/", services.nouveau, "tarif-nouveau"),
    (f"{SERVICE}/", services.tarif, "tarif"),
    (f"{SERVICE}/modifier/", services.modifier, "tarif-modifier"),
    (f"{SERVICE}/retirer/", services.retirer, "tarif-retirer"),
    (f"{SERVICE}/grilles/nouvelle/", grilles.nouvelle, "grille-tarifaire-nouvelle"),
    (f"{GRILLE}/modifier/", grilles.modifier, "grille-tarifaire-modifier"),
    (f"{GRILLE}/retirer/", grilles.retirer, "grille-tarifaire-retirer"),
    (f"{GRILLE}/frequentation/<int:annee>/", grilles.frequentation, "frequentation"),
    (f"{SERVICE}/frequentation/importer/", importation.importer, "frequentation-importer"),
    (f"{SERVICE}/frequentation-a-remplir.<str:format>", importation.feuille, "frequentation-a-remplir"),
    (f"{SERVICE}/scenarios/", comparaison.scenarios, "scenarios-tarifaires"),
    (f"{SERVICE}/scenarios/nouveau/", scenarios.nouveau, "scenario-tarifaire-nouveau"),
    (f"{SCENARIO}/", scenarios.scenario, "scenario-tarifaire"),
    (f"{SCENARIO}.<str:format>", scenarios.fichier, "scenario-tarifaire-fichier"),
    (f"{SCENARIO}/feuille/", scenarios.feuille, "scenario-tarifaire-feuille"),
    (f"{SCENARIO}/modifier/", scenarios.modifier, "scenario-tarifaire-modifier"),
    (f"{SCENARIO}/proposer/", scenarios.proposer, "scenario-tarifaire-proposer"),
    (f"{SCENARIO}/retenir/", scenarios.retenir, "scenario-tarifaire-retenir"),
    (f"{SCENARIO}/retirer/", scenarios.retirer, "scenario-tarifaire-retirer"),
)
