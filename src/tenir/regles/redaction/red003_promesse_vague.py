import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ActionPrevue, ContratDeVille, Engagement, Objectif, SousAction
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.passages import passages
from tenir.regles.registre import Lit, regle

VAGUE = re.compile(
    r"réflexion (?:peut|pourra|pourrait|sera) être|(?:menant|mener|engager|conduire) une réflexion"
    r"|si besoin|si possible|autant que possible|dans la mesure du possible|le cas échéant|sous réserve"
    r"|(?:questionn|étudi)\w* l[’']opportunité|\benvisage\w* (?:de|d[’'])",
    re.IGNORECASE,
)
BINDING = (ActionPrevue, SousAction, Objectif, Engagement)


@regle("RED003", gravite=Gravite.A_AMELIORER, depuis="0.1", lit=Lit.MOTS)
def promesse_vague(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une action ou un engagement ne promet rien.

    ## Ce que la règle vérifie

    Une action, un objectif ou un engagement ne se dérobe pas : « une réflexion peut être menée », « si besoin »,
    « autant que possible », « le cas échéant », « en questionnant l’opportunité », « envisage de ».

    ## Pourquoi

    À l’évaluation, on ne saura pas dire si c’est fait : réfléchir, c’était déjà le faire.

    ## Exemple fautif

    Une réflexion pourra être conduite sur l’ouverture d’une ludothèque.

    ## Corrigé

    Ouvrir une ludothèque en 2026 (la commune).

    ## Source

    Circulaire du 31 août 2023 : des résultats mesurables.
    """
    for passage in passages(contrat, document, VAGUE):
        if isinstance(passage.objet, BINDING):
            yield Anomalie(
                passage.objet,
                f"« {passage.trouve[0]} » : rien ne dira si c’est fait.",
                "Dites qui fait quoi, et pour quand.",
                source=passage.source,
            )
