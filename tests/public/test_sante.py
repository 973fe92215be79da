"""The page of a monitor: 200 while the site works, 503 when it does not, and no secret in it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from tenir.core.models import TacheDeFond
from tenir.core.taches import note

NOW = timezone.now()


def beat(minutes: int) -> None:
    at = timezone.now() - timedelta(minutes=minutes)
    TacheDeFond.objects.create(nom="menage", prochaine_le=at, battue_le=at)


def test_a_site_that_works_says_so_as_a_page_and_as_json(client: Client, db: None) -> None:
    beat(1)
    note("relever-trace", debut=NOW, bilan="Fait.")
    answer = client.get("/sante")
    assert answer.status_code == 200
    assert "Le site fonctionne<" in answer.content.decode()
    facts = client.get("/sante.json").json()
    assert [facts[name] for name in ("bonne", "base", "migrations")] == [True, True, True]
    assert facts["boucle"]
    assert facts["releve_de_la_trace"]


def test_a_loop_that_never_ran_is_told_and_one_that_stopped_is_an_alarm(client: Client, db: None) -> None:
    assert client.get("/sante.json").json()["boucle"] is None
    assert client.get("/sante").status_code == 200
    beat(16)
    answer = client.get("/sante")
    assert answer.status_code == 503
    assert "(arrêtée)" in answer.content.decode()


def test_a_database_that_is_down_answers_503_without_an_error_page(client: Client, db: None, monkeypatch) -> None:
    def down(*given: object) -> None:
        raise OperationalError("could not connect to server, password=secret")

    monkeypatch.setattr("tenir.core.sante.migrated", down)
    for address in ("/sante", "/sante.json"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert b"secret" not in answer.content


def test_a_disk_that_takes_no_write_is_an_alarm(client: Client, db: None, settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path / "gone"
    answer = client.get("/sante")
    assert answer.status_code == 503
    assert "rien ne s’enregistre" in answer.content.decode()


def test_tables_of_another_version_are_an_alarm(client: Client, db: None) -> None:
    with connection.cursor() as cursor:
        last = "(SELECT MAX(name) FROM django_migrations WHERE app = 'core')"
        cursor.execute(f"DELETE FROM django_migrations WHERE app = 'core' AND name = {last}")  # noqa: S608
    assert client.get("/sante.json").json() == {
        "bonne": False,
        "base": True,
        "migrations": False,
        "ecriture": True,
        "boucle": None,
        "releve_de_la_trace": None,
        "endormi": False,
        "plus_ancien_courriel_en_attente": None,
    }
    assert "à mettre à jour" in client.get("/sante").content.decode()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_monitor_on_this_machine_asks_in_plain_http(client: Client, db: None, settings, host: str) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/sante.json", headers={"host": host}).status_code == 200
    assert client.get("/", headers={"host": host}).status_code == 301


def test_the_page_tells_no_version_no_path_and_opens_no_session(client: Client, db: None, settings) -> None:
    answer = client.get("/sante")
    shown = answer.content.decode()
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    assert [word for word in (str(settings.VAR), "0.1.0", connection.vendor, "Django") if word in shown] == []
