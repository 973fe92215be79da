"""`tenir verifier-installation`: says what is missing, in French, and tries the mail when asked."""

import os
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from django.utils import timezone

from tenir.cli.main import main
from tenir.config.reglages import REGLAGES
from tenir.core.models import TacheDeFond
from tenir.habilitations.roles import Role
from tests.personnes import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def verify(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Verify an installation in a folder of its own, behind a proxy."""
    settings.VAR, settings.STATIC_ROOT, settings.SAUVEGARDES = tmp_path, tmp_path / "statique", ""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.LOCAL, settings.ALLOWED_HOSTS = False, ["tenir.exemple.fr"]
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECRET_KEY, settings.SECURE_HSTS_SECONDS = secrets.token_urlsafe(64), 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    for name in os.environ:
        if name.startswith("TENIR_"):
            monkeypatch.delenv(name)
    for reglage in REGLAGES:
        if reglage.served or reglage.attendu:
            monkeypatch.setenv(reglage.nom, reglage.exemple)
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
    monkeypatch.setattr("tenir.core.lettre.post", refuse)
    answer = verify("--courriel", "ada@exemple.test")
    assert answer.exit_code == 1
    assert "Courriel     ne répond pas" in answer.output


SERVED = [reglage.nom for reglage in REGLAGES if reglage.served or reglage.attendu]


@pytest.mark.parametrize("name", SERVED)
def test_each_setting_that_a_server_lacks_is_told(
    verify: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    ready(tmp_path)
    monkeypatch.delenv(name)
    answer = verify()
    assert answer.exit_code == 1
    assert f"{name} manque" in answer.output


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TENIR_LOCAL", "1"),
        ("TENIR_DEMONSTRATION", "1"),
        ("TENIR_HOTES", "tenir.exemple.fr:8000"),
        ("TENIR_HOTES", ".exemple.fr"),
        ("TENIR_HOTES", "*"),
        ("TENIR_ADRESSE", "http://tenir.exemple.fr"),
        ("TENIR_ADRESSE", "https://ailleurs.exemple.fr"),
        ("TENIR_ADRESSE", "https://tenir.exemple.fr/"),
    ],
)
def test_what_no_server_should_have_is_told(
    verify: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    ready(tmp_path)
    monkeypatch.setenv(name, value)
    answer = verify()
    assert answer.exit_code == 1
    assert f"Réglages     {name}" in answer.output


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEBUG", True), ("SESSION_COOKIE_SECURE", False), ("SECURE_SSL_REDIRECT", False), ("SECRET_KEY", "court")],
)
def test_what_django_finds_dangerous_is_told(
    verify: Callable[..., Result], settings, tmp_path: Path, name: str, value: object
) -> None:
    ready(tmp_path)
    setattr(settings, name, value)
    answer = verify()
    assert answer.exit_code == 1
    assert "Django       security.W" in answer.output


def test_files_that_another_account_reads_are_told(verify: Callable[..., Result], tmp_path: Path) -> None:
    ready(tmp_path)
    tmp_path.chmod(0o755)
    answer = verify()
    assert answer.exit_code == 1
    assert f"lisent {tmp_path} : chmod 700 {tmp_path}." in answer.output
