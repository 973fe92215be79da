"""The addresses of the frieze, after `espace/<slug>/`."""

from tenir.tableau_de_bord.frise import vues

ROUTES = (
    ("frise/", vues.frise, "frise"),
    ("frise.<str:format>", vues.frise, "frise-export"),
)
