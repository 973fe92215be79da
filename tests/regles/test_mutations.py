"""Each kind of fault, planted at random places of a clean contract: found where it is, and nothing else is."""

from datetime import date

import pytest

from tenir.regles.controle import controler
from tenir.regles.registre import regles
from tests.exemples import drawn
from tests.regles.mutations import ALONGSIDE, PLANTERS, essai, propre

JOUR = date(2026, 11, 27)
DRAWS = drawn(1)


@pytest.mark.parametrize("orientations", [3, 8, 14])
def test_the_contract_they_are_planted_in_is_clean(orientations: int) -> None:
    built = propre(orientations)
    assert controler(built.contrat(), built.document(), le=JOUR).anomalies == ()


def test_every_rule_has_its_planter() -> None:
    assert [one.code for one in regles()] == sorted(PLANTERS)


@pytest.mark.parametrize("code", PLANTERS)
def test_a_fault_is_found_wherever_it_is_planted_and_raises_no_other_alarm(code: str) -> None:
    for seed in range(DRAWS):
        one = essai(code, seed)
        found = controler(one.contrat, one.document, le=JOUR).anomalies
        assert (code, one.element) in {(it.regle, it.code) for it in found}, seed
        others = {it.regle for it in found} - {code} - ALONGSIDE.get(code, set())
        assert others == set(), (seed, [it.phrase for it in found])
