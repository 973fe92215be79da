"""The addresses of repérages, of their counts, of what is pointed to."""

from tenir.droits.ecrans import comptes, droits, reperage
from tenir.ecran.adresses import of_a_contract

urlpatterns = of_a_contract(
    ("reperage/", reperage.reperage, "reperage"),
    ("reperage/compter/", reperage.compter, "reperage-compter"),
    ("reperage/comptes/", comptes.comptes, "reperage-comptes"),
    ("reperage/comptes.<str:format>", comptes.comptes, "reperage-comptes-fichier"),
    ("reperage/comptes/devenir/", comptes.devenir, "reperage-devenir"),
    ("reperage/comptes/<int:compte>/corriger/", comptes.corriger, "reperage-corriger"),
    ("reperage/droits/", droits.droits, "reperage-droits"),
    ("reperage/droits/<slug:code>/", droits.droit, "reperage-droit"),
    ("reperage/aides/nouvelle/", droits.aide_nouvelle, "aide-locale-nouvelle"),
    ("reperage/aides/<int:numero>/modifier/", droits.aide_modifier, "aide-locale-modifier"),
    ("reperage/aides/<int:numero>/retirer/", droits.aide_retirer, "aide-locale-retirer"),
)
