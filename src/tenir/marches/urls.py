"""The addresses of exploratory walks."""

from tenir.ecran.adresses import of_a_contract
from tenir.marches.ecrans import arrets, marche

ARRET = "marches/<int:numero>/arrets/<int:arret>"

urlpatterns = of_a_contract(
    ("marches/", marche.marches, "marches"),
    ("marches.<str:format>", marche.marches, "marches-export"),
    ("marches/nouvelle/", marche.nouvelle, "marche-nouvelle"),
    ("marches/<int:numero>/", marche.marche, "marche"),
    ("marches/<int:numero>/modifier/", marche.modifier, "marche-modifier"),
    ("marches/<int:numero>/publier/", marche.publier, "marche-publier"),
    ("marches/<int:numero>/retirer/", marche.retirer, "marche-retirer"),
    ("marches/<int:numero>/arrets/nouveau/", arrets.nouveau, "arret-nouveau"),
    (f"{ARRET}/modifier/", arrets.modifier, "arret-modifier"),
    (f"{ARRET}/photographier/", arrets.photographier, "arret-photographier"),
    (f"{ARRET}/retirer/", arrets.retirer, "arret-retirer"),
    (f"{ARRET}/demander/", arrets.demander, "arret-demander"),
    (f"{ARRET}/photo/", arrets.photo, "arret-photo"),
)
