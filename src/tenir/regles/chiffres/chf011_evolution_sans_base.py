from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import EVOLUTION, in_per_cent, lists_of, printed
from tenir.regles.chiffres.evolutions import has_base
from tenir.regles.chiffres.phrases import COUNT, is_year
from tenir.regles.registre import Lit, regle


@regle("CHF011", gravite=Gravite.A_AMELIORER, depuis="0.1", lit=Lit.MOTS, de=(Contenu.DONNEES,))
def evolution_sans_base(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une évolution n’a pas de base.

    ## Ce que la règle vérifie

    Chaque évolution en pour cent est imprimée dans une liste qui donne aussi un nombre de ce qui évolue : de même
    territoire à l’une de ses années, ou dont le libellé partage un mot avec le sien. Un autre nombre sur ses lignes
    vaut base.

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
            evolves = (
                in_per_cent(donnee)
                and "objectif" not in donnee.libelle
                and donnee.valeur is not None
                and EVOLUTION.search(donnee.libelle)
            )
            if evolves and not has_base(donnee, figures) and not _counts_beside(donnee, document):
                yield Anomalie(
                    donnee,
                    f"« {donnee.libelle} » ({printed(donnee)}) : aucun nombre ne dit de combien on partait.",
                    "Donnez le nombre de départ et celui d’arrivée.",
                )


def _counts_beside(donnee: Donnee, document: DocumentNormalise) -> bool:
    """Whether the lines that carry an evolution also carry a number of things."""
    numbers = [line for plage in donnee.source for line in plage.lignes if line <= len(document.lignes)]
    said = document.joined([document.lignes[line - 1] for line in numbers])
    return any(not is_year(said, found) for found in COUNT.finditer(said))
