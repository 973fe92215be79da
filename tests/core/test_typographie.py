"""Dates, numbers and sentences as French writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from tenir.core.typographie import MOIS, accord, date_fr, en_lettres, euros, nombre, pluriel, singulier, typo

plain = str.maketrans({"\u202f": "", "\u00a0": " ", ",": ".", "\u2212": "-"})


def test_a_date_is_written_in_full():
    assert date_fr(date(2026, 3, 12)) == "12\u00a0mars 2026"


def test_the_first_of_a_month_is_an_ordinal():
    assert date_fr(date(2027, 1, 1)) == "1er\u00a0janvier 2027"


@given(st.dates())
def test_a_date_can_be_read_back(day: date):
    number, month, year = date_fr(day).translate(plain).split(" ")
    assert date(int(year), MOIS.index(month) + 1, int(number.removesuffix("er"))) == day


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1415, None, "1\u202f415"),
        (0, None, "0"),
        (999, None, "999"),
        (1234567, None, "1\u202f234\u202f567"),
        (Decimal("332.9"), None, "332,9"),
        (Decimal("12.50"), None, "12,50"),
        (332.9, None, "332,9"),
        (Decimal("1E+3"), None, "1\u202f000"),
        (-5, None, "\u22125"),
        (Decimal("0.125"), 2, "0,13"),
        (Decimal("-0.001"), 2, "0,00"),
        (7, 1, "7,0"),
    ],
)
def test_a_number_has_its_spaces_and_its_comma(value, decimals, written):
    assert nombre(value, decimals) == written


@given(st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_a_number_loses_no_digit(value):
    assert Decimal(nombre(value).translate(plain)) == value


@given(st.integers(min_value=0))
def test_groups_have_three_digits(value: int):
    first, *others = nombre(value).split("\u202f")
    assert 1 <= len(first) <= 3
    assert all(len(group) == 3 for group in others)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_not_a_number_is_refused(value):
    with pytest.raises(ValueError, match="not a number"):
        nombre(value)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal("22810.61"), "22\u202f810,61\u00a0€"),
        (Decimal("22810.00"), "22\u202f810\u00a0€"),
        (Decimal("22810.5"), "22\u202f810,50\u00a0€"),
        (150000, "150\u202f000\u00a0€"),
    ],
)
def test_an_amount_in_euros(amount, written):
    assert euros(amount) == written


@pytest.mark.parametrize(
    ("count", "options", "written"),
    [
        (0, {"genre": "f"}, "aucune action"),
        (0, {}, "aucun action"),
        (1, {}, "1\u00a0action"),
        (8, {}, "8\u00a0actions"),
        (8, {"lettres": True}, "huit actions"),
        (1, {"lettres": True, "genre": "f"}, "une action"),
        (1415, {"lettres": True}, "1\u202f415\u00a0actions"),
    ],
)
def test_a_count_and_its_noun(count, options, written):
    assert pluriel(count, "action", **options) == written


def test_a_noun_that_does_not_take_an_s_is_given_in_full():
    assert pluriel(2, "ligne de crédits", "lignes de crédits") == "2\u00a0lignes de crédits"
    assert accord(2, "avis") == "avis"


@pytest.mark.parametrize(
    ("count", "plural"), [(0, False), (1, False), (1.9, False), (-1, False), (2, True), (-2, True)]
)
def test_the_plural_starts_at_two(count, plural):
    assert accord(count, "vide") == ("vides" if plural else "vide")


@pytest.mark.parametrize(
    ("count", "genre", "words"),
    [
        (0, "m", "zéro"),
        (1, "f", "une"),
        (19, "m", "dix-neuf"),
        (21, "m", "vingt et un"),
        (21, "f", "vingt et une"),
        (22, "m", "vingt-deux"),
        (70, "m", "soixante-dix"),
        (71, "f", "soixante et onze"),
        (77, "m", "soixante-dix-sept"),
        (80, "m", "quatre-vingts"),
        (81, "f", "quatre-vingt-une"),
        (91, "m", "quatre-vingt-onze"),
        (99, "m", "quatre-vingt-dix-neuf"),
        (100, "m", "cent"),
        (108, "f", "108"),
        (1415, "m", "1\u202f415"),
    ],
)
def test_a_number_in_words(count, genre, words):
    assert en_lettres(count, genre) == words


def test_no_two_numbers_share_their_words():
    assert len({en_lettres(count) for count in range(101)}) == 101


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Qui ? Nous ; eux !", "Qui\u202f? Nous\u202f; eux\u202f!"),
        ("Pilote : la commune", "Pilote\u00a0: la commune"),
        ("le « Pack » et «le reste»", "le «\u00a0Pack\u00a0» et «\u00a0le reste\u00a0»"),
        ("l'orientation d'hier", "l’orientation d’hier"),
        ("100 % de 1 464 habitants", "100\u00a0% de 1\u202f464 habitants"),
        ("n° 5, p. 12", "n°\u00a05, p.\u00a012"),
        ("https://exemple.fr/?a=1", "https://exemple.fr/?a=1"),
        ("en 2024 150 actions", "en 2024 150 actions"),
        ("à 12 :30", "à 12 :30"),
    ],
)
def test_a_sentence_gets_its_spaces(text, written):
    assert typo(text) == written


@given(st.text(alphabet="ab 1234«»:;!?%€'’n°p.\u00a0\u202f"))
def test_doing_it_twice_changes_nothing_more(text: str):
    assert typo(typo(text)) == typo(text)


@given(st.text())
def test_only_spaces_and_apostrophes_change(text: str):
    def letters(value: str) -> str:
        return "".join(value.replace("'", "’").split())

    assert letters(typo(text)) == letters(text)


def _render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_a_template_writes_dates_in_paris_time():
    late = datetime(2026, 3, 12, 23, 30, tzinfo=UTC)
    assert _render("{{ day|date_fr }}", day=late) == "13\u00a0mars 2026"


def test_a_template_writes_a_lede():
    source = (
        '{% pluriel n "action" genre="f" lettres=True as phrase %}{{ phrase|capfirst }}, {{ n|accord:"vide,vides" }}.'
    )
    assert _render(source, n=8) == "Huit actions, vides."


def test_typography_escapes_what_must_be():
    assert _render("{{ text|typo }}", text="<b> ?") == "&lt;b&gt;\u202f?"
    assert _render("{{ text|typo }}", text=mark_safe("<b>Qui ?</b>")) == "<b>Qui\u202f?</b>"


@pytest.mark.parametrize(
    ("several", "one"),
    [
        ("petits déjeuners", "petit déjeuner"),
        ("lieux", "lieu"),
        ("places", "place"),
        ("notes de registre", "note de registre"),
        ("heures d’insertion", "heure d’insertion"),
        ("locaux occupés", "local occupé"),
        ("tableaux", "tableau"),
        ("mois", "mois"),
        ("repas partagés", "repas partagé"),
        ("accès aux droits", "accès aux droits"),
        ("m²", "m²"),
        ("", ""),
    ],
)
def test_one_of_what_a_plural_names(several: str, one: str) -> None:
    assert singulier(several) == one
