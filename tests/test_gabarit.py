"""What was migrated is read again only from the same migrations, and never where everything must be tried."""

from pathlib import Path

import pytest

from scripts import postgresql
from tests import gabarit

FIRST = "src/tenir/core/migrations/0001_initial.py"
NAMED = "src/tenir/core/horloge.py"
LOCK = "locks/test.txt"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house of one migration, which names a module of ours."""
    written = {
        FIRST: "import tenir.core.horloge\n",
        NAMED: "ZONE = 1\n",
        "src/tenir/core/autre.py": "AUTRE = 1\n",
        LOCK: "django==5.2\n",
    }
    for name, text in written.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(gabarit, "ROOT", tmp_path)
    monkeypatch.setattr(gabarit, "KEPT", tmp_path / "gabarits")
    monkeypatch.setattr(gabarit, "_digest", gabarit._digest.__wrapped__)
    return tmp_path


@pytest.mark.parametrize("changed", [FIRST, NAMED, LOCK, "src/tenir/core/migrations/0002_apres.py"])
def test_what_the_tables_come_from_changes_the_digest(house: Path, changed: str) -> None:
    before = gabarit._digest()
    (house / changed).write_text("import tenir.core.horloge  # autrement\n")
    assert gabarit._digest() != before


def test_what_no_migration_names_does_not(house: Path) -> None:
    before = gabarit._digest()
    (house / "src/tenir/core/autre.py").write_text("AUTRE = 2\n")
    assert gabarit._digest() == before


def test_what_was_kept_is_found_again_and_the_oldest_leave(house: Path) -> None:
    for number in range(gabarit.FEW + 3):
        with gabarit._put_by(f"base{number}") as unfinished:
            unfinished.write_text(str(number))
    assert len([*gabarit.KEPT.iterdir()]) == gabarit.FEW
    assert gabarit._of_before(f"base{gabarit.FEW + 2}").read_text() == str(gabarit.FEW + 2)


def test_a_base_that_could_not_be_written_down_is_not_kept(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(address: str, file: Path) -> None:
        file.write_text("la moitié")
        raise postgresql.Broken

    monkeypatch.setattr(postgresql, "dump", broken)
    gabarit._put_by_server("postgres://ailleurs")
    assert not gabarit.KEPT.exists()
