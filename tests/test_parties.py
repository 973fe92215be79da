"""Each part of `make test` loads its own files; together they load them all."""

from pathlib import Path

import pytest

from tests.conftest import LONGEST, TOGETHER, scope_of
from tests.parties import BOTH, loads, misplaced

HERE = Path(__file__).parent
FILES = sorted(HERE.rglob("test_*.py"))
ROOMS = sorted(file.parent.name for file in (HERE.parent / "src" / "tenir").glob("*/models.py"))


@pytest.mark.parametrize("name", LONGEST)
def test_each_file_that_starts_first_is_there(name: str) -> None:
    assert list(HERE.rglob(name))


@pytest.mark.parametrize("folder", TOGETHER)
def test_the_files_that_share_something_go_to_one_process(folder: str) -> None:
    files = [file.relative_to(HERE.parent).as_posix() for file in FILES]
    assert {scope_of(f"{file}::test_x") for file in files if file.startswith(folder)} == {folder}
    assert scope_of("tests/test_routes.py::test_x[a::b]") == "tests/test_routes.py"


def test_every_file_is_loaded_once_on_the_database_of_a_single_machine() -> None:
    for file in FILES:
        assert sum(loads(part, file) for part in ("sqlite", "navigateur")) == 1, file
        assert loads("postgresql-entier", file) == loads("sqlite", file)


def test_a_journey_is_in_a_file_of_journeys_and_nothing_else_is(request: pytest.FixtureRequest) -> None:
    item = request.node
    assert misplaced([item]) == []
    item.add_marker("navigateur")
    assert "un parcours s’écrit dans" in misplaced([item])[0]


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_that_keeps_something_says_what_runs_on_both_databases(room: str) -> None:
    assert any(f"mark.{BOTH}" in file.read_text() for file in (HERE / room).glob("test_*.py")), (
        f"Aucun fichier de tests/{room}/ ne dit pytest.mark.{BOTH}."
    )
