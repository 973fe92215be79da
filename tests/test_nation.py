"""A page asks as many questions of the database whatever the size of its contract and the number of the others."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks import nation
from benchmarks.nation import Taille
from benchmarks.pages import PAGES, Page, address, browser
from tenir.habilitations.models import EspaceDeContrat

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]  # without the first no database is made for the fixture

SMALL = Taille(orientations=8, actions=60, signataires=12, indicateurs=15, entrees=40)
LARGE = Taille(orientations=25, actions=200, signataires=24, indicateurs=60, entrees=150)
Counts = dict[str, int]


@pytest.fixture(scope="module")
def counts(django_db_setup: None, django_db_blocker) -> dict[str, Counts]:
    """The queries of each page of a small contract alone, then among two others, and of a large one among them."""
    with django_db_blocker.unblock(), transaction.atomic():
        small = nation.load_and_publish(0, SMALL)
        measure_tables()
        alone = queries(small)
        large = nation.load_and_publish(1, LARGE)
        nation.load_and_publish(2, SMALL)
        measure_tables()
        found = {"alone": alone, "among three": queries(small), "large": queries(large)}
        transaction.set_rollback(True)
    return found


def measure_tables() -> None:
    """Tell PostgreSQL what its tables hold, as it learns by itself on a site: it would plan these pages blind."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def queries(espace: EspaceDeContrat) -> Counts:
    """How many queries each page of a contract takes."""
    return {page.nom: count(page, espace) for page in PAGES}


def count(page: Page, espace: EspaceDeContrat) -> int:
    """How many queries a page takes, which must answer."""
    url, client = address(page, espace), browser(page, espace)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200, url
    return len(caught)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.nom)
def test_a_page_costs_the_same_among_other_contracts(page: Page, counts: dict[str, Counts]) -> None:
    assert counts["among three"][page.nom] == counts["alone"][page.nom] > 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.nom)
def test_a_page_costs_the_same_in_a_large_contract(page: Page, counts: dict[str, Counts]) -> None:
    assert counts["large"][page.nom] == counts["among three"][page.nom] > 0


def test_a_rank_makes_one_contract_that_says_it_is_fictitious() -> None:
    text = nation.contract_text(3, SMALL)
    assert text == nation.contract_text(3, SMALL)
    assert '"fictif": true' in text
    assert text != nation.contract_text(4, SMALL)
