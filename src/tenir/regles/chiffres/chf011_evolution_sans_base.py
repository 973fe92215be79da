from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import EVOLUTION, lists_of, printed
from tenir.regles.chiffres.evolutions import has_base
from tenir.regles.registre import regle


@regle("CHF011", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.DONNEES,))
def evolution_sans_base(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une évolution n’a pas de base.

    ## Ce que la règle vérifie

    Chaque évolution en pour cent est imprimée dans une liste qui donne aussi un nombre de ce qui évolue : de même
    territoire à l’une de ses années, ou dont le libellé partage un mot avec le sien.

    ## Pourquoi

    « + 100 % » de deux plaintes et « + 100 % » de deux cents ne disent pas la même chose.

    ## Exemple fautif

    Les dépôts de plainte ont augmenté de 100 % entre 2022 et 2023.

    ## Corrigé

    Les dépôts de plainte sont passés de 12 à 24 entre 2022 et 2023.

    ## Source

    Pratique statistique : une évolution se lit avec sa base.
    """
    for figures in lists_of(contrat):
        for donnee in figures:
            evolves = donnee.unite == "%" and donnee.valeur is not None and EVOLUTION.search(donnee.libelle)
            if evolves and not has_base(donnee, figures):
                yield Anomalie(
                    donnee,
                    f"« {donnee.libelle} » ({printed(donnee)}) : aucun nombre ne dit de combien on partait.",
                    "Donnez le nombre de départ et celui d’arrivée.",
                )
