"""The page of installation, held: its settings are those of the code, its services run what exists."""

import re
from pathlib import Path

import pytest

from tenir.cli.main import main
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
    (shown,) = (block for block in blocks("sh") if block.startswith("TENIR_HOTES"))
    given = {name: value.strip('"') for name, value in (line.split("=", 1) for line in shown.splitlines())}
    assert wrong(given) == []
    assert given.keys() <= {reglage.nom for reglage in REGLAGES}


def test_every_command_of_the_page_exists() -> None:
    commands = set(re.findall(r"^tenir ([a-z-]+)", "\n".join(blocks("sh")), re.M)) | set(
        re.findall(r"`tenir ([a-z-]+)", PAGE)
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
