"""The command speaks French, whatever goes wrong."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tenir.cli.francais import PHRASES, in_french, in_french_number
from tenir.cli.main import main

ENGLISH = re.compile(
    r"\b(usage|try|error|missing|no such|invalid|value|got|unexpected|extra|does not|exist|requires|show|exit|"
    r"directory|file|text|commands?|message|did you mean)\b",
    re.IGNORECASE,
)
WRONG = [
    [],
    ["--aide"],
    ["inconnue"],
    ["formatter"],
    ["valider"],
    ["valider", "--aide"],
    ["valider", "absent.yaml"],
    ["valider", "."],
    ["valider", "--inconnu", "x"],
    ["valider", "a", "b"],
    ["valider", "--json=1", "a"],
    ["comparer", "absent"],
    ["charger", "--aide"],
    ["charger", "--motif"],
    ["charger", "--date", "demain", __file__],
    ["charger", "--correction", "--avenant", __file__],
    ["publier"],
    ["publier", "--aide"],
    ["exporter", "x", "--date", "2024-13-01"],
    ["exporter", "x", "--sortie", "."],
    ["nature", "--aide"],
    ["nature", "inconnue"],
    ["nature", "montrer"],
    ["nature", "valider"],
    ["verifier-trace", "--aide"],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_the_command_never_speaks_english(arguments: list[str]) -> None:
    shown = CliRunner().invoke(main, arguments).output
    shown = shown.replace("Usage :", "").replace(__file__, "")
    assert shown
    assert ENGLISH.findall(shown) == []


@pytest.mark.parametrize("arguments", [one for one in WRONG if one and "--aide" not in one], ids=" ".join)
def test_a_wrong_command_exits_with_2_and_no_traceback(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)


def test_a_command_close_to_another_is_suggested() -> None:
    assert "Vouliez-vous écrire" in CliRunner().invoke(main, ["formatter"]).output


def test_help_is_asked_in_french() -> None:
    for name in ("-h", "--aide", "--help"):
        assert "Met un fichier contrat sous sa forme canonique." in CliRunner().invoke(main, [name]).output


def sentences_of_click() -> set[str]:
    """The sentences that the installed click would have translated."""
    found = set()
    for module in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
                found |= {one.value for one in node.args if isinstance(one, ast.Constant)}
    return found


CAPITALS_OF_A_PATH = {"File", "Directory", "Path"}


def test_every_french_sentence_answers_one_that_click_still_says() -> None:
    assert set(PHRASES) - CAPITALS_OF_A_PATH - sentences_of_click() == set()


def test_a_french_sentence_keeps_what_click_fills_in() -> None:
    def holes(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)", text))

    assert {english for english, french in PHRASES.items() if not holes(french) <= holes(english)} == set()


def test_what_is_not_translated_stays_as_it_is() -> None:
    assert in_french("anything else") == "anything else"


def test_the_plural_starts_at_two() -> None:
    one, many = "Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"
    assert [in_french_number(one, many, count) for count in (0, 1, 2)] == [
        "Argument en trop ({args}).",
        "Argument en trop ({args}).",
        "Arguments en trop ({args}).",
    ]


def test_the_command_runs_as_a_program() -> None:
    done = subprocess.run([sys.executable, "-m", "tenir.cli", "--version"], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"Tenir \d+\.\d+\S*( \([0-9a-f]{7,40}\))?\n", done.stdout)
