"""The stable codes: their order, and who holds whom."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenir.fichier import codes

PATTERNS = [value for name, value in vars(codes).items() if name.isupper()]


def test_codes_sort_as_a_person_counts() -> None:
    shuffled = ["O10-A02", "O02-A10", "O02-A09", "O100", "O02", "O02-A09-1"]
    ordered = ["O02", "O02-A09", "O02-A09-1", "O02-A10", "O10-A02", "O100"]
    assert sorted(shuffled, key=codes.sort_key) == ordered


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_a_higher_number_comes_later(one: int, other: int) -> None:
    later = codes.sort_key(f"O07-A{one:02}") < codes.sort_key(f"O07-A{other:02}")
    assert later == (one < other)


@pytest.mark.parametrize(
    ("code", "holder"),
    [("O07-A03", "O07"), ("O02-A01-2", "O02-A01"), ("S14-E02", "S14"), ("O07", None), ("T12", None), ("A", None)],
)
def test_a_code_names_its_holder(code: str, holder: str | None) -> None:
    assert codes.owner(code) == holder


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_code_fits_its_column_and_holds_ascii_digits_only(pattern: str) -> None:
    """The columns of the database hold forty characters; the published schema reads `[0-9]` as we do."""
    assert r"\d" not in pattern
    longest = sum(int(most) for most in re.findall(r"\{2,(\d)\}|\{1,(\d)\}", pattern) for most in most if most)
    assert longest + len(re.sub(r"\[0-9\]\{\d,\d\}|[\^$]", "", pattern)) <= 40


def test_two_kinds_never_share_a_code() -> None:
    samples = ("A", "O01", "O01-A01", "O01-A01-1", "O01-B01", "O01-D01", "T01", "O01-F01", "S01", "S01-E01", "S01-R01")
    samples += ("S01-C01", "G01", "I01", "L01", "ART1", "E01", "P01", "O01-P01", "S01-P01")
    assert [code for code in samples if sum(bool(re.match(pattern, code)) for pattern in PATTERNS) != 1] == []
