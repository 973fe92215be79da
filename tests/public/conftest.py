"""The contracts that the pages are tested on, loaded once a module, then rolled back.

`fictif` is the shipped fictitious contract with its document; `petit` holds one item of each kind, `vide` none.
All three are public. Browser journeys, which commit, load theirs by `load_and_publish`.
"""

import csv
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tenir.contrat.chargement import load_contract
from tenir.fichier import canonique
from tenir.fichier.document import read_document
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.services import publish
from tests.pages import html_of
from tests.partage import shared, undone
from tests.public.site import Page, read_everywhere, walked

HERE = Path(__file__).parent
FICTIF = HERE.parents[1] / "contrats/fictif/virelande-fictif-2024-2030.yaml"


def load_and_publish(contract: Path, document: Path | None = None) -> EspaceDeContrat:
    """Load a contract file, with its signed document when given, and make it public."""
    text = contract.read_text()
    spans = canonique.load(text).spans_of_names
    signed = read_document(document.read_bytes(), spans) if document else None
    bilan = load_contract(text, commande="tests", document=signed)
    return publish(bilan.espace.slug, commande="tests")


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, EspaceDeContrat]]:
    """The three contracts, in a transaction around the tests of a module."""
    with shared(django_db_blocker, load_all) as loaded:
        yield loaded


def load_all() -> dict[str, EspaceDeContrat]:
    """The three contracts, by their names here."""
    return {
        "fictif": load_and_publish(FICTIF, FICTIF.with_suffix(".txt")),
        "petit": load_and_publish(HERE / "petit.yaml"),
        "vide": load_and_publish(HERE / "vide.yaml"),
    }


def _contract(name: str) -> Callable[..., EspaceDeContrat]:
    def contract(_loaded: dict[str, EspaceDeContrat], db: None) -> EspaceDeContrat:
        """A public contract."""
        return EspaceDeContrat.objects.get(pk=_loaded[name].pk)

    return pytest.fixture(contract, name=name)


fictif = _contract("fictif")
petit = _contract("petit")
vide = _contract("vide")


KEPT: dict[str, Page] = {}
"""The site walked once for this process: what it says of the shipped contract depends on no row made since."""


@pytest.fixture(scope="module")
def whole(_loaded: dict[str, EspaceDeContrat], django_db_blocker) -> dict[str, Page]:
    """Every page and file of the fictitious contract that can be reached, a marker in its readings."""
    with django_db_blocker.unblock(), undone():
        if not KEPT:
            read_everywhere(_loaded["fictif"])
            KEPT.update(walked(_loaded["fictif"]))
    return KEPT


@pytest.fixture
def page(client: Client) -> Callable[..., str]:
    """The HTML of a page that must answer 200: `page(fictif, "actions/", q="emploi")`."""

    def read(espace: EspaceDeContrat, path: str = "", **query: str) -> str:
        response = client.get(f"/contrats/{espace.slug}/{path}", query)
        assert response.status_code == 200, f"{path} : {response.status_code}"
        return html_of(response)

    return read


@pytest.fixture
def queries(client: Client) -> Callable[[EspaceDeContrat, str], int]:
    """How many queries a page takes: `queries(fictif, "actions/") == queries(petit, "actions/")`."""

    def count(espace: EspaceDeContrat, path: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/contrats/{espace.slug}/{path}").status_code == 200
        return len(caught)

    return count


@pytest.fixture
def exported(client: Client) -> Callable[..., list[dict[str, str]]]:
    """The rows of a CSV export, by column: `exported(fictif, "actions.csv", q="emploi")`."""

    def read(espace: EspaceDeContrat, path: str, **query: str) -> list[dict[str, str]]:
        response = client.get(f"/contrats/{espace.slug}/{path}", query)
        assert response.status_code == 200, f"{path} : {response.status_code}"
        return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))

    return read


@pytest.fixture
def codes(exported: Callable[..., list[dict[str, str]]]) -> Callable[..., list[str]]:
    """The codes of an export, in its order: `codes(fictif, "actions.csv", axe="A")`."""
    return lambda espace, path, **query: [row["Code"] for row in exported(espace, path, **query)]
