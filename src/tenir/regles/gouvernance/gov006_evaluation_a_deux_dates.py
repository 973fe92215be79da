from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.gouvernance.evaluations import AnneeDEvaluation, annees_d_evaluation
from tenir.regles.passages import porteur
from tenir.regles.periode import periode_dite
from tenir.regles.registre import Lit, regle


@regle("GOV006", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS, periode=True)
def evaluation_a_deux_dates(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une évaluation a deux dates.

    ## Ce que la règle vérifie

    Quand une phrase prévoit les évaluations et leurs années, aucune autre ne parle d’une évaluation d’une année que la
    première ne prévoit pas. L’évaluation du contrat précédent, et celle qui se fait chaque année, ne comptent pas.

    ## Pourquoi

    L’évaluation se prépare un an avant : on ne saura pas quand commencer.

    ## Exemple fautif

    « L’évaluation à mi-parcours aura lieu en 2027. » Plus loin : « avant l’évaluation de 2026 ».

    ## Corrigé

    La même année aux deux endroits.

    ## Source

    Cohérence interne.
    """
    periode = periode_dite(contrat, document)
    if periode is None:
        return
    found = list(annees_d_evaluation(document, periode.debut))
    planned = [one for one in found if one.annonce]
    for one in found:
        if other := _contradicts(one, planned):
            yield Anomalie(
                porteur(contrat, one.source[0].debut),
                f"L’évaluation est en {one.an} ici, et en {other} ailleurs.",
                "Gardez une seule date.",
                source=one.source,
            )


def _contradicts(one: AnneeDEvaluation, planned: list[AnneeDEvaluation]) -> str:
    """The years that the contract plans elsewhere for the same evaluation, when this is none of them."""
    others = [it for it in planned if it.phrase != one.phrase]
    if one.annonce:
        same = [
            it
            for it in others
            if it.laquelle
            and it.laquelle == one.laquelle
            and (it.phrase.ligne, it.phrase.debut) < (one.phrase.ligne, one.phrase.debut)
        ]
        years = sorted({it.an for it in same})
    else:
        years = sorted({it.an for it in others})
    return "" if not years or one.an in years else " et ".join(map(str, years))
