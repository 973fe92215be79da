"""The addresses of calls for projects and of their dossiers, then those behind the link of a dossier."""

from tenir.appels.ecrans import document, dossier, dossiers, equipe, instruction
from tenir.appels.services.liens import find
from tenir.core.liens import secret_link
from tenir.ecran.adresses import of_a_contract

UN = "appels-a-projets/<int:numero>/"
DOSSIER = "dossiers-de-demande/<int:numero>/"

urlpatterns = [
    *of_a_contract(
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
        (f"{UN}dossier/", dossiers.nouveau, "appel-a-projets-dossier"),
        ("dossiers-de-demande/", dossiers.dossiers, "dossiers-de-demande"),
        ("dossiers-de-demande.<str:format>", dossiers.dossiers, "dossiers-de-demande-export"),
        (DOSSIER, dossiers.dossier, "dossier-de-demande"),
        ("dossiers-de-demande/<int:numero>.<str:format>", document.fichier, "dossier-de-demande-document"),
        (f"{DOSSIER}partie/<str:section>/", dossiers.section, "dossier-de-demande-section"),
        (f"{DOSSIER}deposer/", dossiers.deposer, "dossier-de-demande-deposer"),
        (f"{DOSSIER}retirer/", dossiers.retirer, "dossier-de-demande-retirer"),
        (f"{DOSSIER}parts/<int:pk>/instruire/", instruction.instruire, "dossier-de-demande-instruire"),
        (f"{DOSSIER}parts/<int:pk>/decider/", instruction.decider, "dossier-de-demande-decider"),
        (f"{DOSSIER}pieces/<int:pk>/", dossiers.piece, "dossier-de-demande-piece"),
        (f"{DOSSIER}pieces/<int:pk>/retirer/", dossiers.piece_retirer, "dossier-de-demande-piece-retirer"),
    ),
    *secret_link(
        "dossier/",
        dossier.dossier,
        name="dossier",
        known=find,
        more=[
            ("partie/<str:section>/", dossier.section, "dossier-section"),
            ("deposer/", dossier.deposer, "dossier-deposer"),
            ("retirer/", dossier.retirer, "dossier-retirer"),
            ("reprendre/<int:numero>/", dossier.reprendre, "dossier-reprendre"),
            ("pieces/<int:pk>/", dossier.piece, "dossier-piece"),
            ("pieces/<int:pk>/retirer/", dossier.piece_retirer, "dossier-piece-retirer"),
        ],
    ),
]
