"""The secret key is drawn once, whole, and for its owner alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from stat import S_IMODE

import pytest

from tenir.config.secret import draw, rotate, secret_keys


@pytest.fixture(autouse=True)
def _no_secret_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TENIR_SECRET", raising=False)


def test_the_key_given_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TENIR_SECRET", "given")
    monkeypatch.setenv("TENIR_SECRETS_ANCIENS", "before,long before")
    assert secret_keys(tmp_path) == ["given", "before", "long before"]
    assert not list(tmp_path.iterdir())


def test_the_key_is_kept_for_its_owner(tmp_path: Path) -> None:
    (key,) = secret_keys(tmp_path / "var")
    assert secret_keys(tmp_path / "var") == [key]
    assert len(key) >= 50
    assert S_IMODE((tmp_path / "var" / "secret").stat().st_mode) == 0o600


def test_two_processes_that_start_together_read_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(secret_keys, [tmp_path] * 32))
    assert len({key for (key,) in keys}) == 1


def test_a_key_already_there_is_never_replaced(tmp_path: Path) -> None:
    keys = secret_keys(tmp_path)
    draw(tmp_path / "secret")
    assert secret_keys(tmp_path) == keys
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_new_key_comes_first_and_those_of_before_are_kept_until_they_are_forgotten(tmp_path: Path) -> None:
    first = secret_keys(tmp_path)
    second = rotate(tmp_path, forget=False)
    assert second[1:] == first
    assert len(second[0]) >= 50
    assert secret_keys(tmp_path) == second
    assert S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert rotate(tmp_path, forget=True) == secret_keys(tmp_path) == second[:1]
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
