"""The addresses of comments."""

from tenir.commentaires.ecrans import lien, vues
from tenir.commentaires.services.liens import find
from tenir.core.liens import secret_link
from tenir.ecran.adresses import of_a_contract

urlpatterns = [
    *of_a_contract(
        ("commentaires/<str:sorte>/<str:cle>/ecrire/", vues.nouveau, "commentaire-nouveau"),
        ("commentaires/<int:numero>/corriger/", vues.corriger, "commentaire-corriger"),
        ("commentaires/<int:numero>/retirer/", vues.retirer, "commentaire-retirer"),
    ),
    *secret_link(
        "commentaire/",
        lien.commentaire,
        name="commentaire",
        known=find,
        more=[("reprendre/", lien.reprendre, "commentaire-reprendre")],
    ),
]
