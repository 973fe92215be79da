import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.champs import fiches
from tenir.regles.passages import porteur
from tenir.regles.registre import Lit, regle
from tenir.regles.titres import Tete, tetes

OBJECTIVE = re.compile(r"^objectif\b")
NUMBER = re.compile(
    r"^\W*(?:[Oo]bjectifs?\s+)?(?:n\s?°\s?)?(?P<numeros>\d+\.\d+(?:\.\d+)*(?:\s?(?:,|;|/|et)\s?\d+(?:\.\d+)*)*)\b"
)
FEWEST = 5
"""How many sheets must say their objective by its number."""


@regle("STR016", gravite=Gravite.A_AMELIORER, depuis="0.2", lit=Lit.MOTS)
def objectif_qu_aucune_fiche_ne_sert(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un objectif numéroté n’a aucune fiche.

    ## Ce que la règle vérifie

    Quand les fiches disent par son numéro l’objectif qu’elles servent (« Objectif : 1.2 »), chaque objectif numéroté
    du document est servi par une fiche au moins.

    ## Pourquoi

    L’objectif est voulu, et rien ne le poursuit : l’évaluation ne pourra que le constater.

    ## Exemple fautif

    « Objectif 1.3 : associer les pères à la vie des écoles », et aucune fiche ne dit 1.3.

    ## Corrigé

    Une fiche qui le sert, ou l’objectif retiré.

    ## Source

    Circulaire du 31 août 2023 : des objectifs suivis d’actions.
    """
    said = [NUMBER.match(one.de("visee")) for one in fiches(document)]
    if sum(found is not None for found in said) < FEWEST:
        return
    served = {number for found in said if found for number in re.findall(r"\d+(?:\.\d+)*", found["numeros"])}
    for one in _objectives(document):
        if one.numero not in served:
            yield Anomalie(
                porteur(contrat, one.ligne),
                f"« {one.imprime} {one.numero} » n’a aucune fiche, quand les autres en ont.",
                "Dites quelle action le sert, ou retirez-le.",
                source=one.source,
            )


def _objectives(document: DocumentNormalise) -> Iterator[Tete]:
    """The numbered objectives, each once, where its title is printed."""
    seen: set[str] = set()
    for one in tetes(document):
        if OBJECTIVE.match(one.nom) and "." in one.numero and one.titre and one.numero not in seen:
            seen.add(one.numero)
            yield one
