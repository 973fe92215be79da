"""Precision and recall of the reader, kind by kind: what was found against what was expected, words compared."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import words

GENRES = (
    "axes",
    "orientations",
    "objectifs",
    "actions",
    "pilotes",
    "donnees",
    "credits",
    "indicateurs",
    "signataires",
    "engagements",
    "instances",
)


@dataclass(frozen=True, slots=True)
class Mesure:
    """How many items of a kind were expected, found, and found right."""

    attendus: int
    trouves: int
    justes: int

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right; nothing found where nothing is expected is perfect."""
        return self.justes / self.trouves if self.trouves else float(not self.attendus)

    @property
    def rappel(self) -> float:
        """Of what was expected, the share that was found."""
        return self.justes / self.attendus if self.attendus else 1.0


def items(contrat: ContratDeVille) -> dict[str, list[str]]:
    """The words of each item, by kind."""
    orientations = contrat.orientations
    return {
        "axes": [a.titre_imprime for a in contrat.axes],
        "orientations": [o.titre_imprime for o in orientations],
        "objectifs": [b.texte or "" for o in orientations for b in o.objectifs],
        "actions": [a.texte or "" for o in orientations for a in o.actions],
        "pilotes": [p.nom for o in orientations for p in (*o.pilotes, *(q for a in o.actions for q in a.pilotes))],
        "donnees": [str(d.valeur) for o in orientations for d in o.donnees],
        "credits": [c.financeur for o in orientations for c in o.credits],
        "indicateurs": [i.libelle for i in contrat.indicateurs],
        "signataires": [s.nom for s in contrat.signataires],
        "engagements": [e.texte or "" for s in contrat.signataires for e in s.engagements if not e.regroupement],
        "instances": [g.nom for g in contrat.instances],
    }


def _key(text: str) -> str:
    return " ".join(words(re.sub(r"(\w)-\s+(\w)", r"\1\2", text))) if not re.fullmatch(r"[\d.]+", text) else text


def mesurer(attendus: Mapping[str, Iterable[str]], contrat: ContratDeVille) -> dict[str, Mesure]:
    """Measure a reading against what was expected of it."""
    found = items(contrat)
    measured = {}
    for genre in GENRES:
        wanted = Counter(_key(text) for text in attendus.get(genre, ()))
        seen = Counter(_key(text) for text in found[genre])
        measured[genre] = Mesure(wanted.total(), seen.total(), (wanted & seen).total())
    return measured


def score(mesures: Mapping[str, Mesure]) -> float:
    """One figure for a reading: of all kinds together, justes over the larger of expected and found."""
    right = sum(m.justes for m in mesures.values())
    return right / max(1, sum(max(m.attendus, m.trouves) for m in mesures.values()))
