"""The addresses of points d’étape: those of the team, then those behind a link."""

from django.urls import path

from tenir.ecran.adresses import of_a_contract
from tenir.points.ecrans import envoi, lecture, synthese, vues
from tenir.points.ecrans.reponse import vues as reponse

urlpatterns = [
    *of_a_contract(
        ("points/", vues.points, "points"),
        ("points.<str:format>", vues.points, "points-export"),
        ("points/nouveau/", vues.nouveau, "point-nouveau"),
        ("points/<int:numero>/", vues.point, "point"),
        ("points/<int:numero>/modifier/", vues.modifier, "point-modifier"),
        ("points/<int:numero>/dispenser/", envoi.dispenser, "point-dispenser"),
        ("points/<int:numero>/envoyer/", envoi.envoyer, "point-envoyer"),
        ("points/<int:numero>/clore/", envoi.clore, "point-clore"),
        ("points/<int:numero>/liens/<int:destinataire>/", envoi.lien, "point-lien"),
        ("points/<int:numero>/synthese/", synthese.synthese, "point-synthese"),
        ("points/<int:numero>/synthese.<str:format>", synthese.synthese, "point-synthese-fichier"),
        ("points/<int:numero>/synthese/figer/", synthese.figer, "point-synthese-figer"),
        ("points/<int:numero>/reponses/", lecture.reponses, "point-reponses"),
        ("points/<int:numero>/reponses/simples/", lecture.accepter_simples, "point-accepter-simples"),
        ("points/<int:numero>/reponses/<int:question>/", lecture.lire, "point-lire"),
        ("points/<int:numero>/reponses/<int:question>/fichier/", lecture.fichier, "point-reponse-fichier"),
    ),
    path("point/<str:jeton>/", reponse.page, name="point-reponse"),
    path("point/<str:jeton>/questions/<int:numero>/", reponse.repondre, name="point-repondre"),
    path("point/<str:jeton>/questions/<int:numero>/fichier/", reponse.fichier, name="point-fichier"),
    path("point/<str:jeton>/rien-de-nouveau/", reponse.rien_de_nouveau, name="point-rien-de-nouveau"),
    path("point/<str:jeton>/terminer/", reponse.terminer, name="point-terminer"),
    path("point/<str:jeton>/transmettre/", reponse.transmettre, name="point-transmettre"),
    path("point/<str:jeton>/ne-plus/", reponse.ne_plus, name="point-ne-plus"),
]
