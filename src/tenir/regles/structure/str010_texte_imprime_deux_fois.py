from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, ProjetDeQuartier
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.champs import champs, fiches
from tenir.regles.passages import porteur
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import TexteImprime, cle_de, textes_des_orientations

LONG = 4
"""How many words two texts share before they are the same by no chance: articles left out."""
SHOWN = 90
FREE = ("visee", "contenu")
OF_A_FIELD, OF_A_CUSTOM = 5, 3
"""How many words a field must have, and how many other texts a document has before one printed twice is a fault."""


@regle("STR010", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS, de=(Contenu.ACTIONS,))
def texte_imprime_deux_fois(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une action ou un objectif est imprimé deux fois.

    ## Ce que la règle vérifie

    Sous les orientations, deux textes de quatre mots ou plus ne sont pas les mêmes : ni une action deux fois, ni
    l’objectif d’une orientation recopié comme action d’une autre. Ce que disent les parenthèses (pilote, date) ne
    compte pas. De même, dans des fiches, de ce qui suit « Objectif », « Contenu » ou « Description ». Deux projets de
    quartier peuvent porter la même action.

    ## Pourquoi

    On la comptera deux fois, on la financera deux fois, ou l’on cherchera celle dont elle a pris la place.

    ## Exemple fautif

    « Ouvrir une ludothèque dans l’ancienne poste », sous l’orientation 2 et sous l’orientation 5.

    ## Corrigé

    L’action sous une orientation, et un renvoi sous l’autre.

    ## Source

    Cohérence interne : une action a une place.
    """
    told: set[int] = set()
    seen: dict[str, TexteImprime] = {}
    for one in sorted(textes_des_orientations(contrat, document), key=lambda text: text.ligne):
        first = seen.setdefault(one.cle, one)
        if first.ligne == one.ligne or len(one.cle.split()) < LONG or _both_of_quarters(first, one):
            continue
        shown = one.mots if len(one.mots) <= SHOWN else f"{one.mots[:SHOWN].rsplit(' ', 1)[0]}…"
        told |= {first.ligne, one.ligne}
        yield Anomalie(
            porteur(contrat, one.ligne),
            f"« {shown} » est imprimé deux fois : {_where(first)}, et {_where(one)}.",
            "Gardez-en une, ou retrouvez celle dont elle a pris la place.",
            source=(*first.source, *one.source),
        )
    yield from _fields(contrat, document, told)


def _fields(contrat: ContratDeVille, document: DocumentNormalise, told: set[int]) -> Iterator[Anomalie]:
    """What two fields, or a field and the title of another action, say in the same words; a custom is no fault."""
    printed = [(cle_de(one.valeur), one.valeur, one.ligne) for one in champs(document) if one.genre in FREE]
    printed += [(cle_de(one.titre), one.titre, one.ligne) for one in fiches(document)]
    places: dict[str, list[tuple[str, int]]] = {}
    for key, words, line in sorted(printed, key=lambda one: one[2]):
        if len(key.split()) >= OF_A_FIELD:
            places.setdefault(key, []).append((words, line))
    twice = [kept for kept in places.values() if len(kept) > 1]
    if len(twice) != 1 or len(places) < OF_A_CUSTOM or {line for _, line in twice[0]} & told:
        return
    (words, first), (_, line) = twice[0][:2]
    yield Anomalie(
        porteur(contrat, line),
        f"« {words if len(words) <= SHOWN else words[:SHOWN].rsplit(' ', 1)[0] + '…'} » est imprimé deux fois : "
        f"ligne {first}, et ligne {line}.",
        "Gardez-en une, ou retrouvez celle dont elle a pris la place.",
        source=(Plage(first, first), Plage(line, line)),
    )


def _both_of_quarters(first: TexteImprime, one: TexteImprime) -> bool:
    return isinstance(first.orientation, ProjetDeQuartier) and isinstance(one.orientation, ProjetDeQuartier)


def _where(one: TexteImprime) -> str:
    return f"ligne {one.ligne}, sous « {one.orientation.titre} »"
