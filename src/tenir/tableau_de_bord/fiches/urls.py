"""The addresses of the fiches of a contract, after `espace/<slug>/`; before those of one fiche."""

from tenir.tableau_de_bord.fiches import vues

ROUTES = (
    ("actions/", vues.fiches, "fiches"),
    ("actions.<str:format>", vues.fiches, "fiches-export"),
)
