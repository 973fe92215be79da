"""The replay of the installation: it plays every block of the page, or says which it does not, and why."""

import base64
import re
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

from scripts.rejeu import courriel, gestes, page
from scripts.rejeu.__main__ import PLAYERS
from scripts.rejeu.controles import THEN
from scripts.rejeu.page import CHOICES, GESTES, PAGE, Illisible, blocks, terminal

WRITTEN = PAGE.read_text()
FOUND = blocks(WRITTEN)


def test_every_block_of_the_page_is_read() -> None:
    assert len(FOUND) * 2 == len(re.findall(r"^```", WRITTEN, re.M))
    assert all(bloc.text.strip() and bloc.section for bloc in FOUND)


@pytest.mark.parametrize("bloc", FOUND, ids=lambda bloc: f"ligne {bloc.line}")
def test_every_block_is_replayed_with_one_base_or_says_why_not(bloc: page.Bloc) -> None:
    reasons = [bloc.unplayed(base) for base in CHOICES]
    assert None in reasons or all(reason and len(reason) > 10 for reason in reasons)


def test_most_blocks_are_replayed_with_both_bases() -> None:
    both = [bloc for bloc in FOUND if all(bloc.plays(base) for base in CHOICES)]
    assert len(both) > len(FOUND) * 3 / 4


def test_what_the_page_asks_of_the_replay_is_what_the_replay_knows() -> None:
    assert {words for bloc in FOUND for words in bloc.said("avant")} == gestes.BEFORE.keys()
    assert {words for bloc in FOUND for words in bloc.said("puis")} == THEN.keys()
    assert PLAYERS.keys() < GESTES.keys()


def test_what_the_replay_stands_in_for_is_on_the_page() -> None:
    texts = [bloc.text for bloc in FOUND]
    assert all(any(re.search(pattern, text, re.M) for text in texts) for pattern in gestes.REPLACED)


def test_the_terminal_of_tenir_is_opened_once() -> None:
    opens, prepares = terminal(FOUND)
    assert opens.startswith("sudo -u tenir")
    assert "/etc/tenir.env" in prepares
    with pytest.raises(Illisible, match="une fois"):
        terminal([])


def test_the_lines_of_a_block_go_each_to_its_terminal() -> None:
    (bloc,) = blocks("## Revenir\n```sh\nsudo systemctl stop tenir\ntenir restaurer a.zip\ntenir reveiller\nls\n```\n")
    assert list(bloc.terminals()) == [
        (False, "sudo systemctl stop tenir"),
        (True, "tenir restaurer a.zip\ntenir reveiller"),
        (False, "ls"),
    ]
    assert (bloc.section, bloc.line) == ("Revenir", 3)


@pytest.mark.parametrize(
    ("said", "language", "sentence"),
    [
        ("<!-- rejeu : sauter -->", "sh", "« sauter » n’est pas un geste"),
        ("<!-- rejeu : non -->", "sh", "« non » veut sa raison"),
        ("<!-- rejeu : avec Oracle -->", "sh", "« avec » veut PostgreSQL ou SQLite"),
        ("", "ini", "dites de quel fichier est ce bloc"),
        ("", "", "dites de quel fichier est ce bloc"),
    ],
)
def test_a_block_that_nobody_could_follow_is_refused(said: str, language: str, sentence: str) -> None:
    with pytest.raises(Illisible, match=sentence):
        blocks(f"## Services\n{said}\n```{language}\ntenir boucle\n```\n")


def test_several_gestures_are_said_in_one_comment() -> None:
    (bloc,) = blocks("## Base\n<!-- rejeu : avec SQLite ; puis le site répond -->\n```sh\nls\n```\n")
    assert bloc.plays("SQLite")
    assert bloc.unplayed("PostgreSQL") == "pour SQLite : BASE=SQLite"
    assert bloc.said("puis") == ["le site répond"]


def test_the_mail_server_of_the_replay_lets_in_only_who_the_page_names() -> None:
    def asked(password: str) -> str:
        return courriel.answer("AUTH PLAIN " + base64.b64encode(f"\0nom\0{password}".encode()).decode())

    assert asked("sec&ret").startswith("235")
    assert asked("sec%26ret").startswith("535")


def test_the_later_version_of_the_replay_migrates_after_the_last_of_ours(tmp_path: Path) -> None:
    folder = tmp_path / "src/tenir/core/migrations"
    folder.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\ntarget-version = "py311"\n')
    for file in (gestes.ROOT / "src/tenir/core/migrations").glob("0*.py"):
        (folder / file.name).touch()
    gestes.later(tmp_path)
    (leaf,) = MigrationLoader(None).graph.leaf_nodes("core")
    assert f'("core", "{leaf[1]}")' in (folder / "9999_rejeu.py").read_text()
    assert (tmp_path / "pyproject.toml").read_text().splitlines()[1:] == [
        'version = "99.0.0"',
        'target-version = "py311"',
    ]
