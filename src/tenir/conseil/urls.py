"""The addresses of the council of residents, then those behind the link of an opinion."""

from tenir.conseil.ecrans import appels, avis, bibliotheque, candidature, conseil, espace, questions, rendre
from tenir.conseil.services.avis import find
from tenir.conseil.services.liens import find as find_candidate
from tenir.core.liens import secret_link
from tenir.ecran.adresses import of_a_contract

urlpatterns = [
    *of_a_contract(
        ("conseil/", conseil.conseil, "conseil"),
        ("conseil/membres/nouveau/", conseil.membre_nouveau, "membre-nouveau"),
        ("conseil/mandats/<int:numero>/finir/", conseil.mandat_finir, "mandat-finir"),
        ("conseil/appels/nouveau/", appels.nouveau, "appel-nouveau"),
        ("conseil/appels/<int:numero>/", appels.appel, "appel"),
        ("conseil/appels/<int:numero>/modifier/", appels.modifier, "appel-modifier"),
        ("conseil/appels/<int:numero>/figer/", appels.figer, "appel-figer"),
        ("conseil/appels/<int:numero>/tirer/", appels.tirer, "appel-tirer"),
        ("conseil/appels/<int:numero>/candidatures/nouvelle/", appels.inscrire, "candidature-nouvelle"),
        ("conseil/bibliotheque/", bibliotheque.bibliotheque, "conseil-bibliotheque"),
        ("conseil/bibliotheque/<int:numero>/", bibliotheque.piece, "conseil-piece-partagee"),
        ("conseil/questions/nouvelle/", questions.poser, "conseil-question-nouvelle"),
        ("conseil/questions/<int:numero>/repondre/", questions.repondre, "conseil-question-repondre"),
        ("conseil/reunions/<int:numero>/presences/", questions.presences, "conseil-presences"),
        ("conseil/pieces/nouvelle/", espace.piece_nouvelle, "conseil-piece-nouvelle"),
        ("conseil/pieces/<int:numero>/", espace.piece, "conseil-piece"),
        ("conseil/pieces/<int:numero>/retirer/", espace.piece_retirer, "conseil-piece-retirer"),
        ("conseil/moyens/nouveau/", espace.moyen_nouveau, "conseil-moyen-nouveau"),
        ("conseil/moyens/<int:numero>/finir/", espace.moyen_finir, "conseil-moyen-finir"),
        ("conseil/avis/", avis.liste, "avis-liste"),
        ("conseil/avis.<str:format>", avis.liste, "avis-export"),
        ("conseil/avis/nouveau/", avis.nouveau, "avis-nouveau"),
        ("conseil/avis/<int:numero>/", avis.demande, "avis-demande"),
        ("conseil/avis/<int:numero>/envoyer/", avis.envoyer, "avis-envoyer"),
        ("conseil/avis/<int:numero>/corriger/", avis.corriger, "avis-corriger"),
        ("conseil/candidatures/<int:numero>/", appels.corriger, "candidature-corriger"),
        ("conseil/candidatures/<int:numero>/retirer/", appels.retirer, "candidature-retirer"),
    ),
    *secret_link("candidature/", candidature.ma_candidature, name="ma-candidature", known=find_candidate),
    *secret_link(
        "avis/", rendre.rendre, name="avis", known=find, more=[("document/", rendre.document, "avis-document")]
    ),
]
