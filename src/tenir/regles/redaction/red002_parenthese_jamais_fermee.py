import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.memoire import des_mots
from tenir.regles.passages import Passage, passages
from tenir.regles.registre import Lit, regle

OPENED = re.compile(r"\((?!\))")
PARENTHESIS = re.compile(r"[()]")
SHOWN = 30


@des_mots(1)
def _left_open(text: str) -> frozenset[int]:
    """The places of the parentheses of a paragraph that nothing closes in it, the text walked once."""
    places: list[int] = []
    for found in PARENTHESIS.finditer(text):
        if found[0] == "(":
            places.append(found.start())
        elif places:
            places.pop()
    return frozenset(places)


@regle("RED002", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def parenthese_jamais_fermee(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une parenthèse n’est jamais fermée.

    ## Ce que la règle vérifie

    Dans chaque paragraphe, une parenthèse ouverte est fermée, ici ou dans le paragraphe suivant quand la mise en
    page l’a coupé.

    ## Pourquoi

    On ne sait pas où s’arrête la précision : ce qui suit en fait-il partie ?

    ## Exemple fautif

    Deux ateliers sont ouverts (couture, cuisine. Ils ferment l’été.

    ## Corrigé

    Deux ateliers sont ouverts (couture, cuisine). Ils ferment l’été.

    ## Source

    Typographie française.
    """
    for passage in passages(contrat, document, OPENED):
        if _closed(passage):
            continue
        said = passage.paragraphe.texte[passage.trouve.start() : passage.trouve.start() + SHOWN].rsplit(" ", 1)[0]
        yield Anomalie(
            passage.objet, f"La parenthèse « {said}… » n’est jamais fermée.", "Fermez-la.", source=passage.source
        )


def _closed(passage: Passage) -> bool:
    """Whether this opening is matched in its paragraph, or by the first parenthesis of the next."""
    if passage.trouve.start() not in _left_open(passage.paragraphe.texte):
        return True
    first = PARENTHESIS.search(passage.suite)
    return first is not None and first[0] == ")"
