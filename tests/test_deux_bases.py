"""The table of what runs on both databases names what is there."""

from pathlib import Path

import pytest

from tests.conftest import LONGEST, ON_BOTH_DATABASES

HERE = Path(__file__).parent


@pytest.mark.parametrize("line", ON_BOTH_DATABASES)
def test_each_line_leads_to_tests(line: str) -> None:
    path, _, test = line.partition("::")
    assert (HERE / path).exists()
    assert not test or f"\ndef {test}(" in (HERE / path).read_text()


@pytest.mark.parametrize("name", LONGEST)
def test_each_file_that_starts_first_is_there(name: str) -> None:
    assert list(HERE.rglob(name))
