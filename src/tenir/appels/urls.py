"""The addresses of calls for projects."""

from tenir.appels.ecrans import equipe
from tenir.ecran.adresses import of_a_contract

UN = "appels-a-projets/<int:numero>/"

urlpatterns = of_a_contract(
    ("appels-a-projets/", equipe.appels, "appels-a-projets"),
    ("appels-a-projets.<str:format>", equipe.appels, "appels-a-projets-export"),
    ("appels-a-projets/nouveau/", equipe.nouveau, "appel-a-projets-nouveau"),
    (UN, equipe.appel, "appel-a-projets"),
    (f"{UN}modifier/", equipe.modifier, "appel-a-projets-modifier"),
    (f"{UN}reprendre/", equipe.reprendre, "appel-a-projets-reprendre"),
    (f"{UN}publier/", equipe.publier, "appel-a-projets-publier"),
    (f"{UN}clore/", equipe.clore, "appel-a-projets-clore"),
    (f"{UN}financeur/", equipe.financeur, "appel-a-projets-financeur"),
    (f"{UN}financeur/retirer/", equipe.financeur_retirer, "appel-a-projets-financeur-retirer"),
    (f"{UN}piece/", equipe.piece_nouvelle, "appel-a-projets-piece-nouvelle"),
    (f"{UN}pieces/<int:pk>/", equipe.piece, "appel-a-projets-piece"),
    (f"{UN}pieces/<int:pk>/retirer/", equipe.piece_retirer, "appel-a-projets-piece-retirer"),
)
