"""The addresses of the desk and of the figures of a contract, after `espace/<slug>/`."""

from tenir.tableau_de_bord.espace import chiffres, vues

ROUTES = (
    ("", vues.espace, "espace"),
    ("chiffres/", chiffres.chiffres, "chiffres"),
    ("chiffres.<str:format>", chiffres.chiffres, "chiffres-export"),
)
