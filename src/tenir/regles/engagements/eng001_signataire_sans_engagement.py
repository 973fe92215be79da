from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.parties import est_de, meme_nom
from tenir.regles.promesses import promettants
from tenir.regles.registre import Lit, regle


@regle("ENG001", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.FICHIER_ET_MOTS, de=(Contenu.ENGAGEMENTS,))
def signataire_sans_engagement(contrat: ContratDeVille, document: DocumentNormalise | None) -> Iterator[Anomalie]:
    """Un signataire ne promet rien.

    ## Ce que la règle vérifie

    Chaque signataire a au moins un engagement. Quand plusieurs n’en ont pas, ceux qui pilotent ou paient une action
    promettent par elle : la règle les laisse. Ceux dont le document, quand il est là, fait parler une phrase parmi les
    promesses des autres ne sont pas dits : elles n’ont pas été rangées sous leur nom.

    ## Pourquoi

    Qui signe sans rien promettre ne pourra rien tenir, et l’on ne pourra rien lui demander.

    ## Exemple fautif

    Un bailleur signe ; sa page dit son histoire et ses chiffres, rien de ce qu’il fera.

    ## Corrigé

    La même page, avec ce qu’il fera pendant la durée du contrat.

    ## Source

    Loi 2014-173, article 6 : les signataires s’engagent, chacun dans ses compétences.
    """
    silent = [one for one in contrat.signataires if not any(not it.regroupement for it in one.engagements)]
    acting = _acting(contrat) if len(silent) > 1 else ()
    speaking = promettants(contrat, document) if document and silent else ()
    for signataire in silent:
        acts = any(est_de(signataire.nom, name) for name in acting)
        if not acts and not any(meme_nom(signataire.nom, name) for name in speaking):
            yield Anomalie(
                signataire,
                f"{signataire.nom} signe et ne s’engage à rien.",
                "Demandez-lui ce qu’il fera, et écrivez-le.",
            )


def _acting(contrat: ContratDeVille) -> frozenset[str]:
    """The names of those who pilot an action, or pay one: their part of it is their promise."""
    pilots = {one.nom for it in contrat.orientations for action in it.actions for one in action.pilotes}
    paying = {one.financeur for it in contrat.orientations for one in it.credits if not one.vide and one.financeur}
    return frozenset(pilots | paying)
