"""What a cell says: a day, an address, a number; what could be two things is asked."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenir.core.tableur.cellules import CelluleRefusee, figures, mail_address, phone
from tenir.core.tableur.jours import ENGLISH, JOURS, read_day
from tenir.core.typographie import MOIS

DAYS = st.dates(date(2016, 1, 1), date(2039, 12, 31))
FORMS = (
    "{d:02}/{m:02}/{y}",
    "{d}/{m}/{y}",
    "{d:02}.{m:02}.{y}",
    "{d:02}-{m:02}-{y}",
    "{y}-{m:02}-{d:02}",
    "{y}/{m:02}/{d:02}",
    "{y}{m:02}{d:02}",
    "{d} {mois} {y}",
    "{d} {MOIS} {y}",
    "{d}-{mois}-{y}",
    "{d}-{mois}-{yy:02}",
    "{jour} {d} {mois} {y}",
    "{jour}. {d} {mois} {y}",
    "le {d} {mois} {y}",
    "{d}/{mois}/{yy:02}",
    "{d} {abr}. {y}",
    "{d}-{abr}-{yy:02}",
    "{d}-{eng}-{yy:02}",
    "{d:02}/{m:02}/{y} 00:00",
    "{d:02}/{m:02}/{y} 14:30:05",
    "{y}-{m:02}-{d:02}T00:00:00",
    "{y}-{m:02}-{d:02}T09:15:00+01:00",
    "{y}-{m:02}-{d:02} 14:30",
    "{d} {mois} {y} à 14h30",
    "{d} {mois} {y} 9 h",
)


@settings(max_examples=150, deadline=None)
@given(DAYS, st.sampled_from(FORMS))
def test_a_day_is_read_however_people_and_spreadsheets_write_it(day: date, form: str) -> None:
    month = MOIS[day.month - 1]
    short = {"juin": "juin", "juillet": "juil", "février": "févr", "mars": "mars", "mai": "mai"}.get(month, month[:4])
    names = {"mois": month, "MOIS": month.upper(), "abr": short, "eng": ENGLISH[day.month - 1][:3].title()}
    jour = JOURS[day.weekday()] if "{jour}." not in form else JOURS[day.weekday()][:3]
    text = form.format(d=day.day, m=day.month, y=day.year, yy=day.year % 100, jour=jour, **names)
    assert read_day(text) == day


@settings(max_examples=100, deadline=None)
@given(DAYS)
def test_two_figures_for_the_year_are_day_first_or_asked(day: date) -> None:
    text = f"{day:%d/%m/%y}"
    assert read_day(text) == day
    try:
        assert read_day(f"{day:%d-%m-%y}") == day
    except CelluleRefusee as refused:
        assert "peut se lire" in str(refused)  # noqa: PT017 (a reading or a question: never another day)


@pytest.mark.parametrize(
    "text",
    [
        "27/03/12",
        "25-03-27",
        "12 jui 27",
        "lundi 12 mars 2027",
        "03/2027",
        "mars 2027",
        "12 mars",
        "03/13/2027",
        "31/02/2027",
        "2027",
        "demain",
        "12",
        "1/2",
        "12/03-2027",
    ],
)
def test_what_is_no_day_or_may_be_two_is_asked(text: str) -> None:
    with pytest.raises(CelluleRefusee, match=re.escape(text)):
        read_day(text)


def test_the_first_of_a_month_and_an_instant_told_from_elsewhere() -> None:
    assert read_day("1er mars 2027") == date(2027, 3, 1)
    assert read_day("2027-03-11T23:30:00Z") == date(2027, 3, 12), "past midnight in Paris"


ADDRESS = "ana.cola+ville@ml-songe.example"


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "{};",
        " {}, ",
        "<{}>",
        "Ana Cola <{}>",
        '"COLA Ana" <{}>',
        "mailto:{}",
        "MAILTO:{}",
        "Ana [mailto:{}]",
        "Ana <mailto:{}>",
        "'{}'",
        "({})",
        "{}.",
        "Ana Cola ({});",
        "Cola, Ana <{}>",
    ],
)
def test_an_address_is_read_as_mail_programs_paste_it(text: str) -> None:
    assert mail_address(text.format(ADDRESS)) == ADDRESS


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ana@x.example; bo@x.example", "plusieurs"),
        ("ana@x.example (absente)", "n’est pas"),
        ("néant", "n’est pas"),
        ("ana chez x.example", "n’est pas"),
        ("ana@x.example puis 06", "n’est pas"),
    ],
)
def test_two_addresses_or_something_else_are_told(text: str, why: str) -> None:
    with pytest.raises(CelluleRefusee, match=why):
        mail_address(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("639980005", "0639980005"),
        ("0639980005", "0639980005"),
        ("06 39 98 00 05", "06 39 98 00 05"),
        ("33639980005", "+33639980005"),
        ("+33 6 39", "+33 6 39"),
        ("tel:0639980005", "0639980005"),
        ("3949", "3949"),
        ("", ""),
    ],
)
def test_a_telephone_takes_its_zero_back_and_nothing_else(text: str, read: str) -> None:
    assert phone(text) == read


def test_a_number_that_a_spreadsheet_shortened_is_told() -> None:
    with pytest.raises(CelluleRefusee, match="raccourci"):
        phone("6,39E+08")
    with pytest.raises(CelluleRefusee, match="raccourci"):
        figures("1,23457E+13", 14)
    assert figures("999 010 028 00010", 14) == "99901002800010"
    assert figures("1370", 5) == "01370"
