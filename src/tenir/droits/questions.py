"""The nine questions of a repérage: each is a choice, none says who answers.

Bands rather than ages and amounts: a right is pointed to, it is not computed (`docs/adr/0088-reperage-des-droits.md`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

Reponses = Mapping[str, str]
"""What was chosen, by the code of the question; what was not answered is not there."""
Conditions = dict[str, list[str]]
"""The answers that lead to a right, by question: one of them to each."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question and what may be answered to it, by code."""

    code: str
    libelle: str
    reponses: Mapping[str, str]


QUESTIONS = (
    Question("age", "Quel âge ?", {
        "16-17": "16 ou 17 ans", "18-24": "18 à 24 ans", "25-59": "25 à 59 ans", "60-64": "60 à 64 ans",
        "65-plus": "65 ans ou plus",
    }),
    Question("foyer", "Avec qui vit la personne ?", {"seul": "sans conjoint", "couple": "en couple"}),
    Question("enfants", "Combien d’enfants à charge ?", {
        "aucun": "aucun", "un": "un", "deux": "deux", "trois-plus": "trois ou plus",
    }),
    Question("logement", "Quel logement ?", {
        "locataire": "en location", "foyer": "en foyer ou en résidence", "proprietaire": "propriétaire",
        "heberge": "chez quelqu’un", "sans": "sans logement",
    }),
    Question("ressources", "Quelles ressources, tout compris ?", {
        "presque-rien": "rien, ou presque", "moins-smic": "moins que le Smic", "smic": "à peu près le Smic",
        "plus": "plus que le Smic",
    }),
    Question("situation", "Quelle situation ?", {
        "salarie": "en emploi salarié", "independant": "à son compte", "recherche": "en recherche d’emploi",
        "etudes": "en études ou en formation", "retraite": "à la retraite", "autre": "autre",
    }),
    Question("handicap", "Un handicap dans le foyer ?", {
        "reconnu": "oui, reconnu par la MDPH", "non-reconnu": "oui, sans démarche à la MDPH",
        "enfant": "oui, celui d’un enfant", "non": "non",
    }),
    Question("quotidien", "Besoin d’aide pour les gestes de tous les jours ?", {"oui": "oui", "non": "non"}),
    Question("sante", "Une complémentaire santé (mutuelle) ?", {
        "oui": "oui", "non": "non", "ne-sait-pas": "on ne sait pas",
    }),
)  # fmt: skip
"""In the order in which they are asked."""
PAR_CODE = {one.code: one for one in QUESTIONS}


def packed(conditions: Conditions) -> str:
    """Conditions in one line, in the order of the questions: « age:18-24 age:25-59 enfants:un »."""
    return " ".join(
        f"{code}:{answer}"
        for code, question in PAR_CODE.items()
        for answer in question.reponses
        if answer in conditions.get(code, ())
    )


def unpacked(line: str) -> Conditions:
    """The conditions of such a line; what no question or answer is called is left out."""
    found: Conditions = {}
    for code, _, answer in (one.partition(":") for one in line.split()):
        if code in PAR_CODE and answer in PAR_CODE[code].reponses:
            found.setdefault(code, []).append(answer)
    return found


def told(line: str) -> str:
    """The same in words: « Quel âge ? 18 à 24 ans, 25 à 59 ans »."""
    return " ".join(
        f"{PAR_CODE[code].libelle} {', '.join(PAR_CODE[code].reponses[one] for one in answers)}."
        for code, answers in unpacked(line).items()
    )
