"""The addresses of the quality of a contract, after `espace/<slug>/`."""

from tenir.tableau_de_bord.qualite import derogations, vues

ROUTES = (
    ("qualite/", vues.qualite, "qualite"),
    ("qualite.<str:format>", vues.qualite, "qualite-export"),
    ("qualite/rapport.<str:format>", vues.rapport, "qualite-rapport"),
    ("qualite/<int:numero>/admettre/", derogations.admettre, "qualite-admettre"),
    ("qualite/derogations/<int:numero>/retirer/", derogations.retirer, "qualite-retirer"),
)
