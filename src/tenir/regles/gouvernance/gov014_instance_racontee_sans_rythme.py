from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.gouvernance.recits import muets
from tenir.regles.passages import porteur
from tenir.regles.registre import Lit, regle


@regle("GOV014", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def instance_racontee_sans_rythme(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une instance que le texte décrit ne dit pas quand elle se réunit.

    ## Ce que la règle vérifie

    Quand des phrases décrivent plusieurs comités, cellules ou groupes (« le comité technique réunit… ») et disent de
    deux d’entre eux au moins quand ils se réunissent, elles le disent de tous. Ce que GOV001 dit des instances que
    Tenir a lues n’est pas répété.

    ## Pourquoi

    Une instance sans rythme se réunit une fois, puis plus. Personne ne peut dire qu’elle est en retard.

    ## Exemple fautif

    Le comité technique réunit un agent de chaque signataire. La cellule Emploi se réunit tous les deux mois, le
    comité de pilotage en mars et en octobre.

    ## Corrigé

    Le comité technique réunit chaque mois un agent de chaque signataire.

    ## Source

    Circulaire du 31 août 2023 : un pilotage resserré, et suivi.
    """
    for one in muets(contrat, document, "rythme"):
        yield Anomalie(
            porteur(contrat, one.source[0].debut),
            f"Rien ne dit à quel rythme se réunit « {one.imprime} », quand les autres instances le disent.",
            "Écrivez un nombre de réunions par an.",
            source=one.source,
        )
