"""What the documentation says is true: examples load, generated pages are up to date, links lead somewhere."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from tenir.fichier import canonique, schema
from tenir.fichier.document import read_document
from tenir.fichier.validation import validate

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
CONTRACTS = sorted(ROOT.glob("contrats/**/*.yaml"))


def fenced(page: Path, language: str) -> str:
    """The first block of code of a page in one language."""
    found = re.search(rf"^```{language}\n(.*?)^```", page.read_text(), re.M | re.S)
    assert found, f"{page.name} holds no {language}"
    return found.group(1)


def test_the_reference_page_is_up_to_date() -> None:
    assert (DOCS / "fichier-contrat-reference.md").read_text() == schema.reference_page(), "make docs"


def test_the_published_schema_is_up_to_date() -> None:
    assert (DOCS / "contrat.schema.json").read_text() == schema.json_schema() + "\n", "make docs"


def test_every_field_of_the_published_schema_says_what_it_means() -> None:
    made = json.loads(schema.json_schema())
    silent = [
        f"{name}.{field}"
        for name, definition in {schema.ROOT: made, **made["$defs"]}.items()
        for field, facts in definition.get("properties", {}).items()
        if not facts["description"]
    ]
    assert silent == []


def test_the_reference_gives_no_sentence_to_a_field_that_is_gone() -> None:
    made = json.loads(schema.json_schema())
    fields = {
        known
        for name, definition in {schema.ROOT: made, **made["$defs"]}.items()
        for field in definition.get("properties", {})
        for known in (field, f"{name}.{field}")
    }
    assert schema.SENS.keys() - fields == set()


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda path: path.stem)
def test_the_published_schema_accepts_the_contracts_shipped(contract: Path) -> None:
    jsonschema.validate(canonique.parse(contract.read_text())[0], json.loads(schema.json_schema()))


@pytest.mark.parametrize(
    ("printed", "broken"),
    [
        ("code: O01-A01", "code: action-1"),
        ("titre: Apprendre", "titel: Apprendre"),
        ("fictif: true", "fictif: peut-être"),
    ],
)
def test_the_published_schema_refuses_a_faulty_file(printed: str, broken: str) -> None:
    example = fenced(DOCS / "fichier-contrat.md", "yaml")
    assert printed in example
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(canonique.parse(example.replace(printed, broken))[0], json.loads(schema.json_schema()))


def test_the_example_of_a_contract_file_is_valid_line_by_line() -> None:
    page = DOCS / "fichier-contrat.md"
    written = fenced(page, "yaml")
    spans = canonique.load(written).spans_of_names
    document = read_document(fenced(page, "text").encode(), spans)
    assert validate(written, document).fautes == ()
    assert "Jeanne Modèle" not in "\n".join(document.lignes)


def test_the_example_of_a_contract_file_is_canonical() -> None:
    written = fenced(DOCS / "fichier-contrat.md", "yaml")
    assert canonique.dump(canonique.load(written)) == written


def test_the_faults_shown_are_those_that_a_mistyped_field_brings() -> None:
    page = DOCS / "fichier-contrat.md"
    mistyped = fenced(page, "yaml").replace("libelle: dont", "libele: dont")
    for fault in validate(mistyped).fautes:
        assert str(fault) in page.read_text()
