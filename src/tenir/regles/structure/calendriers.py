"""The dates of calendars, meetings and reports, as the document prints them."""

import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import Periode
from tenir.regles.annees import LOIN, termes
from tenir.regles.champs import champs
from tenir.regles.phrases import phrases

_LABEL = re.compile(
    r"^\W*(?:calendrier|échéancier|échéances?|planning|période|dates?|délais?|démarrage|mise en œuvre|réalisation|quand"
    r"|étapes|horizon)(?: prévisionnel(?:le)?s?| de (?:mise en œuvre|réalisation|l[’']action|démarrage)| prévue?s?)*"
    r"\s*(?:[:–]\s*(?P<dit>.+))?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d{2}(?![\d%])|(?<=20\d\d-)20\d{2}(?![\d%])")
_DATES = re.compile(
    r"(?:depuis|démarrée?s?|lancée?s?|engagée?s?|commencée?s?|débutée?s?|initiée?s?|signée?s?|créée?s?|ouverte?s?"
    r"|bilan|suite"
    r"|décret|loi|plan|programme|convention|appel|reconduction|poursuite|délibération|diagnostic|étude|base|valeur"
    r"|rappel"
    r"|contrat)\b[^,;.]{0,30}$",
    re.IGNORECASE,
)
"""What says, before a year, that it dates a thing that is there already."""
_MEETING = re.compile(
    r"\b(?:se réuni\w*|réunions?|première fois|séances?|rapport annuel|point d[’']étape|bilan annuel"
    r"|programmation annuelle"
    r"|assemblées?|revue|installée?s?)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:se réuni(?:t|ssent|ra|ront)|sera|seront|aura lieu|auront lieu|est prévue?|sont prévue?s|a lieu|ont lieu"
    r"|se tien\w+"
    r"|remet\w*|publi(?:e|ent|era)|présent(?:e|ent|era)|est remis|est présenté|est publié)\b",
    re.IGNORECASE,
)


def calendriers(document: DocumentNormalise, periode: Periode) -> Iterator[tuple[int, str, int]]:
    """Each line of a calendar that holds a year out of the contract: the line, its words, the year.

    The year before the first one is let pass: contracts are signed when their first actions have begun.
    """
    for number, line in enumerate(document.lignes, start=1):
        if (found := _LABEL.match(line.strip())) is None:
            continue
        first = number if found["dit"] else number + 1
        for at, words in _below(document, first, found["dit"] or ""):
            yield from ((at, words, year) for year in _outside(words, periode))
    for field in champs(document):
        label = document.lignes[field.ligne - 1].strip()
        if field.genre == "calendrier" and not _LABEL.match(label):  # inside a line, or beside another label
            yield from ((field.fin, field.valeur, year) for year in _outside(field.valeur, periode))


def _outside(words: str, periode: Periode) -> Iterator[int]:
    """The years of a calendar that are out of the contract; of « 2026-2032 », both."""
    for year in _YEAR.finditer(words):
        outside = int(year[0]) > periode.fin or int(year[0]) < periode.debut - 1
        if outside and int(year[0]) < LOIN and not _DATES.search(words[: year.start()]):
            yield int(year[0])


def _below(document: DocumentNormalise, first: int, said: str) -> Iterator[tuple[int, str]]:
    """The lines of a calendar: what stands beside its label, else the line below, and what goes on in small letters."""
    for at in range(first, min(first + 4, len(document.lignes) + 1)):
        words = said if at == first and said else document.lignes[at - 1].strip()
        if at > first and not words[:1].islower():
            return
        yield at, words


def reunions(document: DocumentNormalise, periode: Periode) -> Iterator[tuple[int, str, int]]:
    """Each sentence that dates a meeting or a report to come out of the contract."""
    for phrase in phrases(document):
        if not _MEETING.search(phrase.texte) or not _AHEAD.search(phrase.texte):
            continue
        for year, start, _ in termes(phrase.texte, periode.debut):
            if not periode.debut - 1 <= year <= periode.fin:
                yield phrase.plage(start)[0].debut, phrase.texte, year
