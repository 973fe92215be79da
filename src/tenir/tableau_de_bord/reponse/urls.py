"""The addresses behind a link, after `point/<jeton>/`."""

from django.urls import path

from tenir.tableau_de_bord.reponse import vues

BEHIND_A_LINK = [
    path("point/<str:jeton>/", vues.page, name="point-reponse"),
    path("point/<str:jeton>/questions/<int:numero>/", vues.repondre, name="point-repondre"),
    path("point/<str:jeton>/questions/<int:numero>/fichier/", vues.fichier, name="point-fichier"),
    path("point/<str:jeton>/rien-de-nouveau/", vues.rien_de_nouveau, name="point-rien-de-nouveau"),
    path("point/<str:jeton>/terminer/", vues.terminer, name="point-terminer"),
    path("point/<str:jeton>/transmettre/", vues.transmettre, name="point-transmettre"),
    path("point/<str:jeton>/ne-plus/", vues.ne_plus, name="point-ne-plus"),
]
