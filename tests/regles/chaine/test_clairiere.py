"""Faults that two places of a document make together, in sheets, promises, governance and lists."""

from pathlib import Path

import pytest

from tenir.regles.anomalie import Anomalie
from tests.regles.chaine.outils import controle

CLAIRIERE = (Path(__file__).parent / "clairiere.txt").read_text()
CODES = (
    "CHF018", "DRT002", "ENG001", "ENG005", "ENG008", "ENG010", "GOV004", "GOV009", "GOV011", "GOV012", "GOV013",
    "GOV016", "RED001", "STR008", "STR009", "STR012", "STR014", "STR015", "STR017", "STR018",
)  # fmt: skip


def told(text: str) -> list[Anomalie]:
    return list(controle(text.encode(), codes=CODES).anomalies)


def test_nothing_is_said_of_the_clean_document() -> None:
    assert [(one.regle, one.phrase) for one in told(CLAIRIERE)] == []


GRANDIR = "PILIER 1. GRANDIR"
FORMER = "  - financer la formation"


@pytest.mark.parametrize(
    ("code", "old", "new", "said"),
    [
        ("STR012", "six ans et demi, du", "quatre ans, du", "quatre ans"),
        ("STR017", GRANDIR, f"La date de sa signature est le 16 mai 2024.\n\n{GRANDIR}", "16 mai 2024"),
        ("STR017", GRANDIR, f"Le présent contrat a été signé le 6/06/2024.\n\n{GRANDIR}", "6/06/2024"),
        ("STR018", FORMER, "  - financer la formation de trois ans de l’action n° 2, celle", "trois ans"),
        ("STR015", "l’école de Clairière-Fictive", "l’école de Montfiction", "Montfiction"),
        ("ENG008", "  - geler les loyers", "  - geler les loyers et ouvrir la ludothèque en juin 2028", "ludothèque"),
        ("ENG010", "  - geler les loyers", "  - isoler les immeubles, pour 1,2 million d’euros", "900"),
        ("ENG005", "  - prêter ses salles", "  - la Ville prêtait ses salles", "au passé"),
        (
            "GOV009",
            "  - prêter ses salles",
            "  - convoquer le comité de pilotage, que préside la maire",
            "Deux présidences",
        ),
        ("CHF018", "60 % de couples et 40 %", "60 % de couples et 50 %", "110"),
        ("GOV012", "Pilote : Association Le Fil", "Pilote : Association Le Moulin", "Le Moulin"),
        ("GOV013", "établi par la cheffe de projet", "établi chaque hiver", "rien ne dit par qui"),
        (
            "GOV016",
            "Un local est ouvert",
            "Le comité des bricoleurs choisit les outils. Un local est ouvert",
            "bricoleurs",
        ),
        ("STR014", "3. Planter des haies", "3. Semer une prairie fleurie", "Semer une prairie"),
    ],
)
def test_a_fault_of_two_places_is_told(code: str, old: str, new: str, said: str) -> None:
    assert CLAIRIERE.count(old) == 1
    found = [one.phrase.replace("\u202f", " ") for one in told(CLAIRIERE.replace(old, new)) if one.regle == code]
    assert any(said in phrase for phrase in found), found
