"""Words made comparable: accents, case, plurals and articles forgiven."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenir.fichier.mots import comparable, plain, singular, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Éducation", "education"),
        ("ŒUVRE", "oeuvre"),
        ("l’emploi", "l'emploi"),
        ("logements", "logement"),
        ("locaux", "local"),
        ("réseaux", "réseau"),
        ("jeux", "jeu"),
        ("La Cali", "CALI"),
        ("les associations de quartier", "Association de quartiers"),
        ("e\u0301cole", "école"),
    ],
)
def test_two_spellings_of_one_thing_compare_equal(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    ("one", "other"), [("bus", "bu"), ("accès", "acc"), ("cas", "ca"), ("ans", "an"), ("EN", "LA"), ("7", "8")]
)
def test_two_things_do_not_compare_equal(one: str, other: str) -> None:
    assert comparable(one) != comparable(other)


def test_a_name_made_of_articles_keeps_them() -> None:
    assert comparable("EN") == "en"
    assert comparable("…") == ""


@given(st.text(max_size=40))
def test_what_is_comparable_is_made_of_plain_letters_and_digits(text: str) -> None:
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words(text))


@given(st.text(max_size=40))
def test_comparing_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("word", ["bus", "os", "123456s", "plus", "temps"])
def test_a_word_that_only_looks_plural_keeps_its_end(word: str) -> None:
    assert singular(word) == (word if word != "123456s" else "123456")
