"""What comes back at a rhythm: its days, what they leave out, who holds it, each day written once."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tenir.activite.calendrier import LAST, Rythme, days, held, public_holiday, school_holiday, school_known_until
from tenir.activite.models import Entree, Serie
from tenir.activite.services.entree import record_entree
from tenir.activite.services.series import change_serie, create_serie, to_write
from tenir.core.models import EntreeDeTrace
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tests.activite.registre import HEURES, VEILLE, kinds, said
from tests.personnes import body
from tests.vie import fiche

base = pytest.mark.deux_bases
MARDIS = Rythme(jours=(1,), du=date(2026, 1, 6))


def serie(by: Acces, espace: EspaceDeContrat, *, nature: str = "atelier", of: str = "ccas", **values: Any) -> Serie:
    """Every Tuesday from 2 to 5 p.m. since the beginning of 2026, unless said otherwise."""
    usual = {"jours": "1", "debut": time(14), "fin": time(17), "du": date(2026, 1, 6), "organisme": body(of)}
    return create_serie(by=by, espace=espace, nature=nature, values=usual | values)


def test_a_series_falls_every_week_but_on_public_holidays() -> None:
    found = days(Rythme(jours=(3,), du=date(2026, 5, 1)), date(2026, 5, 1), date(2026, 5, 31))
    assert [(f"{one.le:%d}", one.sauf) for one in found] == [("07", ""), ("14", "Ascension"), ("21", ""), ("28", "")]


def test_a_series_goes_on_through_public_holidays_when_it_says_so() -> None:
    through = Rythme(jours=(3,), du=date(2026, 5, 1), sauf_feries=False)
    assert date(2026, 5, 14) in held(through, date(2026, 5, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("day", "zone", "name"),
    [
        (date(2026, 2, 10), "A", "Vacances d'hiver"),
        (date(2026, 2, 10), "C", ""),
        (date(2026, 4, 15), "A", "Vacances de printemps"),
        (date(2026, 12, 24), "B", "Vacances de Noël"),
        (date(2026, 9, 15), "A", ""),
        (date(1980, 9, 15), "A", ""),
    ],
)
def test_school_holidays_are_those_of_the_zone(day: date, zone: str, name: str) -> None:
    assert school_holiday(day, zone) == name


def test_public_holidays_are_told_in_french() -> None:
    assert [public_holiday(date(2026, 7, 14)), public_holiday(date(2026, 7, 15))] == ["Fête nationale", ""]


def test_it_is_said_until_when_school_holidays_are_known() -> None:
    assert school_known_until() >= date(2027, 8, 31)


def test_every_other_week_counts_from_the_first() -> None:
    found = held(Rythme(jours=(1,), du=date(2026, 9, 1), semaines=2), date(2026, 9, 10), date(2026, 10, 15))
    assert found == [date(2026, 9, 15), date(2026, 9, 29), date(2026, 10, 13)]


def test_the_second_and_the_last_of_a_month() -> None:
    year = (date(2026, 9, 1), date(2026, 10, 31))
    assert held(Rythme(jours=(2,), du=year[0], rang=2), *year) == [date(2026, 9, 9), date(2026, 10, 14)]
    assert held(Rythme(jours=(2,), du=year[0], rang=LAST), *year) == [date(2026, 9, 30), date(2026, 10, 28)]


@pytest.mark.parametrize(
    ("rythme", "debut", "fin"),
    [
        (MARDIS, date(2025, 1, 1), date(2025, 12, 31)),
        (MARDIS, date(2026, 3, 1), date(2026, 2, 1)),
        (Rythme(jours=(1,), du=date(2026, 1, 6), au=date(2026, 1, 31)), date(2026, 2, 1), date(2026, 3, 1)),
    ],
)
def test_a_series_falls_on_no_day_outside_its_time(rythme: Rythme, debut: date, fin: date) -> None:
    assert days(rythme, debut, fin) == []


@given(
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(1, 8),
    st.sampled_from([None, 1, 2, 3, 4, LAST]),
    st.dates(date(2015, 1, 1), date(2035, 1, 1)),
    st.integers(0, 900),
)
def test_a_day_of_a_series_is_one_of_its_days_and_the_same_whoever_asks(
    jours: set[int], semaines: int, rang: int | None, du: date, span: int
) -> None:
    rythme = Rythme(tuple(sorted(jours)), du, semaines=1 if rang else semaines, rang=rang, zone="A")
    whole = days(rythme, du, du + timedelta(days=span))
    assert all(one.le.weekday() in jours and one.le >= du for one in whole)
    half = du + timedelta(days=span // 2)
    assert [one for one in whole if one.le >= half] == days(rythme, half, du + timedelta(days=span))


@base
def test_a_body_says_what_comes_back_and_the_days_to_write_are_told(vallon: EspaceDeContrat, ccas: Acces) -> None:
    made = serie(ccas, vallon, zone="A")
    found = to_write(made, date(2026, 3, 31), weeks=9)
    assert [f"{one.le:%d/%m}" for one in found] == [
        "31/03",
        "24/03",
        "17/03",
        "10/03",
        "03/03",
        "24/02",
        "03/02",
        "27/01",
    ]
    assert ("jours", "mardi") in EntreeDeTrace.objects.filter(genre="série").values_list("champ", "apres")


@base
def test_a_day_of_a_series_is_written_once(vallon: EspaceDeContrat, ccas: Acces) -> None:
    made = serie(ccas, vallon)
    given = said(le=date(2026, 3, 31))
    once = type(given)(given.champs, given.valeurs, serie=made)
    asked = {"by": ccas, "espace": vallon, "nature": "atelier", "exact": True}
    record_entree(**asked, saisie=once)
    assert date(2026, 3, 31) not in {one.le for one in to_write(made, date(2026, 3, 31))}
    with pytest.raises(ValidationError, match="déjà inscrite, n° 1"):
        record_entree(**asked, saisie=once)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entree.objects.filter(pk=record_entree(**asked, saisie=said(le=date(2026, 3, 24))).pk).update(
            serie=made, debut=date(2026, 3, 31), fin=date(2026, 3, 31)
        )


@base
def test_a_series_is_linked_to_the_actions_of_its_kind_and_belongs_to_its_body(
    vallon: EspaceDeContrat, ccas: Acces, equipe: Acces
) -> None:
    kinds(vallon, "nature: cafe\nest: atelier\nlibelle: Café\nactions: [O01-A01]\n", VEILLE)
    of = fiche(vallon)
    assert list(serie(ccas, vallon, nature="cafe").fiches.all()) == [of]
    with pytest.raises(Refus):
        serie(ccas, vallon, of="caf")
    with pytest.raises(Refus):
        serie(ccas, vallon, nature="veille")
    made = serie(equipe, vallon, of="caf")
    with pytest.raises(Refus):
        change_serie(by=ccas, serie=made, version=1, changes={"au": date(2026, 5, 1)})


@base
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"jours": ""}, "jours"),
        ({"jours": "8"}, "jours"),
        ({"semaines": 9}, "semaines"),
        ({"rang": 2, "semaines": 2}, "rang"),
        ({"debut": time(17), "fin": time(14)}, "fin"),
        ({"au": date(2025, 1, 1)}, "au"),
        ({"zone": "D"}, "zone"),
        ({"organisme": None}, "organisme"),
    ],
)
def test_a_series_that_cannot_be_is_refused_beside_its_field(
    vallon: EspaceDeContrat, equipe: Acces, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        serie(equipe, vallon, **values)
    error = caught.value
    codes = {one.code for told in error.error_dict.values() for one in told} | set(error.error_dict)
    assert field in codes


@base
def test_only_a_session_comes_back(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, HEURES)
    with pytest.raises(ValidationError, match="Seule une séance"):
        serie(equipe, vallon, nature="heures")


@base
def test_a_series_changed_by_two_and_one_taken_back(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = serie(equipe, vallon)
    change_serie(by=equipe, serie=made, version=1, changes={"jours": "13"})
    with pytest.raises(Conflit) as caught:
        change_serie(by=equipe, serie=made, version=1, changes={"jours": "4"})
    assert [(one.actuel, one.propose) for one in caught.value.differences] == [("mardi, jeudi", "vendredi")]
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    assert Serie.objects.get(pk=made.pk).jours == "1"


@base
@pytest.mark.parametrize(
    "changes",
    [
        {"jours": "10"},
        {"semaines": 0},
        {"rang": 7},
        {"fin": time(1)},
        {"au": date(2020, 1, 1)},
        {"zone": "Z"},
        {"niveau": 0},
    ],
)
def test_no_door_writes_a_series_that_the_base_refuses(
    vallon: EspaceDeContrat, equipe: Acces, changes: dict[str, object]
) -> None:
    made = serie(equipe, vallon)
    with pytest.raises(IntegrityError), transaction.atomic():
        Serie.objects.filter(pk=made.pk).update(**changes)
