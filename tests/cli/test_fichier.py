"""The commands on contract files: what succeeds, what is refused, and that a refusal writes nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tenir.cli.main import main
from tests.fabriques import BREF, DOCUMENT, edited

LOOSE = BREF.replace("slug: hameau-2024-2030", "slug:   'hameau-2024-2030'   # remarque")
FAULTY = edited(BREF, ("debut: 2024", "debut: abc"))


def tenir(*arguments: object) -> Result:
    """Run a command; an exception that is no refusal fails the test."""
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def write(tmp_path: Path):
    def write_file(content: str | bytes, name: str = "contrat.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


# ── formater ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_formater_gives_a_file_its_canonical_form(write) -> None:
    path = write(LOOSE)
    result = tenir("formater", path)
    assert (result.exit_code, result.output) == (0, f"{path} est mis sous sa forme canonique.\n")
    assert path.read_bytes() == BREF.encode()


def test_formater_leaves_a_canonical_file_alone(write) -> None:
    path = write(BREF)
    before = path.stat().st_mtime_ns
    assert tenir("formater", path).output == f"{path} est déjà sous sa forme canonique.\n"
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize("content", [LOOSE, BREF.replace("\n", "\r\n"), "\ufeff" + BREF, BREF + "\n"])
def test_formater_verifier_says_what_is_not_canonical_and_writes_nothing(write, content: str) -> None:
    path = write(content)
    result = tenir("formater", "--verifier", path)
    assert result.exit_code == 1
    assert "n’est pas sous sa forme canonique" in result.stderr
    assert path.read_bytes() == content.encode()


def test_formater_verifier_accepts_a_canonical_file(write) -> None:
    assert tenir("formater", "--verifier", write(BREF)).exit_code == 0


@pytest.mark.parametrize("content", [FAULTY, "a: b: c", "", b"\xff\xfe"])
def test_formater_refuses_what_is_no_contract_and_writes_nothing(write, content: str | bytes) -> None:
    path = write(content)
    before = path.read_bytes()
    result = tenir("formater", path)
    assert result.exit_code == 2
    assert result.stderr.startswith("Refusé : ")
    assert path.read_bytes() == before


# ── valider ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_valider_accepts_a_valid_file(write) -> None:
    path = write(BREF)
    assert tenir("valider", path).output == f"{path} est valide.\n"
    assert tenir("valider", path, "--document", write(DOCUMENT, "document.txt")).exit_code == 0
    assert tenir("valider", path, "--json").output == "[]\n"


def test_valider_says_the_line_the_path_the_fault_and_the_remedy(write) -> None:
    path = write(FAULTY)
    result = tenir("valider", path)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "ligne 12 · identite › periode › debut : « abc » n’est pas un nombre entier. Écrivez un nombre entier.",
        f"{path} : 1 faute.",
    ]


def test_valider_counts_several_faults(write) -> None:
    path = write(edited(FAULTY, ("insee: '99001'", "insee: x")))
    assert tenir("valider", path).output.splitlines()[-1] == f"{path} : 2 fautes."


def test_valider_answers_in_json(write) -> None:
    result = tenir("valider", "--json", write(FAULTY))
    assert result.exit_code == 1
    assert json.loads(result.output) == [
        {
            "ligne": 12,
            "chemin": "identite › periode › debut",
            "message": "« abc » n’est pas un nombre entier.",
            "remede": "Écrivez un nombre entier.",
        }
    ]


def test_valider_checks_the_lines_of_the_document(write) -> None:
    path = write(edited(BREF, ("source: 4-6", "source: 4-5")))
    result = tenir("valider", path, "--document", write(DOCUMENT, "document.txt"))
    assert result.exit_code == 1
    assert "la ligne 6 du document n’appartient à rien." in result.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bytes(range(128, 256)), "n’est pas du texte"),
        (b"", "est vide"),
        (b"a\0b", "n’est pas du texte"),
        (b"\x89PNG\r\n", "image"),
    ],
)
def test_valider_refuses_what_is_no_document(write, content: bytes, said: str) -> None:
    result = tenir("valider", write(BREF), "--document", write(content, "document.txt"))
    assert result.exit_code == 2
    assert said in result.stderr


# ── comparer, compter, schema, reference ──────────────────────────────────────────────────────────────────────────


def test_comparer_says_what_changes(write) -> None:
    other = edited(BREF, ("titre: Aider les parents", "titre: Aider"))
    result = tenir("comparer", write(BREF), write(other, "autre.yaml"))
    assert (result.exit_code, result.output) == (
        0,
        "S01-E01 (engagement), titre : « Aider les parents » devient « Aider ».\n",
    )


def test_comparer_answers_in_json(write) -> None:
    other = edited(BREF, ("valeur: 12.50", "valeur: 13"))
    result = tenir("comparer", "--json", write(BREF), write(other, "autre.yaml"))
    assert [change["code"] for change in json.loads(result.output)] == ["O01-D02"]


def test_comparer_says_when_nothing_changes(write) -> None:
    path = write(BREF)
    assert tenir("comparer", path, write(LOOSE, "autre.yaml")).output == "Les deux fichiers disent la même chose.\n"
    assert tenir("comparer", path, path, "--json").output == "[]\n"


def test_compter_counts_each_orientation(write) -> None:
    lines = tenir("compter", write(BREF)).output.splitlines()
    assert lines[0].split() == [
        "données",
        "objectifs",
        "en",
        "prose",
        "actions",
        "sous-act.",
        "pilotes",
        "crédits",
        "vides",
    ]
    assert lines[1].split()[:9] == ["O01", "2", "0", "0", "1", "0", "0", "1", "1"]
    assert lines[2].split() == ["total", "2", "0", "0", "1", "0", "0", "1", "1"]
    assert "1 signataire" in lines


def test_compter_answers_in_json(write) -> None:
    counted = json.loads(tenir("compter", "--json", write(BREF)).output)
    assert (counted["signataires"], counted["orientations"][0]["donnees"]) == (1, 2)


@pytest.mark.parametrize("command", [("compter",), ("comparer",)])
def test_a_faulty_file_is_refused_with_its_faults(write, command: tuple[str, ...]) -> None:
    path = write(FAULTY)
    result = tenir(*command, path, *([path] if command == ("comparer",) else []))
    assert result.exit_code == 2
    assert "n’est pas un fichier contrat valide :\n  ligne 12" in result.stderr
    assert result.stdout == ""


def test_schema_and_reference_write_what_is_published() -> None:
    docs = Path(__file__).parents[2] / "docs"
    assert tenir("schema").output == (docs / "contrat.schema.json").read_text("utf-8")
    assert tenir("reference").output == (docs / "fichier-contrat-reference.md").read_text("utf-8")


def test_a_draft_is_valid_with_the_very_document_it_was_read_from(tmp_path: Path) -> None:
    """A PDF or a Word file stands for the normalised text that the reader makes of it."""
    word, draft = Path("contrats/fictif/virelande-fictif-2024-2030.docx"), tmp_path / "projet.yaml"
    assert tenir("lire", str(word), "--sortie", str(draft)).exit_code == 0
    told = tenir("valider", str(draft), "--document", str(word))
    assert "ce n’est pas le document attendu" not in told.output
    other = tmp_path / "autre.txt"
    other.write_text("Un autre texte.\n", encoding="utf-8")
    assert "ce n’est pas le document attendu" in tenir("valider", str(draft), "--document", str(other)).output
