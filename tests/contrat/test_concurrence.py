"""Two loads of one contract at once follow one another: none is lost, none breaks."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from tenir.contrat.chargement import Bilan, ChargementRefuse
from tenir.contrat.models import ActionPrevue, Chargement, VersionDuContrat
from tenir.habilitations.models import EspaceDeContrat
from tests.fabriques import BREF, BROUILLON, charger, correction, edited

pytestmark = pytest.mark.deux_bases

TITRE = "titre: Ouvrir un lieu d’accueil"


def both(*loads: Callable[[], Bilan]) -> list[object]:
    """Start the loads together, each on its own connection; give what each answers or raises."""
    start, answers = threading.Barrier(len(loads)), []

    def run(load: Callable[[], Bilan]) -> None:
        try:
            start.wait(10)
            answers.append(load())
        except Exception as error:
            answers.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(load,)) for load in loads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def two_connections() -> bool:
    """Whether two threads see one database: SQLite in memory gives its own to each."""
    return connection.vendor == "postgresql"


@pytest.mark.django_db
def test_a_load_locks_the_space_of_its_contract(django_assert_num_queries) -> None:
    from django.test.utils import CaptureQueriesContext

    charger()
    with CaptureQueriesContext(connection) as caught:
        charger()
    if connection.features.has_select_for_update:
        assert any("FOR UPDATE" in query["sql"] for query in caught.captured_queries)
    else:
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.django_db(transaction=True)
def test_two_first_loads_at_once_make_one_contract() -> None:
    if not two_connections():
        pytest.skip("deux connexions : PostgreSQL seulement")
    answers = both(charger, charger)
    assert [type(answer) for answer in answers] == [Bilan, Bilan], answers
    assert (EspaceDeContrat.objects.count(), VersionDuContrat.objects.count(), Chargement.objects.count()) == (1, 1, 2)
    assert ActionPrevue.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_once_make_two_versions() -> None:
    if not two_connections():
        pytest.skip("deux connexions : PostgreSQL seulement")
    charger()
    first, second = (edited(BREF, (TITRE, f"titre: {name}")) for name in ("Un", "Deux"))
    answers = both(lambda: charger(first, motif=correction("un")), lambda: charger(second, motif=correction("deux")))
    assert [type(answer) for answer in answers] == [Bilan, Bilan], answers
    assert sorted(VersionDuContrat.objects.values_list("numero", flat=True)) == [1, 2, 3]
    last = VersionDuContrat.objects.get(numero=3)
    assert ActionPrevue.objects.get().titre in last.canonique


@pytest.mark.django_db(transaction=True)
def test_signing_and_replacing_a_draft_at_once_leaves_a_signed_contract() -> None:
    if not two_connections():
        pytest.skip("deux connexions : PostgreSQL seulement")
    charger(BROUILLON)
    answers = both(lambda: charger(BREF), lambda: charger(edited(BROUILLON, (TITRE, "titre: Autre"))))
    assert all(isinstance(answer, (Bilan, ChargementRefuse)) for answer in answers), answers
    assert EspaceDeContrat.objects.get().etat == EspaceDeContrat.Etat.SIGNE
