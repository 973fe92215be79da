"""Small helpers of the reader's tests: a document from text, the words of a kind of item."""

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.brouillon import Lecture, lire
from tenir.lecteur.lecture import read_content


def lire_texte(texte: str) -> Lecture:
    """Read a text as a file of that text would be."""
    return lire(read_content(texte.encode()))


def mots_des_items(contrat: ContratDeVille, document: DocumentNormalise, genre: str) -> dict[str, str]:
    """The signed words of every item of a kind, by code; figures picked in the prose of the diagnosis left aside."""
    wanted = [i for i in contrat.items.values() if i.genre == genre and not i.code.startswith("T")]
    return {item.code: document.mots(item.source) for item in wanted}
