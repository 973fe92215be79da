"""Which Tenir this is: a version and a commit, read without git."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client

from tenir.cli.main import main
from tenir.core import version


def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=Essai Fictif", "-c", "user.email=essai@exemple.fr"]
    done = subprocess.run(["git", "-C", str(folder), *who, *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of one commit."""
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "-m", "one")
    return tmp_path


def test_the_commit_of_a_branch_is_found(repository: Path) -> None:
    assert version.commit(repository) == git(repository, "rev-parse", "HEAD")


def test_the_commit_of_a_branch_that_git_packed_is_found(repository: Path) -> None:
    git(repository, "pack-refs", "--all")
    assert version.commit(repository) == git(repository, "rev-parse", "HEAD")


def test_the_commit_of_a_tag_checked_out_is_found(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--detach")
    assert version.commit(repository) == git(repository, "rev-parse", "HEAD")


def test_the_commit_of_a_worktree_is_found(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "autre"), "-b", "autre")
    git(tmp_path / "autre", "commit", "--quiet", "--allow-empty", "-m", "two")
    assert version.commit(tmp_path / "autre") == git(tmp_path / "autre", "rev-parse", "HEAD")
    assert version.commit(tmp_path / "autre") != version.commit(repository)


def test_a_folder_without_a_repository_has_no_commit(tmp_path: Path) -> None:
    assert version.commit(tmp_path) == ""


def test_the_command_says_the_version_and_the_commit() -> None:
    said = CliRunner().invoke(main, ["--version"]).output
    assert re.fullmatch(r"Tenir \d+\.\d+\.\d+(\.dev\d+)?( \([0-9a-f]{12}\))?\n", said)


def test_what_is_not_released_has_not_the_number_of_a_release() -> None:
    log = (version.ROOT / "CHANGELOG.md").read_text()
    unreleased = re.search(r"^## \[Unreleased\]\n(.*?)^## \[([\d.]+)\]", log, re.M | re.S)
    assert unreleased
    number = tomllib.loads((version.ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert number.endswith(".dev0") == bool(unreleased[1].strip())
    assert number.removesuffix(".dev0") != unreleased[2] or not unreleased[1].strip()


@pytest.mark.django_db
def test_the_legal_page_says_which_version_runs() -> None:
    assert f"Version&nbsp;: {version.full()}." in Client().get("/mentions-legales/").content.decode()
