"""The addresses of calls for projects and of their dossiers, then those behind the link of a dossier."""

from tenir.appels.ecrans import (
    accord,
    compte_rendu,
    document,
    dossier,
    dossiers,
    equipe,
    fichier_du_compte_rendu,
    importation,
    instruction,
    lecture,
    suites,
)
from tenir.appels.services.liens import find, find_reading
from tenir.core.liens import secret_link
from tenir.ecran.adresses import of_a_contract

UN = "appels-a-projets/<int:numero>/"
DOSSIER = "dossiers-de-demande/<int:numero>/"
PART = f"{DOSSIER}parts/<int:pk>/"
REPORT = f"{DOSSIER}compte-rendu/"

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
        (f"{UN}instruction/", lecture.faire_instruire, "appel-a-projets-instruction"),
        (f"{UN}instruction/<int:pk>/arreter/", lecture.arreter, "appel-a-projets-instruction-arreter"),
        ("dossiers-de-demande/", dossiers.dossiers, "dossiers-de-demande"),
        ("dossiers-de-demande.<str:format>", dossiers.dossiers, "dossiers-de-demande-export"),
        ("dossiers-de-demande/importer/", importation.importer, "dossiers-importer"),
        ("dossiers-a-remplir.<str:format>", importation.feuille, "dossiers-a-remplir"),
        (DOSSIER, dossiers.dossier, "dossier-de-demande"),
        ("dossiers-de-demande/<int:numero>.<str:format>", document.fichier, "dossier-de-demande-document"),
        (f"{DOSSIER}partie/<str:section>/", dossiers.section, "dossier-de-demande-section"),
        (f"{DOSSIER}deposer/", dossiers.deposer, "dossier-de-demande-deposer"),
        (f"{DOSSIER}retirer/", dossiers.retirer, "dossier-de-demande-retirer"),
        (f"{PART}instruire/", instruction.instruire, "dossier-de-demande-instruire"),
        (f"{PART}noter/", instruction.noter, "dossier-de-demande-noter"),
        (f"{PART}decider/", instruction.decider, "dossier-de-demande-decider"),
        (f"{PART}convention/", suites.convention, "dossier-de-demande-convention"),
        (f"{PART}convention.<str:format>", suites.fichier, "dossier-de-demande-convention-fichier"),
        (f"{PART}signer/", suites.signer, "dossier-de-demande-signer"),
        (f"{PART}verser/", suites.verser, "dossier-de-demande-verser"),
        (f"{PART}reverser/", suites.reverser, "dossier-de-demande-reverser"),
        (f"{DOSSIER}dates/", suites.dates, "dossier-de-demande-dates"),
        (f"{DOSSIER}dates/repondre/", suites.dates_repondre, "dossier-de-demande-dates-repondre"),
        (REPORT, compte_rendu.equipe, "dossier-de-demande-compte-rendu"),
        (
            f"{DOSSIER}compte-rendu.<str:format>",
            fichier_du_compte_rendu.fichier,
            "dossier-de-demande-compte-rendu-document",
        ),
        (f"{REPORT}partie/<str:section>/", compte_rendu.equipe_partie, "dossier-de-demande-compte-rendu-partie"),
        (f"{REPORT}remettre/", compte_rendu.equipe_remettre, "dossier-de-demande-compte-rendu-remettre"),
        (f"{REPORT}lire/", compte_rendu.lire, "dossier-de-demande-compte-rendu-lire"),
        (f"{REPORT}redemander/", compte_rendu.redemander, "dossier-de-demande-compte-rendu-redemander"),
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
            ("dates/", accord.dates, "dossier-dates"),
            ("compte-rendu/", compte_rendu.page, "dossier-compte-rendu"),
            ("compte-rendu.<str:format>", fichier_du_compte_rendu.par_lien, "dossier-compte-rendu-document"),
            ("compte-rendu/partie/<str:section>/", compte_rendu.partie, "dossier-compte-rendu-partie"),
            ("compte-rendu/remettre/", compte_rendu.remettre, "dossier-compte-rendu-remettre"),
            ("convention/<int:pk>.<str:format>", accord.convention, "dossier-convention"),
            ("document.<str:format>", document.par_lien, "dossier-document"),
            ("pieces/<int:pk>/", dossier.piece, "dossier-piece"),
            ("pieces/<int:pk>/retirer/", dossier.piece_retirer, "dossier-piece-retirer"),
        ],
    ),
    *secret_link(
        "instruction/",
        lecture.instruction,
        name="instruction",
        known=find_reading,
        more=[
            ("<int:numero>/", lecture.lire, "instruction-dossier"),
            ("pieces/<int:pk>/", lecture.piece, "instruction-piece"),
        ],
    ),
]
