"""What is written is seen, whatever the statement; what is taken back is not written."""

import pytest
from django.db import connection, transaction

from tenir.acteurs.models import Organisation
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tests.ecrits import written
from tests.personnes import body
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases


def test_a_row_made_changed_or_removed_is_seen(vallon: EspaceDeContrat) -> None:
    for change in (
        lambda: body("caf"),
        lambda: Organisation.objects.update(nom="Autre"),
        lambda: Organisation.objects.bulk_create([Organisation(identifiant="x", nom="X", nature="association")]),
        lambda: Organisation.objects.all().delete(),
    ):
        with written() as seen:
            change()
        assert [*seen.changed()] == [Organisation._meta.db_table]


def test_a_link_between_two_rows_is_seen(vallon: EspaceDeContrat) -> None:
    of, ccas = fiche(vallon, "O61-A01"), body("ccas")
    with written() as seen:
        of.prescripteurs.add(ccas)
    assert [*seen.changed()] == [FicheAction.prescripteurs.through._meta.db_table]


def test_what_is_taken_back_or_set_apart_is_not_written(vallon: EspaceDeContrat) -> None:
    with written() as seen, transaction.atomic():
        body("caf")
        transaction.set_rollback(True)
    assert seen.changed() == {}
    with written(apart=[Organisation]) as seen:
        body("caf")
    assert seen.changed() == {}


def test_a_statement_of_an_unknown_kind_is_refused(vallon: EspaceDeContrat) -> None:
    with written(), connection.cursor() as cursor, pytest.raises(LookupError, match="ALTER"):
        cursor.execute("ALTER TABLE acteurs_organisation ADD COLUMN x integer")
