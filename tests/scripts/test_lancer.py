"""`make run`: what it refuses, and what it does not do twice."""

import socket
from pathlib import Path

import pytest

from scripts import lancer, preparer


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of three files, its data apart."""
    for name in ("src/tenir/a.py", "contrats/x.yaml", "locks/run.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "var").mkdir()
    for module in (lancer, preparer):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(lancer, "VAR", tmp_path / "var")
    monkeypatch.setattr(lancer, "COUTRAS", tmp_path / "contrats" / "coutras-2024-2030.yaml")
    monkeypatch.setattr(lancer, "FICTIF", tmp_path / "contrats" / "fictif")
    monkeypatch.setattr(lancer, "KINDS", tmp_path / "contrats" / "natures")
    for name in ("TENIR_BASE", "PORT", "DOCUMENT"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been run."""
    done: list[str] = []
    monkeypatch.setattr(lancer, "manage", lambda *words: done.append(f"manage {words[0]}"))
    monkeypatch.setattr(lancer, "tenir", lambda *words: not done.append(f"tenir {words[0]} {Path(words[1]).name}"))
    return done


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1"])
def test_a_wrong_port_is_refused_with_a_sentence(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(lancer.CannotStart, match="n’est pas un numéro de port"):
        lancer.read_port()


def test_a_taken_port_is_refused_with_a_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(lancer.CannotStart, match=f"Le port {port} est déjà pris"):
            lancer.refuse_taken(port)
    lancer.refuse_taken(port)


def test_a_document_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCUMENT", "nulle-part.txt")
    with pytest.raises(lancer.CannotStart, match=r"« nulle-part\.txt » n’existe pas"):
        lancer.read_document()


def test_each_contract_goes_with_its_document(house: Path) -> None:
    given = house / "signe.txt"
    (house / "contrats" / "fictif").mkdir()
    for name in ("coutras-2024-2030.yaml", "fictif/a.yaml", "fictif/a.txt", "fictif/b.yaml"):
        (house / "contrats" / name).touch()
    assert [(file.stem, doc and doc.name) for file, doc in lancer.contracts(given)] == [
        ("coutras-2024-2030", "signe.txt"),
        ("a", "a.txt"),
        ("b", None),
    ]


def test_the_second_start_prepares_nothing(house: Path, commands: list[str]) -> None:
    (house / "contrats" / "coutras-2024-2030.yaml").touch()
    lancer.prepare_site(None)
    (house / "var" / "tenir.sqlite3").touch()
    assert commands == [
        "manage migrate",
        "manage collectstatic",
        "tenir charger coutras-2024-2030.yaml",
        "tenir publier coutras-2024-2030",
    ]
    commands.clear()
    lancer.prepare_site(None)
    assert commands == []


@pytest.mark.parametrize("changed", ["src/tenir/a.py", "contrats/x.yaml", "locks/run.txt", "src/tenir/new.css"])
def test_a_change_prepares_everything_again(changed: str, house: Path, commands: list[str]) -> None:
    lancer.prepare_site(None)
    (house / "var" / "tenir.sqlite3").touch()
    commands.clear()
    (house / changed).write_text("changed")
    lancer.prepare_site(None)
    assert commands[0] == "manage migrate"


def test_a_contract_gets_the_kinds_that_lie_beside_it(house: Path, commands: list[str]) -> None:
    (house / "contrats" / "coutras-2024-2030.yaml").touch()
    (house / "contrats" / "natures").mkdir()
    (house / "contrats" / "natures" / "coutras-2024-2030.yaml").touch()
    lancer.prepare_site(None)
    assert "tenir nature charger" in commands


def test_a_lost_database_is_prepared_again(house: Path, commands: list[str]) -> None:
    lancer.prepare_site(None)
    commands.clear()
    lancer.prepare_site(None)
    assert commands[0] == "manage migrate"


def test_a_load_that_failed_is_tried_again(house: Path, commands: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (house / "contrats" / "coutras-2024-2030.yaml").touch()
    (house / "var" / "tenir.sqlite3").touch()
    monkeypatch.setattr(lancer, "tenir", lambda *words: False)
    lancer.prepare_site(None)
    assert not (house / "var" / "prepare.sha256").exists()


def test_without_contracts_the_site_is_empty_but_for_whoever_creates_one(
    house: Path, commands: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (house / "contrats" / "coutras-2024-2030.yaml").touch()
    monkeypatch.setattr(lancer, "EMPTY", True)
    monkeypatch.setattr(lancer, "tenir", lambda *words: not commands.append(f"tenir {' '.join(words)}"))
    monkeypatch.setenv("TENIR_DEMONSTRATION", "1")
    lancer.prepare_site(None)
    assert commands == ["manage migrate", "manage collectstatic", "tenir peupler-demonstration"]
