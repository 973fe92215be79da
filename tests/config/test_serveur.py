"""The page of installation, held: its settings are those of the code, its services run what exists."""

import re
from pathlib import Path

from tenir.cli.main import main
from tenir.config.reglages import REGLAGES, wrong

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "installation.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)


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
