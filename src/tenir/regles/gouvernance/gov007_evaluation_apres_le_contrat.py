from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.gouvernance.evaluations import annees_d_evaluation
from tenir.regles.passages import porteur
from tenir.regles.periode import periode_dite
from tenir.regles.registre import Lit, regle


@regle("GOV007", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS, periode=True)
def evaluation_apres_le_contrat(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une évaluation est prévue après la fin du contrat.

    ## Ce que la règle vérifie

    Aucune évaluation n’est prévue une année qui suit la dernière du contrat, à moins que la phrase dise qu’elle vient
    après lui. La règle ne parle que si le document imprime sa période.

    ## Pourquoi

    Il n’y aura plus ni comité ni crédits pour la mener, et le contrat suivant sera déjà écrit.

    ## Exemple fautif

    Contrat 2024-2030 : l’évaluation finale est prévue en 2032.

    ## Corrigé

    Contrat 2024-2030 : l’évaluation finale est prévue en 2030.

    ## Source

    Loi 2014-173, article 6 : le contrat a une durée.
    """
    periode = periode_dite(contrat, document)
    if periode is None:
        return
    for one in annees_d_evaluation(document, periode.debut):
        if periode.fin < one.an < periode.fin + 20 and not one.apres:
            yield Anomalie(
                porteur(contrat, one.source[0].debut),
                f"Une évaluation est prévue en {one.an}, et le contrat finit en {periode.fin}.",
                "Prévoyez-la avant la fin du contrat.",
                source=one.source,
            )
