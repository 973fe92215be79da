from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.ind001_indicateur_imprime_deux_fois import indicateur_imprime_deux_fois
from tenir.regles.indicateurs.releves import Couple, vises
from tenir.regles.passages import porteur
from tenir.regles.registre import Lit, regle

FEWEST = 4
"""From how many words a label is that of one measure, and not of any sheet."""


@regle("IND011", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def mesure_imprimee_deux_fois(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une mesure chiffrée est imprimée deux fois.

    ## Ce que la règle vérifie

    Deux lignes qui donnent une valeur de départ et une cible datées (« 0 en 2024, 40 en 2027 ») n’ont pas le même
    libellé, où qu’elles soient, même si Tenir n’y a pas lu d’indicateur. Un libellé de moins de quatre mots, que toute
    fiche peut employer, est laissé ; ce que IND001 dit déjà n’est pas répété.

    ## Pourquoi

    La seconde a pris la place d’une autre : une action n’est plus mesurée, ou une mesure aura deux valeurs.

    ## Exemple fautif

    « Jeunes reçus au guichet : 40 en 2023, 90 en 2027 » sous l’emploi, et de nouveau sous la santé.

    ## Corrigé

    Sous la santé, ce que l’on y mesurera.

    ## Source

    Cohérence interne.
    """
    known = {line for one in indicateur_imprime_deux_fois(contrat) for plage in one.plages for line in plage.lignes}
    first_of: dict[str, Couple] = {}
    for one in vises(contrat, document):
        key = comparable(one.libelle)
        first = first_of.setdefault(key, one)
        if first is one or len(key.split()) < FEWEST or known & (one.lignes | first.lignes):
            continue
        yield Anomalie(
            porteur(contrat, one.source[0].debut),
            f"La mesure « {one.libelle} » est imprimée deux fois : ligne {first.source[0].debut}, et ici.",
            "Gardez-en une, ou retrouvez celle dont elle a pris la place.",
            source=(*one.source, *first.source),
        )
