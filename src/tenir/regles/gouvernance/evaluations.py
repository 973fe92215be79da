"""The years that a document gives to the evaluations of its own contract."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.source import Plage
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.textes import sans_accents

_EVALUATION = re.compile(r"\bevaluations?\b|\b(?:contrat|programme)\b[^.;]{0,20}\b(?:est|sera) evalue\b")
_YEAR = re.compile(r"\b20\d{2}\b(?!\s?[-–/]\s?20\d{2})(?<!20\d{2}[-–/]\d{4})")
_PAST = re.compile(
    r"\bprecedent|\bancien|\ba (?:souligne|retenu|montre|releve|porte|mis|permis|conclu|ete)\b|\bsouligne\b"
    r"|\bmenee? a l[’'](?:automne|ete)"
    r"|\b(?:remise|confiee|achevee|rendue|realisee|conduite) (?:en|fin|a l)"
)
_PLANNED = re.compile(
    r"\b(?:prevue?s?|aura lieu|auront lieu|est menee?|sont menees?|sera|seront|est organisee?|est realisee?"
    r"|est conduite"
    r"|interviendra|interviennent|intervient|a lieu|ont lieu|programmees?|conduites? en|l[’']une en|(?:est"
    r"|sera) evalue)\b"
)
_EACH = re.compile(r"\bchaque annee\b|\bannuel|\btous les\b|\bchaque evaluation")
_HALF = re.compile(r"\bmi-?\s?parcours\b|\bintermediaire\b|\bmi-?chemin\b")
_LAST = re.compile(r"\bfinale?\b|\bau terme\b|\ba la fin du contrat\b|\ben fin de contrat\b")
_AFTER = re.compile(r"\bex[- ]post\b|\bapres (?:la fin|le terme)\b|\ba l[’']issue\b|\bdans l[’']annee qui suit\b")


@dataclass(frozen=True, slots=True)
class AnneeDEvaluation:
    """A year given to an evaluation: which one (« mi-parcours », « finale », or not said), and if planned."""

    an: int
    laquelle: str
    annonce: bool
    apres: bool
    phrase: Phrase
    place: int

    @property
    def source(self) -> tuple[Plage, ...]:
        """The line of the year."""
        return self.phrase.plage(self.place, self.place + 4)


def annees_d_evaluation(document: DocumentNormalise, debut: int) -> Iterator[AnneeDEvaluation]:
    """Every year that a sentence gives to an evaluation of the contract; those before it belong to another."""
    for phrase in phrases(document):
        said = sans_accents(phrase.texte)
        word = _EVALUATION.search(said)
        if word is None or _PAST.search(said) or _EACH.search(said):
            continue
        before = word.start()
        for year in _YEAR.finditer(said, word.start()):
            since, before = before, year.end()
            if int(year[0]) < debut or year.start() - word.start() > 160:
                continue
            yield AnneeDEvaluation(
                int(year[0]), _which(said, since, year.end()), bool(_PLANNED.search(said)),
                bool(_AFTER.search(said)), phrase, year.start(),
            )  # fmt: skip


def _which(said: str, start: int, end: int) -> str:
    """Which evaluation the words since the year before speak of; nothing when they speak of several."""
    clause = said[start:end] + re.split(r"[,;.]", said[end : end + 40])[0]
    half, last = _HALF.search(clause), _LAST.search(clause)
    if half and last:
        return ""
    return "mi-parcours" if half else "finale" if last else ""
