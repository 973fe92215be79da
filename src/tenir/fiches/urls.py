"""The addresses of fiches: the table of all before the page of one, for both begin by « actions »."""

from tenir.ecran.adresses import of_a_contract
from tenir.fiches.ecrans import agir
from tenir.fiches.ecrans.frise import vues as frise_vues
from tenir.fiches.ecrans.page import edition, jalons, niveaux, partenaires, pieces, prescripteurs
from tenir.fiches.ecrans.page import vues as page_vues
from tenir.fiches.ecrans.tableau import classeur, lot
from tenir.fiches.ecrans.tableau import vues as tableau_vues

urlpatterns = of_a_contract(
    ("frise/", frise_vues.frise, "frise"),
    ("frise.<str:format>", frise_vues.frise, "frise-export"),
    ("actions/", tableau_vues.fiches, "fiches"),
    ("actions.<str:format>", tableau_vues.fiches, "fiches-export"),
    ("actions/lot/", lot.lot, "fiches-lot"),
    ("actions/classeur.xlsx", classeur.classeur, "fiches-classeur"),
    ("actions/deposer/", classeur.deposer, "fiches-deposer"),
    ("actions/imports/", classeur.imports, "fiches-imports"),
    ("actions/imports.<str:format>", classeur.imports, "fiches-imports-export"),
    ("actions/imports/<int:numero>/", classeur.importation, "fiches-import"),
    ("qui-lit-quoi/", niveaux.qui_lit_quoi, "fiche-qui-lit-quoi"),
    ("qui-lit-quoi.<str:format>", niveaux.qui_lit_quoi, "fiche-qui-lit-quoi-export"),
    ("actions/<str:code>/", page_vues.fiche, "fiche"),
    ("actions/<str:code>/modifier/", edition.modifier, "fiche-modifier"),
    ("actions/<str:code>/statut/", edition.statut, "fiche-statut"),
    ("actions/<str:code>/nouvelles/donner/", edition.nouvelle, "fiche-nouvelle"),
    ("actions/<str:code>/atteint/", agir.atteint, "fiche-atteint"),
    ("actions/<str:code>/reporter/<int:jours>/", agir.reporter, "fiche-reporter"),
    ("actions/<str:code>/designer/", agir.designer, "fiche-designer"),
    ("actions/<str:code>/relancer/", agir.relancer, "fiche-relancer"),
    ("actions/<str:code>/jalons/ajouter/", jalons.nouveau, "fiche-jalon-nouveau"),
    ("actions/<str:code>/jalons/<int:numero>/", jalons.modifier, "fiche-jalon-modifier"),
    ("actions/<str:code>/jalons/<int:numero>/atteint/", jalons.atteint, "fiche-jalon-atteint"),
    ("actions/<str:code>/jalons/<int:numero>/abandonner/", jalons.abandonner, "fiche-jalon-abandonner"),
    ("actions/<str:code>/jalons/<int:numero>/retirer/", jalons.retirer, "fiche-jalon-retirer"),
    ("actions/<str:code>/partenaires/ajouter/", partenaires.nouveau, "fiche-partenaire-nouveau"),
    ("actions/<str:code>/partenaires/<int:numero>/", partenaires.modifier, "fiche-partenaire-modifier"),
    ("actions/<str:code>/partenaires/<int:numero>/retirer/", partenaires.retirer, "fiche-partenaire-retirer"),
    ("actions/<str:code>/prescripteurs/", prescripteurs.prescripteurs, "fiche-prescripteurs"),
    ("actions/<str:code>/pieces/ajouter/", pieces.nouvelle, "fiche-piece-nouvelle"),
    ("actions/<str:code>/pieces/<int:numero>/", pieces.piece, "fiche-piece"),
    ("actions/<str:code>/pieces/<int:numero>/retirer/", pieces.retirer, "fiche-piece-retirer"),
)
