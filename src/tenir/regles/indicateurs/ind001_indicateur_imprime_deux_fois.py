from collections.abc import Iterator

from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle


@regle("IND001", gravite=Gravite.A_CORRIGER, depuis="0.1")
def indicateur_imprime_deux_fois(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un indicateur est imprimé deux fois.

    ## Ce que la règle vérifie

    Chaque indicateur est imprimé une fois : deux libellés identiques, aux espaces et aux majuscules près, sont
    le même.

    ## Pourquoi

    Compté deux fois, il gonfle la liste ; renseigné par deux organismes, il donnera deux valeurs.

    ## Exemple fautif

    « Nombre de jeunes accompagnés » sous l’emploi, et de nouveau sous la jeunesse.

    ## Corrigé

    Une seule ligne, rattachée aux deux orientations.

    ## Source

    Cohérence interne.
    """
    known = {one.code: one for one in contrat.indicateurs}
    for indicateur in contrat.indicateurs:
        if indicateur.repete:
            first = known.get(indicateur.repete)
            where = f" sous « {first.groupe} »" if first and first.groupe else ""
            yield Anomalie(
                indicateur,
                f"« {indicateur.libelle} » est déjà imprimé{where} ({indicateur.repete}).",
                "Gardez une ligne, et dites les orientations qu’elle couvre.",
            )
