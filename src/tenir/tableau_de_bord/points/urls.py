"""The addresses of the points d'étape of a contract, after `espace/<slug>/`."""

from tenir.tableau_de_bord.points import envoi, lecture, synthese, vues

ROUTES = (
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
)
