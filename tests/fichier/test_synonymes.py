"""The words of a resident: what the file holds is sound, and a question is read as contracts write it."""

import pytest

from tenir.fichier.synonymes import meant, readings, synonymes


def test_every_expression_has_words_that_count_and_stands_once() -> None:
    said = [one for row in synonymes() for one in row.dit]
    assert all(said)
    assert len(said) == len(set(said))
    assert all(meant(ecrit) and len(set(row.ecrit)) == len(row.ecrit) for row in synonymes() for ecrit in row.ecrit)


@pytest.mark.parametrize(
    ("question", "ecrit"),
    [
        ("logement humide", "habitat indigne"),
        ("mon logement est très humide", "habitat indigne"),
        ("Moisissures", "insalubrité"),
    ],
)
def test_a_question_is_read_as_contracts_write_it(question: str, ecrit: str) -> None:
    assert ecrit in [one.ecrit for one in readings(meant(question))]


def test_the_other_words_of_the_question_stay() -> None:
    found = next(one for one in readings(meant("logement humide Trois-Ponts")) if one.ecrit == "habitat indigne")
    assert found.mots == ("troi", "pont", "habitat", "indigne")


def test_what_says_half_of_an_expression_is_left_as_it_is() -> None:
    assert readings(meant("logement")) == []
