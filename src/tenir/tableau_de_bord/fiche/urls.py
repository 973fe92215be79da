"""The addresses of one fiche, after `espace/<slug>/`."""

from tenir.tableau_de_bord.fiche import vues

ROUTES = (("actions/<str:code>/", vues.fiche, "fiche"),)
