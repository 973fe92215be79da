"""`tenir lire`: what it writes, what it says, what it refuses."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tenir.cli.main import main
from tenir.fichier import canonique
from tenir.fichier.validation import validate

FICTIF = Path("contrats/fictif/virelande-fictif-2024-2030.txt")
CURATED = Path("contrats/fictif/virelande-fictif-2024-2030.yaml")


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["lire", *map(str, arguments)])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which all that it writes was written."""
    folder = tmp_path_factory.mktemp("lire")
    draft, report, text = folder / "projet.yaml", folder / "rapport.html", folder / "texte.txt"
    result = _run(FICTIF, "--sortie", draft, "--rapport", report, "--document-normalise", text)
    assert result.exit_code == 0, result.output
    return folder


def test_it_writes_a_draft_a_report_and_the_normalised_text(written: Path) -> None:
    draft, report, text = written / "projet.yaml", written / "rapport.html", written / "texte.txt"
    assert validate(draft.read_text(encoding="utf-8")).fautes == ()
    contrat = canonique.load(draft.read_text(encoding="utf-8"))
    assert contrat.document is not None
    assert contrat.document.lignes == len(text.read_text(encoding="utf-8").splitlines())
    assert "À trancher d’abord" in report.read_text(encoding="utf-8")
    assert contrat.identite.signature is None


def test_the_report_masks_names_of_persons(written: Path, tmp_path: Path) -> None:
    _run(FICTIF, "--rapport", tmp_path / "rapport.txt")
    for path in (tmp_path / "rapport.txt", written / "rapport.html"):
        report = path.read_text(encoding="utf-8")
        assert "FICTIVE" not in report
        assert "[nom masqué]" in report


def test_it_agrees_with_the_curated_file() -> None:
    result = _run(FICTIF, "--comparer", CURATED)
    assert result.exit_code == 0, result.output
    assert "dont 0 inexpliqué." in result.output


def test_an_unexplained_difference_is_said_and_fails(tmp_path: Path) -> None:
    other = tmp_path / "autre.yaml"
    other.write_text(CURATED.read_text(encoding="utf-8").replace("valeur: 46.2\n", "valeur: 64.2\n"), encoding="utf-8")
    result = _run(FICTIF, "--comparer", other)
    assert result.exit_code == 1
    assert "O01-D01, valeur" in result.output


@pytest.mark.parametrize("text", ["Entrée\n\nPotage du jour\nTarte aux pommes\n", "Il était une fois. " * 400])
def test_what_is_no_contract_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    document, draft = tmp_path / "menu.txt", tmp_path / "projet.yaml"
    document.write_text(text, encoding="utf-8")
    result = _run(document, "--sortie", draft)
    assert result.exit_code == 2
    assert "est-ce bien un contrat de ville ?" in result.output
    assert not draft.exists()
