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
NON_VERIFIE = {
    Contenu.ACTIONS: "les actions n’ont pas été lues",
    Contenu.CREDITS: "les lignes de crédits n’ont pas été lues",
    Contenu.SIGNATAIRES: "les signataires n’ont pas été lus",
    Contenu.ENGAGEMENTS: "les engagements n’ont pas été lus",
    Contenu.INSTANCES: "les instances de gouvernance n’ont pas été lues",
    Contenu.INDICATEURS: "les indicateurs n’ont pas été lus",
    Contenu.DONNEES: "les chiffres n’ont pas été lus",
    Contenu.QUARTIERS: "les codes de quartier n’ont pas été lus",
}
"""Why what rests on a kind could not be verified."""


SANS_PERIODE = "Non vérifié : la période du contrat n’a pas été lue."
"""What is said, once, of all that could not be verified because a document does not say the years of its contract."""


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


def non_verifie(kind: Contenu) -> str:
    """What is said, once, of all that could not be verified because nothing was read of a kind."""
    return f"Non vérifié : {NON_VERIFIE[kind]}."


def a_verifier(kind: Contenu) -> str:
    """What asks to look at the document for a kind that nothing was read of."""
    return f"{RIEN_LU[kind]} : en contient-il ?"
