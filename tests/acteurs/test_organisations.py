"""The organisations of the database, kept in step with the organisations file."""

import pytest

from tenir.acteurs.models import Organisation
from tenir.acteurs.services import sync_organisations
from tenir.fichier.organisations import registry

pytestmark = pytest.mark.django_db


def test_every_organisation_of_the_file_fits_in_the_database() -> None:
    rows = sync_organisations(registry())
    assert set(rows) == set(registry())
    for row in Organisation.objects.all():
        row.full_clean()
        known = registry()[row.identifiant]
        assert (row.nom, row.sigle, row.nature, row.siret) == (
            known.nom,
            known.sigle or "",
            known.nature.value,
            known.siret or "",
        )


def test_the_bodies_above_come_with_a_body() -> None:
    assert set(sync_organisations(["police-municipale-coutras"])) == {"police-municipale-coutras", "commune-coutras"}
    assert set(sync_organisations(["sous-prefecture"])) == {"sous-prefecture", "prefecture", "etat"}


def test_writing_again_keeps_the_rows_and_follows_the_file() -> None:
    kept = sync_organisations(["caf-gironde"])["caf-gironde"].pk
    Organisation.objects.update(nom="Ancien nom")
    assert sync_organisations(["caf-gironde"])["caf-gironde"].pk == kept
    assert Organisation.objects.get().nom == registry()["caf-gironde"].nom


def test_nothing_asked_writes_nothing() -> None:
    assert sync_organisations([]) == {}
    assert not Organisation.objects.exists()


def test_an_unknown_body_is_no_body() -> None:
    with pytest.raises(KeyError):
        sync_organisations(["inconnue"])
