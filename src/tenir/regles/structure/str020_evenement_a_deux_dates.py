import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.memoire import lu_une_fois
from tenir.regles.mois import MOIS
from tenir.regles.passages import porteur
from tenir.regles.periode import periode_dite
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

EVENT = re.compile(
    r"\b(?P<racine>prolong|ouvr|ouver|inaugur|livr|lanc|constru|demol|demen|transfer|reloge|acquer"
    r"|mis(?:e|es)? en service|met(?:tra|tront|tent)? en service|rehabilit|renov|plant)[a-z]*\b"
)
"""What happens once to a thing."""
ROOTS = {"ouver": "ouvr", "mise en service": "service", "mis en service": "service", "met en service": "service"}
DATE = re.compile(rf"(?:\b(?P<mois>{'|'.join(MOIS)})\s)?\b(?P<an>20\d\d)\b")
GOES_ON = re.compile(
    r"\b(?:reference|nombre de|nombre d[’']|indicateurs?|cible)\b"
    r"|\b(?:chaque|tou(?:s|tes) les|depuis|a (?:partir|compter) d|entre|par an|pendant|dont|puis|tranches?|phases?)\b"
    r"|\bjusqu[’'](?:en|au \d|a fin)|\bde 20\d\d a\b|\b20\d\d ?[-–/] ?20\d\d\b|\btravaux\b|\betudes?\b"
)
"""What says that a date is one of several, or that a thing goes on."""
WORD = re.compile(r"[a-z]{3,}|(?<![\d,.])\b\d{1,3}\b(?! ?[%€])")
EMPTY = frozenset(
    {
        "sera",
        "seront",
        "dans",
        "pour",
        "avec",
        "cette",
        "leur",
        "leurs",
        "elle",
        "elles",
        "sont",
        "etre",
        "aura",
        "fait",
    }
    | {"les", "des", "une", "aux", "par", "sur", "son", "ses", "qui", "est", "ont", "jusqu", "vers", "sous", "leur"}
    | {"quartier", "quartiers", "contrat", "habitants", "nouveau", "nouvelle", "nouveaux", "prochain", "prochaine"}
)
ROOT, FEWEST, MOST = 6, 2, 14


@dataclass(frozen=True, slots=True)
class Evenement:
    """What a sentence dates: the root of its verb, the words that name the thing, its year and month."""

    racine: str
    mots: frozenset[str]
    an: int
    mois: int
    phrase: Phrase
    imprime: str


@regle("STR020", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def evenement_a_deux_dates(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Deux phrases datent autrement la même chose.

    ## Ce que la règle vérifie

    Deux phrases qui disent qu’une même chose est ouverte, livrée, prolongée, démolie… donnent la même date. La chose
    est la même quand tous les mots qui la nomment dans l’une, deux au moins, sont dans l’autre. Une phrase qui donne
    plusieurs dates, une durée ou des travaux n’est pas lue, ni ce qui est passé avant le contrat.

    ## Pourquoi

    Chacun citera la date qui l’arrange, et personne ne saura si l’on est en retard.

    ## Exemple fautif

    « La ligne de tram 3 sera prolongée en 2028. » Plus loin : « La Métropole prolonge la ligne de tram 3 en 2026. »

    ## Corrigé

    La même date aux deux endroits.

    ## Source

    Cohérence interne.
    """
    periode = periode_dite(contrat, document) or contrat.identite.periode
    found = [one for one in evenements(document) if one.an >= periode.debut]
    told: set[int] = set()
    for rank, one in enumerate(found):
        other = next((it for it in found[:rank] if _same(it, one) and not _agree(it, one)), None)
        if other and one.phrase.ligne not in told:
            told.add(one.phrase.ligne)
            yield Anomalie(
                porteur(contrat, one.phrase.ligne),
                f"« {one.phrase.texte.strip(' –—•-;.')} » : « {other.imprime} » ligne {other.phrase.ligne}.",
                "Gardez une seule date.",
                source=(*other.phrase.plage(), *one.phrase.plage()),
            )


@lu_une_fois
def evenements(document: DocumentNormalise) -> tuple[Evenement, ...]:
    """What each sentence dates, when it dates one thing once."""
    return tuple(one for phrase in phrases(document) if "20" in phrase.texte for one in _dated(phrase))


def _dated(phrase: Phrase) -> Iterator[Evenement]:
    said = sans_accents(phrase.texte)
    dates = list(DATE.finditer(said))
    verbs = list(EVENT.finditer(said)) if len(dates) == 1 else []
    if len(verbs) != 1 or GOES_ON.search(said):
        return
    when, verb = dates[0], verbs[0]
    bare = said.replace(when[0], " ").replace(verb[0], " ")
    words = frozenset(word[:ROOT] for word in WORD.findall(bare)) - EMPTY
    root = ROOTS.get(verb["racine"], verb["racine"])
    if FEWEST <= len(words) <= MOST:
        month = MOIS.index(when["mois"]) + 1 if when["mois"] else 0
        yield Evenement(root, words, int(when["an"]), month, phrase, phrase.texte[slice(*when.span())])


def _same(one: Evenement, other: Evenement) -> bool:
    short, long = sorted((one.mots, other.mots), key=len)
    return one.racine == other.racine and short <= long and one.phrase is not other.phrase


def _agree(one: Evenement, other: Evenement) -> bool:
    return one.an == other.an and (one.mois == other.mois or not (one.mois and other.mois))
