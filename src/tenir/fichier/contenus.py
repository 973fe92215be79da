"""What a contract holds, kind by kind: what nothing was read of is not what the contract does not say.

A kind without one item is « non lu », unless someone read the document and wrote in `absents` that it holds none.
"""

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille

RIEN_LU = {
    Contenu.ACTIONS: "Aucune action n’a été lue dans le document",
    Contenu.CREDITS: "Aucune ligne de crédits n’a été lue dans le document",
    Contenu.SIGNATAIRES: "Aucun signataire n’a été lu dans le document",
    Contenu.ENGAGEMENTS: "Aucun engagement de signataire n’a été lu dans le document",
    Contenu.INSTANCES: "Aucune instance de gouvernance n’a été lue dans le document",
    Contenu.INDICATEURS: "Aucun indicateur n’a été lu dans le document",
    Contenu.DONNEES: "Aucun chiffre n’a été lu dans le document",
    Contenu.QUARTIERS: "Aucun code de quartier prioritaire n’a été lu dans le document",
}
"""What is said of a kind that nothing was read of."""


def contenus(contrat: ContratDeVille) -> frozenset[Contenu]:
    """The kinds that the contract file holds at least one item of."""
    held = {
        Contenu.ACTIONS: any(o.actions for o in contrat.orientations),
        Contenu.CREDITS: any(o.credits for o in contrat.orientations),
        Contenu.SIGNATAIRES: bool(contrat.signataires),
        Contenu.ENGAGEMENTS: any(s.engagements for s in contrat.signataires),
        Contenu.INSTANCES: bool(contrat.instances),
        Contenu.INDICATEURS: bool(contrat.indicateurs),
        Contenu.DONNEES: bool(contrat.diagnostic) or any(o.donnees for o in contrat.orientations),
        Contenu.QUARTIERS: bool(contrat.identite.quartiers),
    }
    return frozenset(kind for kind, is_held in held.items() if is_held)


def non_lus(contrat: ContratDeVille) -> tuple[Contenu, ...]:
    """The kinds that nothing was read of and that nobody said absent: nothing may be concluded of them."""
    settled = contenus(contrat) | set(contrat.absents)
    return tuple(kind for kind in Contenu if kind not in settled)


def a_verifier(kind: Contenu) -> str:
    """What asks to look at the document for a kind that nothing was read of."""
    return f"{RIEN_LU[kind]} : en contient-il ?"
