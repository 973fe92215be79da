"""The JSON Schema that anyone may check a contract file with, without Tenir."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from tenir.fichier import schema
from tests.fabriques import BREF, SHIPPED, edited

ROOT = Path(__file__).parents[2]
PUBLISHED = Draft202012Validator(json.loads((ROOT / "docs" / "contrat.schema.json").read_text("utf-8")))


def test_the_published_schema_is_that_of_the_models() -> None:
    Draft202012Validator.check_schema(PUBLISHED.schema)
    assert json.loads(schema.json_schema()) == PUBLISHED.schema


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_contract_follows_the_published_schema(path: Path) -> None:
    assert [error.message for error in PUBLISHED.iter_errors(yaml.safe_load(path.read_text("utf-8")))] == []


@pytest.mark.parametrize(
    "change",
    [
        ("slug: hameau-2024-2030", "slug: Hameau"),
        ("slug: hameau-2024-2030", "slog: hameau"),
        ("  titre: Contrat de ville du Hameau\n", ""),
        ("code: O01-A01", "code: A01"),
        ("source: 4-6", "source: quatre"),
        ("nature: droit commun", "nature: autre"),
        ("debut: 2024", "debut: 1789"),
        ("statut: contestée", "statut: louche"),
    ],
)
def test_the_schema_alone_finds_what_is_wrong(change: tuple[str, str]) -> None:
    assert PUBLISHED.is_valid(yaml.safe_load(BREF))
    assert not PUBLISHED.is_valid(yaml.safe_load(edited(BREF, change)))
