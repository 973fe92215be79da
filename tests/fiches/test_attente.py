"""What readings say on a day: the awaited one, the last, what is missing, what is odd."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tenir.habilitations.models import EspaceDeContrat
from tenir.indicateurs.ecart import far_apart, previous
from tenir.indicateurs.enums import MOIS_ENTRE_RELEVES, Frequence
from tenir.indicateurs.models import SuiviDIndicateur
from tenir.indicateurs.releves import (
    MANQUES,
    add_months,
    awaited,
    awaited_of,
    latest,
    missing,
    next_target,
    period,
    readings,
    sentence,
    targets,
    with_readings,
)
from tests.mesures import cible, releve
from tests.personnes import body, contract
from tests.vallon import TODAY
from tests.vie import OPENED, indicateur

pytestmark = pytest.mark.deux_bases

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
REGULAR = st.sampled_from(list(MOIS_ENTRE_RELEVES))


def found(of: SuiviDIndicateur) -> SuiviDIndicateur:
    return with_readings(SuiviDIndicateur.objects.of(of.espace)).get(pk=of.pk)


# The next reading


@given(REGULAR, DAYS, DAYS)
def test_the_next_reading_is_awaited_one_period_after_the_last(frequence: Frequence, last: date, opened: date) -> None:
    next_one = awaited(frequence, last, opened)
    months = (next_one.le.year - last.year) * 12 + next_one.le.month - last.month
    assert months == MOIS_ENTRE_RELEVES[frequence]
    assert next_one == awaited(frequence, last, OPENED), "once read, the day follow-up opened counts no more"
    assert next_one.le < next_one.en_retard_apres


@given(REGULAR, DAYS, DAYS)
def test_a_later_reading_never_brings_the_next_one_nearer(frequence: Frequence, one: date, other: date) -> None:
    early, late = sorted((one, other))
    assert awaited(frequence, early, OPENED).le <= awaited(frequence, late, OPENED).le


@given(REGULAR, DAYS, DAYS)
def test_what_is_late_is_due(frequence: Frequence, last: date, on: date) -> None:
    next_one = awaited(frequence, last, OPENED)
    assert not next_one.late(on) or next_one.due(on)
    word = next_one.stamp(on).word if next_one.stamp(on) else ""
    assert word == ("en retard" if next_one.late(on) else "attendu" if next_one.due(on) else "")


@given(DAYS, st.integers(0, 60))
def test_ends_of_months_lead_to_ends_of_months(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    last_day = (day + timedelta(days=1)).day == 1
    assert not last_day or (moved + timedelta(days=1)).day == 1
    assert last_day or moved.day == day.day or (moved + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("frequence", "last", "due"),
    [
        ("mensuelle", date(2026, 1, 31), date(2026, 2, 28)),
        ("mensuelle", date(2026, 2, 28), date(2026, 3, 31)),
        ("trimestrielle", date(2026, 6, 30), date(2026, 9, 30)),
        ("semestrielle", date(2025, 12, 31), date(2026, 6, 30)),
        ("annuelle", date(2024, 2, 29), date(2025, 2, 28)),
        ("annuelle", None, date(2027, 1, 5)),
        ("unique", None, date(2027, 1, 5)),
    ],
)
def test_the_day_a_reading_is_awaited(frequence: str, last: date | None, due: date) -> None:
    assert awaited(frequence, last, OPENED).le == due


@pytest.mark.parametrize(("frequence", "last"), [("", None), ("", OPENED), ("unique", OPENED)])
def test_nothing_awaits_what_has_no_frequency_or_was_read_once_for_all(frequence: str, last: date | None) -> None:
    assert awaited(frequence, last, date(2026, 1, 5)) is None


def test_a_month_is_left_to_count() -> None:
    next_one = awaited("semestrielle", date(2025, 12, 31), OPENED)
    assert [next_one.late(date(2026, 7, day)) for day in (1, 31)] == [False, False]
    assert next_one.late(date(2026, 8, 1))


def test_a_corrected_reading_awaits_nothing(vallon: EspaceDeContrat) -> None:
    of = indicateur(vallon, frequence="annuelle")
    wrong = releve(of, fin=date(2026, 12, 31))
    releve(of, fin=date(2025, 12, 31), corrige=wrong)
    assert awaited_of(found(of)).le == date(2026, 12, 31)


# The last, what is missing, what is odd


def test_the_last_value_is_the_whole_or_else_all_its_parts(vallon: EspaceDeContrat) -> None:
    of = indicateur(vallon)
    for part in ("femmes", "hommes"):
        releve(of, ventilation=part)
    releve(of, fin=date(2025, 12, 31))
    assert {one.ventilation for one in latest(readings(found(of)))} == {"femmes", "hommes"}
    whole = releve(of)
    assert latest(readings(found(of))) == [whole]
    assert latest([]) == []


def test_everything_is_missing_then_nothing(vallon: EspaceDeContrat) -> None:
    bare = indicateur(vallon)
    assert missing(found(bare)) == list(MANQUES)
    start = {"reference": Decimal(0), "reference_le": date(2023, 12, 31), "reference_source": "bilan"}
    full = indicateur(vallon, "I02", organisme=body("ccas"), unite="parents", frequence="annuelle", **start)
    releve(full, "0")
    cible(full)
    assert missing(found(full)) == []


@pytest.mark.parametrize(
    ("one", "other", "odd"),
    [
        ("42", "420", False),
        ("42", "421", True),
        ("421", "42", True),
        ("-42", "421", True),
        ("0.1", "1.1", True),
        ("0", "5", False),
        ("0", "0", False),
    ],
)
def test_a_value_is_odd_past_ten_times_another(one: str, other: str, odd: bool) -> None:
    assert far_apart(Decimal(one), Decimal(other)) == odd


def test_a_value_is_compared_with_the_same_part(vallon: EspaceDeContrat) -> None:
    of = indicateur(vallon)
    women = releve(of, "12", ventilation="Femmes")
    whole = releve(of, "40")
    known = readings(found(of))
    assert previous(known, " femmes ") == women
    assert previous(known, "") == whole
    assert previous(known, "hommes") is None
    assert previous(known, "", apart=whole) is None


def test_the_next_target_is_the_first_to_come_else_the_last(vallon: EspaceDeContrat) -> None:
    of = indicateur(vallon)
    past, coming, last = (cible(of, le=date(year, 12, 31)) for year in (2025, 2027, 2030))
    fixed = targets(found(of))
    assert next_target(fixed, TODAY) == coming
    assert next_target(fixed, date(2031, 1, 1)) == last
    assert next_target(fixed[:1], TODAY) == past
    assert next_target([], TODAY) is None


# In words


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_an_indicator_of_which_nobody_said_anything_says_so(vallon: EspaceDeContrat) -> None:
    assert plain(sentence(found(indicateur(vallon)), TODAY)) == (
        "Aucun relevé n’est encore donné. Aucune cible n’est fixée. "
        "On ne sait pas quand le relever : la fréquence est à définir."
    )


def test_an_indicator_is_told_in_one_breath(vallon: EspaceDeContrat) -> None:
    of = indicateur(vallon, unite="parents", frequence="semestrielle")
    releve(of, "1415.5", statut="valide")
    cible(of, "2000")
    assert plain(sentence(found(of), TODAY)) == (
        "1 415,5 parents du 1er janvier au 30 juin 2026 (relevé validé ; source : registre du centre). "
        "La cible est de 2 000 parents au 31 décembre 2027. Le prochain relevé est attendu le 31 décembre 2026."
    )
    assert "Un relevé est attendu depuis le 31 décembre 2026." in plain(sentence(found(of), date(2027, 1, 15)))
    assert "Un relevé est en retard" in sentence(found(of), date(2027, 3, 1))
    assert "La cible était de" in sentence(found(of), date(2028, 3, 1))


def test_a_period_is_told_as_it_is_read(vallon: EspaceDeContrat) -> None:
    of = indicateur(vallon)
    one_day = releve(of, debut=date(2026, 3, 12), fin=date(2026, 3, 12))
    over_years = releve(of, debut=date(2025, 7, 1), fin=date(2026, 6, 30))
    assert plain(period(one_day)) == "le 12 mars 2026"
    assert plain(period(over_years)) == "du 1er juillet 2025 au 30 juin 2026"


def test_readings_come_in_as_many_queries_whatever_their_number(vallon: EspaceDeContrat) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            for one in with_readings(SuiviDIndicateur.objects.of(vallon)):
                sentence(one, TODAY)
                missing(one)
        return len(seen)

    releve(indicateur(vallon, organisme=body("ccas"), frequence="annuelle"))
    few = count()
    for rank in range(2, 9):
        of = indicateur(vallon, f"I{rank:02}", organisme=body(f"b{rank}"), frequence="annuelle")
        releve(of)
        releve(of, fin=date(2025, 12, 31))
        cible(of)
    assert count() == few
    assert not list(with_readings(SuiviDIndicateur.objects.of(contract("ailleurs"))))
