"""The addresses of points d’étape: those of the team, then those behind a link."""

from tenir.core.liens import secret_link
from tenir.ecran.adresses import of_a_contract
from tenir.points.ecrans import envoi, lecture, synthese, vues
from tenir.points.ecrans.etats import lien as etat
from tenir.points.ecrans.etats import vues as etats
from tenir.points.ecrans.reponse import vues as reponse
from tenir.points.services import etats as remises
from tenir.points.services.liens import find

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
        ("etats/", etats.etats, "etats"),
        ("etats.<str:format>", etats.etats, "etats-export"),
        ("etats/envoyer/", etats.envoyer, "etats-envoyer"),
        ("etats/<int:numero>/", etats.envoi, "etats-envoi"),
        ("etats/<int:numero>/accuses.<str:format>", etats.envoi, "etats-envoi-export"),
        ("etats/<int:numero>/arreter/", etats.arreter, "etats-arreter"),
        ("etats/<int:numero>/<int:remise>/renvoyer/", etats.renvoyer, "etats-renvoyer"),
    ),
    *secret_link(
        "etat/",
        etat.page,
        name="etat-remis",
        known=remises.find,
        more=(("etat.pdf", etat.fichier, "etat-fichier"), ("recu/", etat.accuser, "etat-accuser")),
    ),
    *secret_link(
        "point/",
        reponse.page,
        name="point-reponse",
        known=find,
        more=(
            ("questions/<int:numero>/", reponse.repondre, "point-repondre"),
            ("questions/<int:numero>/fichier/", reponse.fichier, "point-fichier"),
            ("rien-de-nouveau/", reponse.rien_de_nouveau, "point-rien-de-nouveau"),
            ("terminer/", reponse.terminer, "point-terminer"),
            ("fin/", reponse.fin, "point-fin"),
            ("transmettre/", reponse.transmettre, "point-transmettre"),
            ("pas-moi/", reponse.pas_moi, "point-pas-moi"),
            ("ne-plus/", reponse.ne_plus, "point-ne-plus"),
        ),
    ),
]
