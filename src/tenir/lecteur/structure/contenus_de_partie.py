"""What a part holds, told by the headings right under it, whatever its own words."""

from tenir.lecteur.gouvernance import nom_en_tete
from tenir.lecteur.structure.arbre import Noeud
from tenir.lecteur.structure.valeurs import corps_possible, corps_sur

PLUSIEURS = 3  # names of bodies


def tient_des_instances(node: Noeud) -> bool:
    """Whether most of the headings right under another are bodies of governance."""
    told = [child for child in node.enfants if nom_en_tete(child.entete.titre)]
    return len(told) > 1 and len(told) * 3 >= len(node.enfants) * 2


def tient_des_parties(node: Noeud) -> bool:
    """Whether all the headings right under another are names, half of them known to be those of bodies."""
    names = [child.entete.titre for child in node.enfants if not child.entete.rubrique]
    sure = sum(map(corps_sur, names))
    return len(names) >= PLUSIEURS and sure * 2 >= len(names) and all(map(corps_possible, names))
