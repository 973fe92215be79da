"""The page of installation, held: its settings are those of the code, its services run what exists."""

import re
import shlex
import string
import subprocess
from pathlib import Path
from urllib.parse import quote

import dj_database_url
import pytest

from tenir.cli.main import main
from tenir.config.courriel import mail_settings
from tenir.config.reglages import REGLAGES, wrong
from tests.routes import LIEN, routes, stated

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "installation.md").read_text()


def blocks(language: str) -> list[str]:
    fences = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.M | re.S)
    return [written for told, written in fences if told == language]


def test_the_table_of_settings_is_that_of_the_code() -> None:
    told = re.findall(r"^\| `(TENIR_\w+)` \| (.*) \| (.*) \|$", PAGE, re.M)
    assert told == [(reglage.nom, reglage.sens, reglage.defaut) for reglage in REGLAGES]


def test_the_file_of_settings_shown_is_right() -> None:
    shown = settings_shown()
    given = dict(word.split("=", 1) for line in shown.splitlines() for word in shlex.split(line))
    assert len(given) == len(shown.splitlines())
    assert wrong(given) == []
    assert given.keys() <= {reglage.nom for reglage in REGLAGES}


def test_every_command_of_the_page_exists() -> None:
    commands = set(re.findall(r"^tenir ([a-z][a-z-]+)", "\n".join(blocks("sh")), re.M)) | set(
        re.findall(r"`tenir ([a-z][a-z-]+)", PAGE)
    )
    assert commands
    assert commands - set(main.commands) == set()


def test_the_services_of_the_page_start_the_site_once_and_the_loop() -> None:
    site, loop = blocks("ini")
    assert "gunicorn tenir.config.wsgi:application --preload" in site  # a wrong setting stops it, with its lines
    assert "tenir boucle" in loop
    assert "/var/backups/tenir" in loop


@pytest.mark.parametrize(
    "line", ["UMask=0077", "NoNewPrivileges=true", "CapabilityBoundingSet=", "ProtectSystem=strict"]
)
def test_the_services_of_the_page_hold_no_more_than_they_need(line: str) -> None:
    assert all(line in service.splitlines() for service in blocks("ini"))


def secret_links() -> list[str]:
    """An address of each route whose secret opens it."""
    named = [name for name, route in stated().items() if route.droit == LIEN]
    assert named
    patterns = {str(route.name): str(route.pattern) for route in routes()}
    return ["/" + re.sub(r"<(\w+:)?\w+>", "12-abcdef", patterns[name]) for name in named]


def test_the_logs_of_the_page_hide_the_secret_of_every_link() -> None:
    (nginx,) = re.findall(r'"~(\^.*)"', "\n".join(blocks("nginx")))
    (caddy,) = re.findall(r'regexp "(.*)" "', "\n".join(blocks("")))
    for link in secret_links():
        found = re.search(nginx.replace("(?<", "(?P<"), link)
        assert found, link
        assert "abcdef" not in found["avant"]
        assert re.sub(caddy, r"\1…", link).startswith("/")
        assert "/…" in re.sub(caddy, r"\1…", link)


def test_the_pages_of_the_proxy_are_in_the_repository() -> None:
    named = set(re.findall(r"/(\d{3}\.html)", "\n".join([*blocks("nginx"), *blocks("")])))
    kept = {path.name: path.read_text() for path in (ROOT / "docs" / "mandataire").iterdir()}
    assert named == kept.keys() == {"413.html", "502.html"}
    assert all('lang="fr"' in page and "<h1>" in page for page in kept.values())


PASSWORD = string.punctuation + "a1é"


def read_by_a_shell(file: Path) -> dict[str, str]:
    """What `. FILE` gives the commands of a terminal, and of the line of cron."""
    script = f"set -a && . {file} && set +a && env -0"
    done = subprocess.run(["sh", "-c", script], env={"PATH": "/bin:/usr/bin"}, capture_output=True, check=True)
    return dict(line.split("=", 1) for line in done.stdout.decode().split("\0") if line.startswith("TENIR_"))


def read_by_a_service(file: Path) -> dict[str, str]:
    """What `EnvironmentFile` gives a service (systemd.exec): between single quotes, nothing is changed."""
    lines = [re.fullmatch(r"(\w+)='([^']*)'", line) for line in file.read_text().splitlines()]
    assert all(lines)
    return {line[1]: line[2] for line in lines if line}


def test_a_password_of_any_sign_is_the_same_in_a_terminal_and_in_a_service(tmp_path: Path) -> None:
    quoted = quote(PASSWORD, safe="")
    (tmp_path / "tenir.env").write_text(
        f"TENIR_BASE='postgres://tenir:{quoted}@serveur:5432/tenir'\n"
        f"TENIR_SMTP='smtps://nom:{quoted}@courriel.exemple.fr:465'\n"
        "TENIR_EDITEUR='Ville & agglomération \"fictive\" à 5 $ ; \\n'\n"
    )
    given = read_by_a_shell(tmp_path / "tenir.env")
    assert given == read_by_a_service(tmp_path / "tenir.env")
    assert wrong(given) == []
    assert dj_database_url.parse(given["TENIR_BASE"])["PASSWORD"] == PASSWORD
    assert mail_settings(given["TENIR_SMTP"], tmp_path)["EMAIL_HOST_PASSWORD"] == PASSWORD


def test_every_value_of_the_page_is_between_single_quotes() -> None:
    assert all(re.fullmatch(r"TENIR_\w+='[^']*'", line) for line in settings_shown().splitlines())


def settings_shown() -> str:
    """The file of settings of the page."""
    (shown,) = (block for block in blocks("sh") if block.startswith("TENIR_HOTES"))
    return shown
