import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.chf004_deux_valeurs_pour_un_chiffre import deux_valeurs_pour_un_chiffre
from tenir.regles.chiffres.phrases import WRITTEN, not_told, value
from tenir.regles.passages import porteur
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.registre import Lit, regle

PLACE = (
    r"(?:l[ae]s?\s|l[’']|L[ae]s?\s|L[’'])?(?:[Qq]uartiers?\s(?:d(?:e\sla|u|es|e)\s|de\sl[’']|d[’'])?)?"
    r"(?P<lieu>[A-ZÀ-Ý][\w’]*(?:[- ](?:(?:de|du|des|la|le|les|sur|en)[- ])*[A-ZÀ-Ý][\w’]*)*)"
)
THINGS = r"(?P<nom>habitants?|habitantes et habitants|personnes|résidents|logements(?: sociaux)?|ménages|élèves)"
CLOSED = r"(?=\s?(?:[.,;:)]|$|et\s(?!plus)|soit\b|au\s|en\s(?:19|20)\d\d|selon\b|à\s|aux\s))"
COUNTS = re.compile(
    rf"(?:^|(?<=[.;:,]\s)|\bet\s){PLACE},?\s(?:en\s)?(?:compte|regroupe|abrite|rassemble|totalise|loge|réunit)(?:nt)?\s"
    rf"(?P<n>(?:(?:environ|près de|plus de)\s)?{WRITTEN})\s{THINGS}{CLOSED}"
)
TOGETHER = re.compile(
    rf"\b[Ll]es\s(?:(?:deux|trois|quatre|cinq|six|sept|huit)\s)?(?P<lieu>quartiers?(?:\sprioritaires)?),?\s(?:en\s)?(?:comptent|regroupent"
    rf"|abritent|rassemblent|totalisent|logent|réunissent)\s(?:ensemble\s)?(?P<n>{WRITTEN})\s{THINGS}{CLOSED}"
)
"""All the quarters of the contract together."""
LIVE = re.compile(
    rf"(?P<n>{WRITTEN})\s{THINGS}\s(?:vivent\s|résident\s|habitent\s)?(?:à\s(?:la\s|l[’'])?|aux?\s){PLACE}(?![\w-])"
)
EACH = re.compile(rf"(?:[:,]|\bet)\s(?P<n>{WRITTEN})\s(?:à\s(?:la\s|l[’'])?|aux?\s){PLACE}(?![\w-])")
"""« 4 500 habitants : 2 000 à la Gravière, 1 300 à Pré-Fleuri »."""
FIRST = re.compile(rf"{WRITTEN}\s{THINGS}")
NOUN = re.compile(r"\d\s(?:hab|pers|rés|log|mén|élè)")
"""A cheap test before the patterns."""
YEAR = re.compile(r"\b(?:19|20)\d{2}\b(?!\s\d)")
SOME = re.compile(
    r"\b(?:moins|plus|âgé\w*|jeunes?|accueill\w+|attend\w+|d[’']ici|objectif|cible|projet|prévoi\w+|dont)\b"
)
"""What makes a number that of some of them, or of another time."""


@dataclass(frozen=True, slots=True)
class Effectif:
    """How many things a sentence says that a place has, in which years, and where."""

    nombre: Decimal
    imprime: str
    annees: frozenset[str]
    source: tuple[Plage, ...]


@regle("CHF025", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def effectif_d_un_lieu_qui_differe(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un quartier ou une ville a deux nombres d’habitants.

    ## Ce que la règle vérifie

    Partout où une phrase dit combien d’habitants, de ménages, de logements ou d’élèves compte un lieu nommé (« la
    Gravière compte 2 000 habitants », « 2 000 à la Gravière »), elle dit le même nombre. Deux phrases datées d’années
    différentes ne se comparent pas. Ce que la règle CHF004 dit déjà n’est pas répété.

    ## Pourquoi

    Les crédits et les cibles se rapportent à la population : deux nombres, deux taux.

    ## Exemple fautif

    Diagnostic : « Le Clos compte 2 000 habitants. » Projet de quartier : « Le Clos compte 2 600 habitants. »

    ## Corrigé

    Le même nombre aux deux endroits, ou l’année de chacun.

    ## Source

    Cohérence interne.
    """
    yield from not_told(_found(contrat, document), deux_valeurs_pour_un_chiffre(contrat))


def _found(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    first: dict[tuple[str, str], Effectif] = {}
    for lieu, nom, one in _said(document):
        before = first.setdefault((comparable(lieu).removesuffix(" prioritaire"), nom), one)
        dated = before.annees and one.annees and before.annees.isdisjoint(one.annees)
        if before.nombre != one.nombre and not dated:
            yield Anomalie(
                porteur(contrat, one.source[0].debut),
                f"Deux nombres pour « {lieu} » ({nom}) : {before.imprime} ligne {before.source[0].debut}, "
                f"{one.imprime} ligne {one.source[0].debut}.",
                "Gardez un seul nombre, ou datez-les.",
                source=(*before.source, *one.source),
            )


def _said(document: DocumentNormalise) -> Iterator[tuple[str, str, Effectif]]:
    for phrase in phrases(document):
        words = phrase.texte
        if not NOUN.search(words) or SOME.search(words):
            continue
        for pattern in (COUNTS, LIVE, TOGETHER):
            for found in pattern.finditer(words):
                yield found["lieu"], _kind(found["nom"]), _told(phrase, found)
        if whole := FIRST.search(words):
            for found in EACH.finditer(words, whole.end()):
                yield found["lieu"], _kind(whole["nom"]), _told(phrase, found)


def _kind(noun: str) -> str:
    return f"{noun.split()[0].rstrip('s')}s" if noun.startswith(("logement", "ménage", "élève")) else "habitants"


def _told(phrase: Phrase, found: re.Match[str]) -> Effectif:
    printed = re.sub(r"^\D+", "", found["n"])
    years = frozenset(YEAR.findall(phrase.texte))
    return Effectif(value(printed), printed, years, phrase.plage(*found.span("n")))
