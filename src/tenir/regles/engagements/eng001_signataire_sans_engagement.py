from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle


@regle("ENG001", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.ENGAGEMENTS,))
def signataire_sans_engagement(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un signataire ne promet rien.

    ## Ce que la règle vérifie

    Chaque signataire a au moins un engagement.

    ## Pourquoi

    Qui signe sans rien promettre ne pourra rien tenir, et l’on ne pourra rien lui demander.

    ## Exemple fautif

    Un bailleur signe ; sa page dit son histoire et ses chiffres, rien de ce qu’il fera.

    ## Corrigé

    La même page, avec ce qu’il fera pendant la durée du contrat.

    ## Source

    Loi 2014-173, article 6 : les signataires s’engagent, chacun dans ses compétences.
    """
    for signataire in contrat.signataires:
        if not any(not one.regroupement for one in signataire.engagements):
            yield Anomalie(
                signataire,
                f"{signataire.nom} signe et ne s’engage à rien.",
                "Demandez-lui ce qu’il fera, et écrivez-le.",
            )
