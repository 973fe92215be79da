"""Figures typed in French: read, or refused with what to write."""

from contextlib import suppress
from decimal import Decimal

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from tenir.core.nombres import NombreField, NombreIllisible, parse_nombre
from tenir.core.typographie import nombre


class Saisie(forms.Form):
    valeur = NombreField(required=False)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1 415", "1415"),
        ("1\u202f415", "1415"),
        ("1\u00a0415,50", "1415.50"),
        ("1415", "1415"),
        ("47,4", "47.4"),
        (" 12 ", "12"),
        ("−3,2", "-3.2"),
        ("-0", "0"),
        ("12 345 678 901,1234", "12345678901.1234"),
    ],
)
def test_a_figure_is_read_as_french_writes_it(typed: str, value: str) -> None:
    assert parse_nombre(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.415", "Écrivez la virgule et non le point"),
        ("47.4", "Écrivez la virgule et non le point"),
        ("12 %", "sans son unité"),
        ("1 415 parents", "sans son unité"),
        ("environ 30", "sans son unité"),
        ("douze", "Écrivez un nombre"),
        ("1 41", "Écrivez un nombre"),
        ("1,2,3", "Écrivez un nombre"),
        ("12e3", "Écrivez"),
        ("NaN", "Écrivez un nombre"),
        ("٣", "Écrivez un nombre"),
        ("123456789012", "Onze chiffres au plus"),
        ("0,00001", "Onze chiffres au plus"),
        ("9" * 30, "Onze chiffres au plus"),
    ],
)
def test_what_reads_in_two_ways_or_is_no_figure_is_refused_with_what_to_write(typed: str, said: str) -> None:
    with pytest.raises(NombreIllisible, match=said):
        parse_nombre(typed)
    assert said in Saisie({"valeur": typed}).errors["valeur"][0]


@given(st.decimals(min_value=Decimal("-99999999999"), max_value=Decimal("99999999999"), places=4))
def test_what_the_site_writes_is_read_back(value: Decimal) -> None:
    assert parse_nombre(nombre(value)) == value


@given(st.text(max_size=40))
def test_nothing_else_than_its_own_refusal_comes_out(typed: str) -> None:
    with suppress(NombreIllisible):
        assert parse_nombre(typed).is_finite()


def test_a_field_shows_a_figure_that_can_be_typed_again() -> None:
    shown = Saisie(initial={"valeur": Decimal("1415.5000")})["valeur"].value()
    assert shown == "1 415,5"
    assert Saisie({"valeur": shown}).fields["valeur"].clean(shown) == Decimal("1415.5")


def test_nothing_typed_is_no_figure() -> None:
    form = Saisie({"valeur": "  "})
    assert form.is_valid()
    assert form.cleaned_data["valeur"] is None
