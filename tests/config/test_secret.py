"""The secret key is drawn once, whole, and for its owner alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from stat import S_IMODE

import pytest

from tenir.config.secret import draw, secret_key


@pytest.fixture(autouse=True)
def _no_secret_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TENIR_SECRET", raising=False)


def test_the_key_given_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TENIR_SECRET", "given")
    assert secret_key(tmp_path) == "given"
    assert not list(tmp_path.iterdir())


def test_the_key_is_kept_for_its_owner(tmp_path: Path) -> None:
    key = secret_key(tmp_path / "var")
    assert secret_key(tmp_path / "var") == key
    assert len(key) >= 50
    assert S_IMODE((tmp_path / "var" / "secret").stat().st_mode) == 0o600


def test_two_processes_that_start_together_read_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(secret_key, [tmp_path] * 32))
    assert len(keys) == 1


def test_a_key_already_there_is_never_replaced(tmp_path: Path) -> None:
    key = secret_key(tmp_path)
    draw(tmp_path / "secret")
    assert secret_key(tmp_path) == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
