import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.champs import Fiche, fiches
from tenir.regles.engagements.actions_visees import fiche_visee
from tenir.regles.mois import MOIS
from tenir.regles.passages import porteur
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

DATE = re.compile(rf"(?:\b(?P<mois>{'|'.join(MOIS)})\s+)?\b(?P<an>20\d{{2}})\b")
DONE = re.compile(
    r"^\W*(?:(?:il|elle|ils|elles)\s)?(?:livr|ouvr|achev|termin|fini|install|cre|amenag|constru|renov|met(?:s|t|tre|tent|tra)?"
    r" en service|recrut|realis|pos|plant|equip|inaugur|lanc|achet|rehabilit|demoli|embauch)"
    r"(?:er|ir|re|e|ent|era|eront|it|issent|ira|iront|uit|uisent|uire|uira)?\b"
)
"""What is done once, by whoever promises it: « livrer », « livre », « elle livrera »."""
GOES_ON = re.compile(
    r"\b(?:chaque|tous les|toutes les|des|depuis|a (?:partir|compter)|jusqu|entre|par an|pendant|puis)\b"
)


@regle("ENG008", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def promesse_apres_l_action(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un signataire promet pour plus tard que l’action.

    ## Ce que la règle vérifie

    Quand un signataire promet de livrer, d’ouvrir ou d’achever à une date ce qu’une action du contrat prévoit,
    cette date n’est pas après la dernière de son calendrier, ni, pour ce qui commence, un an après la première.
    L’engagement et l’action sont rapprochés par au moins deux mots que cette action est seule à dire. Ce qui
    continue (« chaque année », « dès septembre ») n’est pas concerné.

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
    planned = {one: last for one in fiches(document) if (last := _last(one.de("calendrier")))}
    below = max((one.ligne for one in fiches(document)), default=0)
    for phrase in phrases(document):
        words = sans_accents(re.sub(r"^[–—•*o-]\s+", "", phrase.texte))
        if phrase.ligne < below:
            continue
        clause = next((one for one in _clauses(words) if DONE.match(one) and not GOES_ON.search(one)), "")
        dated = _last(clause)
        whole = clause == words or f"qui {clause}" in words
        one = fiche_visee(phrase.texte if whole else clause, tuple(planned)) if dated else None
        if one and dated and (dated[0], dated[1] or 1) > (planned[one][0], planned[one][1] or 12):
            yield _told(contrat, phrase, one, "finit avant")
        elif one and dated and BEGINS.match(clause) and _too_late(dated, one.de("calendrier")):
            yield _told(contrat, phrase, one, "commence avant")


def _too_late(dated: tuple[int, int], calendar: str) -> bool:
    """Whether a beginning is a year or more after the one date by which a calendar starts (« de mars 2025 à… »)."""
    first, when = _last(STARTS.split(sans_accents(calendar))[0]), sans_accents(calendar)
    apart = first and (dated[0] - first[0]) * 12 + (dated[1] or 1) - (first[1] or 12)
    return bool(apart and apart >= A_YEAR and not OPENS.search(when) and str(dated[0]) not in when)


A_YEAR = 12
BEGINS = re.compile(
    r"^\W*(?:(?:il|elle|a)\s)?(?:ouvr|lanc|inaugur|demarr|debut|met(?:s|t|tre|tra)? en (?:service|place)|cre"
    r"|install)\w*\b"
)
"""What begins a thing."""
STARTS = re.compile(r"\s(?:a|au|jusqu[’'](?:a|en|au))\s(?!partir|compter)|[,;]|\spuis\s|\s?[-–]\s?(?=20\d\d)")
"""What comes after the first date of a calendar."""
OPENS = re.compile(
    r"\bouvertures?|\bmise en service|\blivraison|\binauguration|\btravaux|\betudes?|\bphases?|\betapes?"
)
"""A calendar of several dates: which one is that of the beginning?"""


def _clauses(words: str) -> list[str]:
    """A sentence, and what each of its verbs does: « La Ville finance l’équipe et ouvre la halle en mars 2027 »."""
    parts = [words, *SUBJECT.sub("", words).split(" et "), *re.split(r"[,;:]\s(?:qui\s)?|\set\s|\squi\s", words)]
    return [re.sub(r"^(?:a|d[’']|de)\s?(?=\w{3,}(?:er|ir|re)\b)", "", one) for one in parts]


SUBJECT = re.compile(r"^\W*(?:l[ae]s?\s|l[’'])[^,;:.]{3,60}?\s(?=[a-z]{3,}(?:e|ent|it|ra|ront)\s)")
"""Who does it, before the verb."""


def _last(words: str) -> tuple[int, int] | None:
    """The last date of a text, its month nought when it has none."""
    dates = [
        (int(found["an"]), MOIS.index(found["mois"]) + 1 if found["mois"] else 0)
        for found in DATE.finditer(sans_accents(words))
    ]
    return max(dates, default=None)


def _told(contrat: ContratDeVille, phrase: Phrase, one: Fiche, what: str) -> Anomalie:
    return Anomalie(
        porteur(contrat, phrase.ligne),
        f"« {phrase.texte.strip(' –—•-;.')} » : l’action « {one.titre} » {what} "
        f"(« {one.de('calendrier').strip(' .')} »).",
        "Gardez une seule date.",
        source=phrase.plage(),
    )
