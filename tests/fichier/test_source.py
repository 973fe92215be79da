"""Where an item stands: ranges of lines, columns of a line."""

import pytest
from hypothesis import given

from tenir.fichier.source import Plage, parse_source, write_source
from tests.fabriques import sources


@given(sources)
def test_a_source_written_then_read_is_the_same(source: tuple[Plage, ...]) -> None:
    written = write_source(source)
    assert (parse_source(written) if written is not None else ()) == source


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (1840, (Plage(1840, 1840),)),
        ("1840", (Plage(1840, 1840),)),
        ("1836-1837", (Plage(1836, 1837),)),
        ("1434[1-53], 1434[54-70]", (Plage(1434, 1434, 1, 53), Plage(1434, 1434, 54, 70))),
        ("5,7", (Plage(5, 5), Plage(7, 7))),
    ],
)
def test_a_source_is_read_as_people_write_it(written: str | int, read: tuple[Plage, ...]) -> None:
    assert parse_source(written) == read


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("abc", "n’est pas une plage de lignes"),
        ("", "n’est pas une plage de lignes"),
        ("5,", "n’est pas une plage de lignes"),
        ("-5", "n’est pas une plage de lignes"),
        ("٥", "n’est pas une plage de lignes"),
        ("99999999", "n’est pas une plage de lignes"),
        ("9-5", "la dernière ligne vient avant la première"),
        ("0", "la dernière ligne vient avant la première"),
        ("5-6[1-2]", "une seule ligne"),
        ("5[6-2]", "la dernière colonne vient avant la première"),
        ("5[0-2]", "la dernière colonne vient avant la première"),
        (True, "numéros de lignes"),
        (1.5, "numéros de lignes"),
        (None, "numéros de lignes"),
    ],
)
def test_what_is_no_source_is_refused_in_french(written: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_source(written)


def test_a_lone_line_is_written_as_a_number() -> None:
    assert write_source((Plage(7, 7),)) == 7
    assert write_source((Plage(7, 8),)) == "7-8"
    assert write_source((Plage(7, 7, 1, 2),)) == "7[1-2]"
    assert write_source(()) is None
