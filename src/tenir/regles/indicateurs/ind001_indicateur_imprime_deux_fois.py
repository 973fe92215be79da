from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Indicateur
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Correction, Gravite
from tenir.regles.registre import regle


@regle("IND001", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.INDICATEURS,))
def indicateur_imprime_deux_fois(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un indicateur est imprimé deux fois.

    ## Ce que la règle vérifie

    Chaque indicateur est imprimé une fois : deux libellés identiques, aux majuscules, aux accents, aux
    articles et aux pluriels près, sont le même.

    ## Pourquoi

    Compté deux fois, il gonfle la liste ; renseigné par deux organismes, il donnera deux valeurs.

    ## Exemple fautif

    « Nombre de jeunes accompagnés » sous l’emploi, et de nouveau sous la jeunesse.

    ## Corrigé

    Une seule ligne, rattachée aux deux orientations.

    ## Source

    Cohérence interne.
    """
    first_of: dict[str, Indicateur] = {}
    for indicateur in contrat.indicateurs:
        first = first_of.setdefault(comparable(indicateur.libelle), indicateur)
        told = contrat.items.get(indicateur.repete or "", first)
        if told is indicateur or not isinstance(told, Indicateur):
            continue
        where = f" sous « {told.groupe} »" if told.groupe else ""
        yield Anomalie(
            indicateur,
            f"« {indicateur.libelle} » est déjà imprimé{where} ({told.code}).",
            "Gardez une ligne, et dites les orientations qu’elle couvre.",
            correction=None if indicateur.repete else Correction(indicateur.code, "repete", told.code),
        )
