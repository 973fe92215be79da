"""What pages and files say where a contract shows nothing: not read, or not in the contract."""

from dataclasses import replace

from tenir.core.listes import Liste
from tenir.fichier.contenus import RIEN_LU
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat

NON_LU = "non lu"
"""What stands in place of a number that nobody knows."""
UNREAD_ACTIONS = "actions non lues"
"""What stands in place of « 12 actions prévues »."""


def unread(espace: EspaceDeContrat, kind: str) -> str:
    """The sentence on a kind that nothing was read of; empty when it was read, or when the contract holds none."""
    return f"{RIEN_LU[Contenu(kind)]}\u00a0: le contrat en porte peut-être." if kind in espace.non_lus else ""


def absence(espace: EspaceDeContrat, kind: str, otherwise: str) -> str:
    """What to say where there is no item of a kind: `otherwise`, when the contract is known to hold none there."""
    return unread(espace, kind) or otherwise


def unless_unread(espace: EspaceDeContrat, kind: str, said: str) -> str:
    """What is said of the items of a kind; nothing when none was read, which the list itself says."""
    return "" if kind in espace.non_lus else said


def told_of(liste: Liste, espace: EspaceDeContrat, kind: str) -> Liste:
    """A list that says so, on its page and in its files, when nothing was read of what it is made of."""
    told = unread(espace, kind)
    return replace(liste, unread=told) if told else liste
