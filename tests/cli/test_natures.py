"""`tenir nature`: the kinds shipped, what one asks, and what is wrong in a file of them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tenir.cli.main import main
from tenir.cli.natures import published
from tenir.natures.catalogue import shipped
from tests.fabriques import CONTRATS

DOCS = Path(__file__).parents[2] / "docs"
MINE = "nature: conte\nest: atelier\nlibelle: Heure du conte\n"


def run(*given: str) -> Result:
    return CliRunner().invoke(main, ["nature", *given], catch_exceptions=False)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "conte.yaml"
    path.write_text(MINE)
    return path


@pytest.mark.parametrize("given", [(), ("lister",)])
def test_the_shipped_kinds_are_listed_one_a_line(given: tuple[str, ...]) -> None:
    answer = run(*given)
    assert answer.exit_code == 0
    assert len(answer.output.splitlines()) == len(shipped())
    assert ["atelier", "séance", "Atelier"] in [line.split() for line in answer.output.splitlines()]


def test_a_kind_shows_its_page() -> None:
    page = run("montrer", "atelier").output
    assert page.startswith("# Atelier\n\n`atelier`. Séance ; une seule réponse obligatoire : combien de personnes")
    assert "| `presents` | Combien de personnes sont venues ? | passages | par sexe, par âge, " in page


@pytest.mark.parametrize("given", [("montrer",), ("montrer", "attelage")])
def test_a_kind_that_is_not_shipped_is_refused_with_where_to_look(given: tuple[str, ...]) -> None:
    answer = run(*given)
    assert answer.exit_code == 2
    assert "tenir nature lister" in answer.output


def test_the_page_of_the_documentation_is_up_to_date() -> None:
    assert (DOCS / "natures.md").read_text() == published() + "\n", "make docs"
    assert run("montrer", "--toutes").output == published() + "\n"


def test_a_file_without_a_fault_is_said_valid(mine: Path) -> None:
    answer = run("valider", str(mine))
    assert (answer.exit_code, answer.output) == (0, f"{mine} est valide.\n")


@pytest.mark.parametrize("path", sorted((CONTRATS / "natures").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_kinds_beside_a_contract_are_said_valid(path: Path) -> None:
    assert run("valider", str(path)).exit_code == 0


def test_a_fault_is_told_with_its_line_and_the_command_ends_with_one(mine: Path) -> None:
    mine.write_text(MINE.replace("Heure du conte", "Dossier famille"))
    answer = run("valider", str(mine))
    assert answer.exit_code == 1
    assert answer.output.startswith("ligne 3 · libelle : « Dossier famille » désignerait une personne ou un foyer")
    assert answer.output.endswith(f"{mine} : 1 faute.\n")


def test_faults_are_given_to_a_machine(mine: Path) -> None:
    mine.write_text(MINE.replace("atelier", "attelage"))
    answer = run("valider", str(mine), "--json")
    assert answer.exit_code == 1
    (fault,) = json.loads(answer.output)
    assert (fault["ligne"], fault["chemin"]) == (2, "est")
