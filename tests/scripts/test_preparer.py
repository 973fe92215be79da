"""The environment is built from its locks, and only when they change."""

import os
import subprocess
from pathlib import Path

import pytest

from scripts import preparer

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "locks").mkdir()
    (tmp_path / ".venv").mkdir()
    for name in ("locks/run.txt", "locks/uv.txt", "pyproject.toml"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(preparer, "ROOT", tmp_path)
    monkeypatch.setattr(preparer, "VENV", tmp_path / ".venv")
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    done: list[list[str]] = []
    monkeypatch.setattr(preparer, "run", lambda command: done.append([str(word) for word in command]))
    return done


def test_a_lock_is_installed_once_and_with_its_hashes(commands: list[list[str]]) -> None:
    preparer.install_lock("run")
    preparer.install_lock("run")
    packages, itself = commands
    assert "--require-hashes" in packages
    assert {"--offline", "--no-deps", "--no-build-isolation"} <= set(itself)


@pytest.mark.parametrize("changed", ["locks/run.txt", "pyproject.toml"])
def test_a_changed_lock_is_installed_again(changed: str, house: Path, commands: list[list[str]]) -> None:
    preparer.install_lock("run")
    (house / changed).write_text("changed")
    preparer.install_lock("run")
    assert len(commands) == 4


def test_an_installation_that_breaks_is_not_remembered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(preparer, "create_venv", lambda: None)
    monkeypatch.setattr(preparer, "install_uv", lambda: None)
    monkeypatch.setattr(preparer, "UV", "/bin/false")
    assert not preparer.prepared("run")
    assert "L’installation s’est arrêtée sur : /bin/false" in capsys.readouterr().err
    assert not preparer.in_step("run")


def python_sh(folder: Path, **programs: str) -> subprocess.CompletedProcess[str]:
    """Run scripts/python.sh where these programs alone exist."""
    for name, body in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
    command = ["/bin/sh", ROOT / "scripts" / "python.sh", "-m", "scripts.lancer"]
    environment = {**os.environ, "PATH": str(folder)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_no_python_is_said_in_two_languages(tmp_path: Path) -> None:
    done = python_sh(tmp_path, python3="exit 1")
    assert done.returncode == 1
    assert "Tenir demande Python 3.11" in done.stderr
    assert "Tenir needs Python 3.11" in done.stderr


def test_a_python_without_venv_is_said(tmp_path: Path) -> None:
    done = python_sh(tmp_path, python3='case "$2" in *venv*) exit 1;; esac')
    assert done.returncode == 1
    assert "python3-venv" in done.stderr


def test_a_name_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    works = 'case "$1" in -c) exit 0;; esac; echo "$@"'
    done = python_sh(tmp_path, **{"python3.13": "exit 127", "python3.11": works})
    assert (done.returncode, done.stdout) == (0, "-m scripts.lancer\n")
