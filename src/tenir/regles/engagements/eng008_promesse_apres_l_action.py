import re
from collections.abc import Iterator
from itertools import chain

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.champs import Fiche, fiches
from tenir.regles.passages import porteur
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.rapprochement import roots
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

MOIS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip
DATE = re.compile(rf"(?:\b(?P<mois>{'|'.join(MOIS)})\s+)?\b(?P<an>20\d{{2}})\b")
DONE = re.compile(
    r"^\W*(?:livrer|ouvrir|achever|terminer|finir|installer|creer|amenager|construire|renover|mettre en service"
    r"|recruter|realiser|poser|planter|equiper|inaugurer|lancer|acheter|rehabiliter|demolir|embaucher)\b"
)
GOES_ON = re.compile(
    r"\b(?:chaque|tous les|toutes les|des|depuis|a (?:partir|compter)|jusqu|entre|par an|pendant|puis)\b"
)
SHARED = 2
"""How many roots that one action alone has make a promise that of this action."""


@regle("ENG008", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def promesse_apres_l_action(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un signataire promet pour plus tard que l’action.

    ## Ce que la règle vérifie

    Quand un signataire promet de livrer, d’ouvrir ou d’achever à une date ce qu’une action du contrat prévoit, cette
    date n’est pas après la dernière de son calendrier. L’engagement et l’action sont rapprochés par au moins deux
    mots que cette action est seule à dire. Ce qui continue (« chaque année », « dès septembre ») n’est pas concerné.

    ## Pourquoi

    La même chose a deux dates : chacun citera celle qui l’arrange.

    ## Exemple fautif

    Action « Construire un préau », calendrier « ouverture en mai 2026 » ; engagement : « livrer le préau en mars 2028
    ».

    ## Corrigé

    La même date aux deux endroits.

    ## Source

    Cohérence interne.
    """
    planned = [(one, roots(one.titre), last) for one in fiches(document) if (last := _last(one.de("calendrier")))]
    below = max((one.ligne for one in fiches(document)), default=0)
    for phrase in phrases(document):
        words = sans_accents(re.sub(r"^[–—•*o-]\s+", "", phrase.texte))
        dated = _last(words) if DONE.match(words) and not GOES_ON.search(words) else None
        if dated is None or phrase.ligne < below:
            continue
        one, last = _meant(roots(phrase.texte), planned) or (None, dated)
        if one and (dated[0], dated[1] or 1) > (last[0], last[1] or 12):
            yield _told(contrat, phrase, one)


def _meant(
    said: frozenset[str], planned: list[tuple[Fiche, frozenset[str], tuple[int, int]]]
) -> tuple[Fiche, tuple[int, int]] | None:
    """The action that a promise speaks of: the only one that says these words."""
    found = []
    for one, words, last in planned:
        others = set(chain.from_iterable(theirs for other, theirs, _ in planned if other is not one))
        if len((said & words) - others) >= SHARED:
            found.append((one, last))
    return found[0] if len(found) == 1 else None


def _last(words: str) -> tuple[int, int] | None:
    """The last date of a text, its month nought when it has none."""
    dates = [
        (int(found["an"]), MOIS.index(found["mois"]) + 1 if found["mois"] else 0)
        for found in DATE.finditer(sans_accents(words))
    ]
    return max(dates, default=None)


def _told(contrat: ContratDeVille, phrase: Phrase, one: Fiche) -> Anomalie:
    return Anomalie(
        porteur(contrat, phrase.ligne),
        f"« {phrase.texte.strip(' –—•-;.')} » : l’action « {one.titre} » finit avant "
        f"(« {one.de('calendrier').strip(' .')} »).",
        "Gardez une seule date.",
        source=phrase.plage(),
    )
