from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille, LigneDeCredits, ProjetDeQuartier
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.champs import champs, fiches
from tenir.regles.indicateurs.releves import LABELLED, vises
from tenir.regles.passages import porteur
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import TexteImprime, cle_de, puces_d_engagement, textes_des_orientations

LONG = 4
"""How many words two texts share before they are the same by no chance: articles left out."""
SHOWN = 90
FREE = ("visee", "contenu")
OF_A_FIELD, OF_A_CUSTOM = 5, 3
"""How many words a field must have, and how many other texts a document has before one printed twice is a fault."""


@regle("STR010", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def texte_imprime_deux_fois(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une action ou un objectif est imprimé deux fois.

    ## Ce que la règle vérifie

    Sous les orientations, deux textes de quatre mots ou plus ne sont pas les mêmes : ni une action deux fois, ni
    l’objectif d’une orientation recopié comme action d’une autre. Ce que disent les parenthèses (pilote, date) ne
    compte pas. De même, dans des fiches, de ce qui suit « Objectif », « Contenu » ou « Description ». Une phrase
    entière n’est pas imprimée mot pour mot à deux endroits ; trois fois, c’est une formule. Deux projets de quartier
    peuvent porter la même action, deux signataires la même promesse.

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
    yield from _sentences(contrat, document, told)


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
    told |= {first, line}
    yield Anomalie(
        porteur(contrat, line),
        f"« {words if len(words) <= SHOWN else words[:SHOWN].rsplit(' ', 1)[0] + '…'} » est imprimé deux fois : "
        f"ligne {first}, et ligne {line}.",
        "Gardez-en une, ou retrouvez celle dont elle a pris la place.",
        source=(Plage(first, first), Plage(line, line)),
    )


def _sentences(contrat: ContratDeVille, document: DocumentNormalise, told: set[int]) -> Iterator[Anomalie]:
    """A sentence found word for word in two places, and no more: three make a formula. Promises may agree."""
    promised = {line for line, _ in puces_d_engagement(document)}
    promised |= {line for one in vises(contrat, document) for line in one.lignes}  # IND011 says them
    whole = (p for one in contrat.signataires for it in one.engagements for p in it.source if p.colonne_debut is None)
    promised |= {plage.debut for plage in whole}  # a sentence beside a promise is none
    places: dict[str, list[Phrase]] = {}
    for one in phrases(document):
        words = one.texte.strip()
        if words.endswith((".", "!", "?")) and not LABELLED.match(words) and one.ligne not in promised:
            places.setdefault(cle_de(words), []).append(one)
    for key, found in places.items():
        long = sum(not word.isdigit() for word in key.split()) >= OF_A_SENTENCE
        first, last = found[0], found[-1]
        if not long or len(found) != 2 or last.ligne - first.ligne < APART or {first.ligne, last.ligne} & told:
            continue
        if isinstance(porteur(contrat, last.ligne), LigneDeCredits):
            continue  # one fund may pay for two things
        told |= {first.ligne, last.ligne}
        words = first.texte
        yield Anomalie(
            porteur(contrat, last.ligne),
            f"« {words if len(words) <= SHOWN else words[:SHOWN].rsplit(' ', 1)[0] + '…'} » est imprimé deux fois : "
            f"ligne {first.ligne}, et ligne {last.ligne}.",
            "Gardez-en une, ou retrouvez celle dont elle a pris la place.",
            source=(*first.plage(), *last.plage()),
        )


OF_A_SENTENCE, APART = 6, 3
"""How many words a sentence has, at least, and how many lines part the two places where it stands."""


def _both_of_quarters(first: TexteImprime, one: TexteImprime) -> bool:
    return isinstance(first.orientation, ProjetDeQuartier) and isinstance(one.orientation, ProjetDeQuartier)


def _where(one: TexteImprime) -> str:
    return f"ligne {one.ligne}, sous « {one.orientation.titre} »"
