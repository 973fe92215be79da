"""The addresses of one fiche, after `espace/<slug>/`."""

from tenir.tableau_de_bord.fiche import edition, jalons, niveaux, partenaires, pieces, vues

ROUTES = (
    ("qui-lit-quoi/", niveaux.qui_lit_quoi, "fiche-qui-lit-quoi"),
    ("qui-lit-quoi.<str:format>", niveaux.qui_lit_quoi, "fiche-qui-lit-quoi-export"),
    ("actions/<str:code>/", vues.fiche, "fiche"),
    ("actions/<str:code>/modifier/", edition.modifier, "fiche-modifier"),
    ("actions/<str:code>/statut/", edition.statut, "fiche-statut"),
    ("actions/<str:code>/nouvelles/donner/", edition.nouvelle, "fiche-nouvelle"),
    ("actions/<str:code>/jalons/ajouter/", jalons.nouveau, "fiche-jalon-nouveau"),
    ("actions/<str:code>/jalons/<int:numero>/", jalons.modifier, "fiche-jalon-modifier"),
    ("actions/<str:code>/jalons/<int:numero>/atteint/", jalons.atteint, "fiche-jalon-atteint"),
    ("actions/<str:code>/jalons/<int:numero>/abandonner/", jalons.abandonner, "fiche-jalon-abandonner"),
    ("actions/<str:code>/jalons/<int:numero>/retirer/", jalons.retirer, "fiche-jalon-retirer"),
    ("actions/<str:code>/partenaires/ajouter/", partenaires.nouveau, "fiche-partenaire-nouveau"),
    ("actions/<str:code>/partenaires/<int:numero>/", partenaires.modifier, "fiche-partenaire-modifier"),
    ("actions/<str:code>/partenaires/<int:numero>/retirer/", partenaires.retirer, "fiche-partenaire-retirer"),
    ("actions/<str:code>/pieces/ajouter/", pieces.nouvelle, "fiche-piece-nouvelle"),
    ("actions/<str:code>/pieces/<int:numero>/", pieces.piece, "fiche-piece"),
    ("actions/<str:code>/pieces/<int:numero>/retirer/", pieces.retirer, "fiche-piece-retirer"),
)
