"""The addresses of the fiches of a contract, after `espace/<slug>/`; before those of one fiche."""

from tenir.tableau_de_bord.fiches import classeur, lot, vues

ROUTES = (
    ("actions/", vues.fiches, "fiches"),
    ("actions.<str:format>", vues.fiches, "fiches-export"),
    ("actions/lot/", lot.lot, "fiches-lot"),
    ("actions/classeur.xlsx", classeur.classeur, "fiches-classeur"),
    ("actions/deposer/", classeur.deposer, "fiches-deposer"),
    ("actions/imports/", classeur.imports, "fiches-imports"),
    ("actions/imports.<str:format>", classeur.imports, "fiches-imports-export"),
    ("actions/imports/<int:numero>/", classeur.importation, "fiches-import"),
)
