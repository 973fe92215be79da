"""A contract whose tables are held by tabulations goes through the whole chain: quiet when clean, its faults told."""

from pathlib import Path

import pytest

from tenir.regles.anomalie import Anomalie
from tests.regles.chaine.outils import controle

CLEAN = (Path(__file__).parent / "tabulations.txt").read_text(encoding="utf-8")
EVERY = ("STR", "CHF", "IND", "FIN", "GOV", "ENG", "RED", "DRT")
FAULTS = (
    ("STR008", "Article 3 – Évaluation", "Article 4 – Évaluation"),
    ("IND010", "2023\t2028\nPersonnes", "2023\t2034\nPersonnes"),
    (
        "GOV012",
        "Affréter un car pour les équipes du matin\tFictive Agglomération",
        "Affréter un car pour les équipes du matin\tGRETA du pays d’Aire",
    ),
    (
        "GOV001",
        "Comité technique\tFictive Agglomération\ttous les deux mois",
        "Comité technique\tFictive Agglomération\t",
    ),
    ("ENG001", "E5. L’Aubade recrute avant mars 2025 deux animateurs pour les vacances (priorité II).\n", ""),
    ("DRT005", "L’Aubade\tCAF\t2025-2030", "L’Aubade\tMme Zoé Prétendue, 06 39 98 00 02\t2025-2030"),
)


def told(text: str) -> tuple[Anomalie, ...]:
    return controle(text.encode(), familles=EVERY).anomalies


def test_nothing_is_said_of_the_clean_one() -> None:
    assert [one.phrase for one in told(CLEAN)] == []


@pytest.mark.parametrize(("code", "old", "new"), FAULTS, ids=[code for code, _, _ in FAULTS])
def test_its_faults_are_told(code: str, old: str, new: str) -> None:
    assert old in CLEAN
    assert code in {one.regle for one in told(CLEAN.replace(old, new))}
