"""What the facts say: the sentence of a page and the filter of a list always agree."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tenir.fiches.enums import CLOSED, Calcule, Statut
from tenir.fiches.models import FicheAction
from tenir.fiches.seuils import silence_months, silent_before
from tenir.fiches.situation import Situation, get_situation
from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import contract
from tests.vallon import TODAY
from tests.vie import fiche, jalon

pytestmark = pytest.mark.deux_bases

DAYS = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))
MAYBE = st.none() | DAYS


def situation(of: FicheAction) -> Situation:
    return get_situation(of, of.jalons.all(), TODAY)


def test_nobody_said_anything(vallon: EspaceDeContrat) -> None:
    found = situation(fiche(vallon))
    assert (found.calcule, found.ecart) == (Calcule.RIEN, "")


def test_a_jalon_awaited_in_vain_makes_an_action_late(vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, statut="en-cours", debut_reel=date(2026, 2, 1))
    jalon(of, date(2026, 9, 14))
    found = situation(of)
    assert (found.calcule, found.en_retard_depuis) == (Calcule.EN_RETARD, date(2026, 9, 14))
    assert "«\u00a0Ouvrir le lieu\u00a0» est attendu depuis le 14" in found.ecart


def test_a_jalon_of_today_is_not_late(vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, debut_reel=date(2026, 9, 1), derniere_nouvelle_le=TODAY)
    jalon(of, TODAY)
    assert situation(of).calcule == Calcule.DANS_LES_TEMPS


def test_a_revised_jalon_is_judged_on_its_new_day(vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, derniere_nouvelle_le=TODAY)
    jalon(of, date(2026, 3, 1), revise_le=date(2026, 12, 1))
    assert situation(of).calcule == Calcule.A_VENIR


def test_silence_counts_from_the_day_follow_up_opened(vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, statut="en-cours", ouverte_le=date(2026, 3, 14))
    assert situation(of).calcule == Calcule.SANS_NOUVELLES
    of.ouverte_le = date(2026, 3, 15)
    assert situation(of).calcule == Calcule.A_VENIR


@pytest.mark.parametrize("statut", CLOSED)
def test_what_is_over_or_stopped_is_late_on_nothing(vallon: EspaceDeContrat, statut: Statut) -> None:
    of = fiche(vallon, statut=statut, motif="dit", fin_prevue=date(2026, 2, 1))
    assert situation(of).retards == ()


def test_realised_with_jalons_to_come_is_a_gap(vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, statut="realisee")
    jalon(of, date(2026, 12, 1))
    assert situation(of).ecart == "Déclarée «\u00a0réalisée\u00a0», mais 1\u00a0jalon reste à atteindre."


def test_begun_without_a_status_is_a_gap(vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, debut_reel=date(2026, 9, 1), derniere_nouvelle_le=TODAY)
    assert situation(of).ecart == "Aucun statut n’est déclaré, mais les faits disent qu’elle a commencé."


def test_the_threshold_of_silence_has_a_day_and_a_source() -> None:
    assert silence_months(TODAY) == 6
    assert silent_before(TODAY) == date(2026, 3, 15)
    assert silent_before(date(2026, 8, 31)) == date(2026, 2, 28)


class TestTheFilterAndThePage(TestCase):
    """Whatever its dates, a fiche that the list calls late or silent is so on its page, and no other."""

    @given(
        statut=st.sampled_from(["", *Statut.values]),
        dates=st.fixed_dictionaries(
            dict.fromkeys(("debut_prevu", "debut_revise", "debut_reel", "fin_reelle", "derniere_nouvelle_le"), MAYBE)
        ),
        opened=DAYS,
        jalons=st.lists(st.tuples(DAYS, MAYBE, MAYBE), max_size=3),
    )
    def test_they_agree(self, statut: str, dates: dict, opened: date, jalons: list) -> None:
        if dates["fin_reelle"] and dates["debut_reel"] and dates["fin_reelle"] < dates["debut_reel"]:
            dates["fin_reelle"] = None
        of = fiche(contract("vallon"), statut=statut, motif="dit", ouverte_le=opened, **dates)
        for prevu, revise, atteint in jalons:
            jalon(of, prevu, revise_le=revise if revise != prevu else None, atteint_le=atteint)
        found = situation(of)
        assert FicheAction.objects.late(TODAY).exists() == bool(found.retards)
        assert FicheAction.objects.silent(TODAY).exists() == (found.silence_depuis is not None)


def test_silent_fiches_can_be_read(vallon: EspaceDeContrat) -> None:
    found = fiche(vallon, ouverte_le=date(2024, 1, 5))
    assert list(FicheAction.objects.silent(TODAY)) == [found]
