"""A draft read and put through the rules in a subprocess: within its limits, or refused in one sentence."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tenir.lecteur.bornes import TROP_LONG
from tenir.lecteur.document import LectureRefusee
from tenir.regles.projet import LIMITES, verify
from tests.regles.fautes import PROPRE

DRAFT = Path(__file__).parents[2] / "contrats" / "fictif" / "virelande-fictif-2024-2030.txt"
JOUR = date(2026, 11, 27)


def test_a_draft_tells_what_was_read_and_what_the_rules_find() -> None:
    projet = verify(DRAFT.read_bytes(), le=JOUR)
    assert projet.fictif
    assert "10 orientations" in projet.compris
    assert projet.non_verifiees == ()
    assert {"CHF001", "DRT001", "STR006"} <= {one.regle for one in projet.anomalies}


@pytest.mark.parametrize("start", ["", "\n\n", "# un\n# puis deux\n", "\ufeff", "note: Un mot d’abord.\n"])
def test_a_contract_file_is_known_by_its_content(start: str) -> None:
    projet = verify(f"{start}{PROPRE}".encode(), le=JOUR)
    assert (projet.titre, projet.anomalies, projet.restes) == ("Contrat de ville du Clair", (), 0)


def test_the_day_decides_which_dérogations_hold() -> None:
    text = PROPRE.replace("    reunions_par_an: 2\n    source: 24\n", "    source: 24\n").replace(
        "instances:\n",
        "derogations:\n  - {regle: GOV001, element: G02, motif: x., auteur: y, fin: '2026-12-31'}\ninstances:\n",
    )
    assert verify(text.encode(), le=JOUR).anomalies == ()
    assert {one.regle for one in verify(text.encode(), le=date(2027, 1, 1)).anomalies} == {"GOV001", "STR005"}


def test_a_draft_past_the_limits_is_refused() -> None:
    with pytest.raises(LectureRefusee, match="pèse plus de"):
        verify(b"xx", le=JOUR, limites=replace(LIMITES, octets=1))
    with pytest.raises(LectureRefusee, match=TROP_LONG):
        verify(DRAFT.read_bytes() * 40, le=JOUR, limites=replace(LIMITES, secondes=1))


def test_a_faulty_contract_file_says_its_faults() -> None:
    with pytest.raises(LectureRefusee, match=r"n’est pas valide : ligne 2"):
        verify(b"format: tenir/contrat/1\nslug: Majuscule\n", le=JOUR)


def test_a_draft_of_exactly_the_limit_is_read() -> None:
    content = PROPRE.encode()
    assert verify(content, le=JOUR, limites=replace(LIMITES, octets=len(content))).anomalies == ()


def test_a_contract_file_that_holds_together_badly_says_how_many_faults_it_has() -> None:
    text = PROPRE.replace("organisme: caf-songe-et-brume}", "organisme: inconnu}")
    assert verify(text.encode(), le=JOUR).fautes == 1
