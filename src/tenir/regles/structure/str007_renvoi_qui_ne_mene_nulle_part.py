import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.passages import passages
from tenir.regles.registre import Lit, regle

CITED = re.compile(r"\b(?:[Cc]f\.?|[Vv]oir)\s+(?:la |l’|l'|en )?(?P<quoi>(?:[Ff]iche|[Aa]nnexe)\b[^),.;:\n]{0,60})")


@regle("STR007", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def renvoi_qui_ne_mene_nulle_part(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un renvoi ne mène nulle part.

    ## Ce que la règle vérifie

    Chaque « cf. » ou « voir » suivi d’une fiche ou d’une annexe mène à un titre du document : une ligne qui
    commence par le même nom.

    ## Pourquoi

    L’évaluation ira chercher les chiffres de départ dans une pièce que personne n’a jointe.

    ## Exemple fautif

    DONNÉES (cf. fiche Logement) : et aucune fiche Logement n’est jointe.

    ## Corrigé

    DONNÉES : les chiffres, ou la fiche en annexe.

    ## Source

    Cohérence interne : ce que l’on cite se trouve.
    """
    cited = list(passages(contrat, document, CITED))
    heads = [comparable(line) for line in document.lignes] if cited else []
    for passage in cited:
        name = comparable(passage.trouve["quoi"])
        if not any(head.startswith(name) for head in heads):
            yield Anomalie(
                passage.objet,
                f"Le document renvoie à « {passage.trouve['quoi'].strip()} », qui n’y est pas.",
                "Joignez la pièce, ou reprenez ce qu’elle dit.",
                source=passage.source,
            )
