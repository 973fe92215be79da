from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.gouvernance.recits import muets
from tenir.regles.passages import porteur
from tenir.regles.registre import Lit, regle


@regle("GOV015", gravite=Gravite.A_AMELIORER, depuis="0.2", lit=Lit.MOTS)
def instance_racontee_que_personne_ne_preside(
    contrat: ContratDeVille, document: DocumentNormalise
) -> Iterator[Anomalie]:
    """Une instance que le texte décrit n’a ni présidence ni animation.

    ## Ce que la règle vérifie

    Quand des phrases décrivent plusieurs comités, cellules ou groupes et disent de deux d’entre eux au moins qui les
    préside, les anime ou les réunit, elles le disent de tous. Ce que GOV004 dit des instances que Tenir a lues n’est
    pas répété.

    ## Pourquoi

    Personne ne la convoque : elle se réunira une fois, puis plus.

    ## Exemple fautif

    Le comité de pilotage est présidé par le préfet, la cellule Emploi par la Région ; le groupe Santé se réunit chaque
    mois.

    ## Corrigé

    Le groupe Santé, animé par le Département, se réunit chaque mois.

    ## Source

    Évaluations de contrats précédents : un défaut de coordination et de suivi.
    """
    for one in muets(contrat, document, "conduite"):
        yield Anomalie(
            porteur(contrat, one.source[0].debut),
            f"Rien ne dit qui préside ou anime « {one.imprime} », quand les autres instances le disent.",
            "Nommez l’organisme qui la convoque.",
            source=one.source,
        )
