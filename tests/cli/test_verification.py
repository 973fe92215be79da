"""`tenir verifier-installation`: says what is missing, in French, and tries the mail when asked."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from django.utils import timezone

from tenir.cli.main import main
from tenir.core.models import TacheDeFond
from tenir.habilitations.roles import Role
from tests.personnes import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def verify(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Verify an installation in a folder of its own, behind a proxy."""
    settings.VAR, settings.STATIC_ROOT, settings.SAUVEGARDES = tmp_path, tmp_path / "statique", ""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    monkeypatch.setenv("TENIR_HOTES", "tenir.exemple.fr")
    for name in ("TENIR_COUTRAS", "TENIR_CHROMIUM"):
        monkeypatch.delenv(name, raising=False)
    return lambda *words: CliRunner().invoke(main, ["verifier-installation", *words], catch_exceptions=False)


def ready(folder: Path) -> None:
    (folder / "statique").mkdir()
    (folder / "statique" / "staticfiles.json").write_text("{}")
    member("Ada Sommet", Role.ADMINISTRATION)
    TacheDeFond.objects.create(nom="menage", prochaine_le=timezone.now(), battue_le=timezone.now())


def test_a_new_server_is_told_what_it_lacks(verify: Callable[..., Result], settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER, settings.SAUVEGARDES = None, "/dossier/absent"
    answer = verify()
    assert answer.exit_code == 1
    told = {line.split()[0]: line for line in answer.output.splitlines()}
    assert "/dossier/absent" in told["Dossiers"]
    assert "collectstatic" in told["Présentation"]
    assert "TENIR_MANDATAIRE=1" in told["Mandataire"]
    assert "creer-administrateur" in told["Compte"]
    assert "jamais tourné" in told["Boucle"]
    assert [told[name].split(maxsplit=1)[1] for name in ("Base", "Tables", "Réglages")] == ["en ordre"] * 3


def test_a_server_that_lacks_nothing_is_told_so(verify: Callable[..., Result], tmp_path: Path) -> None:
    ready(tmp_path)
    answer = verify()
    assert (answer.exit_code, answer.output.splitlines()[-1]) == (0, "Tout est en ordre.")


def test_a_loop_that_stopped_is_seen(verify: Callable[..., Result], tmp_path: Path) -> None:
    ready(tmp_path)
    TacheDeFond.objects.update(battue_le=timezone.now() - timedelta(hours=1))
    assert "ne tourne plus" in verify().output


def test_settings_that_are_wrong_missing_or_mistyped_are_told(
    verify: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TENIR_HOTES")
    monkeypatch.setenv("TENIR_HOTE", "x")
    monkeypatch.setenv("TENIR_SMTP", "serveur:25")
    answer = verify()
    assert answer.exit_code == 1
    assert [
        word
        for word in ("TENIR_HOTES manque", "TENIR_HOTE n’est pas", "TENIR_SMTP s’écrit")
        if word not in answer.output
    ] == []


def test_a_test_mail_leaves_when_asked(verify: Callable[..., Result], tmp_path: Path) -> None:
    ready(tmp_path)
    assert verify("--courriel", "ada@exemple.test").exit_code == 0
    assert mail.outbox[0].to == ["ada@exemple.test"]


def test_a_mail_server_that_does_not_answer_is_told_without_a_traceback(
    verify: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*given: object) -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    ready(tmp_path)
    monkeypatch.setattr("django.core.mail.send_mail", refuse)
    answer = verify("--courriel", "ada@exemple.test")
    assert answer.exit_code == 1
    assert "Courriel     ne répond pas" in answer.output
