"""The nine questions of a repérage: each is a choice, none says who answers.

Bands rather than ages and amounts: a right is pointed to, it is not computed (`docs/adr/0088-reperage-des-droits.md`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

Reponses = Mapping[str, str]
"""What was chosen, by the code of the question; what was not answered is not there."""


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
