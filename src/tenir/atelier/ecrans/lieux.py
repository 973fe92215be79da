"""The places of a contract where an item may be put, as a form offers them."""

from tenir.atelier.arbre import Arbre
from tenir.atelier.genres import GENRES
from tenir.core.typographie import cut, typo
from tenir.fichier.comparaison import name_of
from tenir.fichier.objet import Item

LONG = 60


def holders(arbre: Arbre, modele: type[Item] | None = None) -> list[tuple[str, str]]:
    """What may hold an item: of a model when it is given, of any; the contract itself where it may."""
    wanted = {genre.dans for genre in GENRES if modele is None or genre.modele is modele}
    found = [("", "Le contrat lui-même")] if None in wanted else []
    for noeud in arbre.noeuds:
        if type(noeud.item) in wanted:
            found.append((noeud.item.code, typo(f"{noeud.item.code} {short(name_of(noeud.item))}")))
    return found


def short(text: str) -> str:
    """The beginning of a name."""
    return cut(text, LONG)
