"""A command starts with what it needs: what is slow to import waits for who asks for it. Nothing here is timed."""

import subprocess
import sys
from pathlib import Path

import pytest

LOADED = """
import sys, sysconfig
from pathlib import Path
site = Path(sysconfig.get_paths()["purelib"]).resolve()
files = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
here = {name.partition(".")[0] for name, file in files.items() if file and Path(file).resolve().is_relative_to(site)}
print("loaded:", *sorted(here))
"""
"""Prints the packages installed beside Tenir that a program has imported so far."""
HELP = {"click"}
SITE = HELP | {
    *("allauth", "asgiref", "csp", "dj_database_url", "django", "django_filters", "packaging", "sqlparse"),
    *("typing_extensions", "whitenoise"),
}
"""What Django and the rooms import to be set up: no spreadsheet, no document, no model of the contract file."""
START = "import sys; from tenir.cli.main import main\n"
SET_UP = START + "import django; django.setup()\n"


def loaded(code: str) -> set[str]:
    """The packages that a program imports, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", code + LOADED], capture_output=True, text=True, check=True)
    told = next(line for line in done.stdout.splitlines() if line.startswith("loaded:"))
    return {name for name in told.split()[1:] if not name.startswith(("_", "tenir"))}


def test_asking_for_help_imports_nothing_but_the_commands() -> None:
    code = START + "main(['--help'], standalone_mode=False)\nassert 'django.db' not in sys.modules\n"
    assert loaded(code) - {"django"} <= HELP


def test_the_site_is_set_up_without_what_only_some_of_its_pages_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TENIR_BASE", raising=False)  # SQLite: no driver of another database either
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tenir.config.settings_test")
    assert loaded(SET_UP) <= SITE


def test_checking_a_contract_file_imports_neither_the_site_nor_the_reader() -> None:
    shipped = Path(__file__).parents[2] / "contrats" / "fictif" / "virelande-fictif-2024-2030.yaml"
    run = f"main(['formater', '--verifier', {str(shipped)!r}], standalone_mode=False)\n"
    unread = (
        "read = {name for name in sys.modules if name.startswith(('tenir.lecteur', 'tenir.core', 'django.db'))}\n"
        "assert read <= {'tenir.core', 'tenir.core.version'}, read\n"
    )
    assert {"pydantic", "yaml"} <= loaded(START + run + unread)


def test_what_a_program_imports_is_seen() -> None:
    assert "xlsxwriter" in loaded("import xlsxwriter\n")
