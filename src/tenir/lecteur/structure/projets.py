"""The headings that open the project of a quarter."""

import re
from collections.abc import Sequence

from tenir.fichier.modeles import Quartier
from tenir.lecteur.lexique import cle
from tenir.lecteur.quartiers import nommes, seulement
from tenir.lecteur.structure.arbre import Noeud

PROJETS = re.compile(r"\bprojets?\b.*\bquartiers?\b|\bpar quartiers?\b|\bdans chaque quartier\b", re.IGNORECASE)


def projets_de_quartier(noeuds: Sequence[Noeud], names: Sequence[Quartier]) -> list[Noeud]:
    """The headings that open the project of a quarter, or those of all."""
    return [n for n in noeuds if quartiers_du_projet(n, names) or PROJETS.search(n.entete.titre)]


def quartiers_du_projet(node: Noeud, names: Sequence[Quartier]) -> tuple[str, ...]:
    """The quarters whose project a heading opens (« Le projet des Tanneries, à Vaubrac »)."""
    own = nommes(names, node.entete.titre)
    return own if own and ("projet" in cle(node.entete.titre) or seulement(node.entete.titre, own)) else ()
