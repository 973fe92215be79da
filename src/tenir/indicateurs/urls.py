"""The addresses of the life of indicators."""

from tenir.ecran.adresses import of_a_contract
from tenir.indicateurs.ecrans import edition, saisie, vues

urlpatterns = of_a_contract(
    ("indicateurs/", vues.indicateurs, "suivi-indicateurs"),
    ("indicateurs.<str:format>", vues.indicateurs, "suivi-indicateurs-export"),
    ("indicateurs/<str:code>/", vues.indicateur, "suivi-indicateur"),
    ("indicateurs/<str:code>/definir/", edition.definir, "suivi-indicateur-definir"),
    ("indicateurs/<str:code>/cibles/fixer/", edition.cible_nouvelle, "suivi-indicateur-cible-nouvelle"),
    ("indicateurs/<str:code>/cibles/<int:numero>/", edition.cible_modifier, "suivi-indicateur-cible-modifier"),
    ("indicateurs/<str:code>/cibles/<int:numero>/retirer/", edition.cible_retirer, "suivi-indicateur-cible-retirer"),
    ("indicateurs/<str:code>/relever/", saisie.donner, "suivi-indicateur-relever"),
    ("indicateurs/<str:code>/releves/<int:numero>/corriger/", saisie.corriger, "suivi-indicateur-releve-corriger"),
    ("indicateurs/<str:code>/releves/<int:numero>/valider/", saisie.valider, "suivi-indicateur-releve-valider"),
    ("indicateurs/<str:code>/releves/<int:numero>/contester/", saisie.contester, "suivi-indicateur-releve-contester"),
)
