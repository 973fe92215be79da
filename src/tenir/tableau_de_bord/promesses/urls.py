"""The addresses of promises, after `espace/<slug>/`."""

from tenir.tableau_de_bord.promesses import edition, etat, vues

ROUTES = (
    ("engagements/", vues.promesses, "promesses"),
    ("engagements.<str:format>", vues.promesses, "promesses-export"),
    ("engagements/signataires/<str:code>/", etat.etat, "promesses-etat"),
    ("engagements/signataires/<str:code>/etat.<str:format>", etat.etat, "promesses-etat-fichier"),
    ("engagements/<str:code>/", vues.promesse, "promesse"),
    ("engagements/<str:code>/dire/", edition.dire, "promesse-dire"),
    ("engagements/<str:code>/definir/", edition.definir, "promesse-definir"),
    ("engagements/<str:code>/rattacher/", edition.rattacher, "promesse-rattacher"),
    ("engagements/<str:code>/preuves/ajouter/", edition.preuve_nouvelle, "promesse-preuve-nouvelle"),
    ("engagements/<str:code>/preuves/<int:numero>/", edition.preuve_fichier, "promesse-preuve"),
    ("engagements/<str:code>/preuves/<int:numero>/retirer/", edition.preuve_retirer, "promesse-preuve-retirer"),
)
