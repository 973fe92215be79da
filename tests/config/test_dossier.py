"""Everything that the site writes is for its owner alone, whatever the mask of whoever starts it."""

import os
import subprocess
import sys
from pathlib import Path
from stat import S_IMODE

import pytest

from tenir.config import dossier
from tests.fabriques import BREF, DOCUMENT

ROOT = Path(__file__).parents[2]
ACTS = """
import os, sqlite3, sys
os.umask(0o022)
import django
django.setup()
from pathlib import Path
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import connection
from tenir.cli.main import main
def tenir(*words): main(list(words), standalone_mode=False)
connection.ensure_connection()
sqlite3.connect(sys.argv[3]).backup(connection.connection)
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
tenir("charger", sys.argv[1], "--document", sys.argv[2])
tenir("relever-trace")
default_storage.save("avis/dossier/avis.pdf", ContentFile(b"%PDF-"))
send_mail("Objet", "Texte", None, ["fictive@exemple.fr"])
tenir("sauvegarder", f"{settings.SAUVEGARDES}/a.zip")
tenir("restaurer", f"{settings.SAUVEGARDES}/a.zip", "--remplacer")
tenir("boucle", "--une-fois")
"""


def environment(var: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TENIR_")}
    return kept | {"TENIR_VAR": str(var), "DJANGO_SETTINGS_MODULE": "tenir.config.settings", **more}


def test_nothing_that_is_written_is_read_by_another_account(tmp_path: Path, ailleurs: dict[str, str]) -> None:
    var, backups = tmp_path / "var", tmp_path / "var" / "copies"
    backups.mkdir(parents=True, mode=0o755)
    var.chmod(0o755)
    (tmp_path / "hameau.yaml").write_text(BREF)
    (tmp_path / "hameau.txt").write_text(DOCUMENT)
    migrated = ailleurs["TENIR_VAR"] + "/tenir.sqlite3"  # what it holds is copied into the base that the site made
    given = [str(tmp_path / "hameau.yaml"), str(tmp_path / "hameau.txt"), migrated]
    done = subprocess.run(
        [sys.executable, "-c", ACTS, *given],
        env=environment(var, TENIR_SAUVEGARDES=str(backups), TENIR_LOCAL="1"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    written = {path.relative_to(var).parts[0].partition(".avant")[0] for path in var.rglob("*") if path.is_file()}
    expected = {"tenir.sqlite3", "documents", "courriels", "releves-de-la-trace.csv", "copies", "secret", "statique"}
    assert expected <= written
    backups.chmod(0o700)
    assert [path for path in [var, *var.rglob("*")] if path.stat().st_mode & 0o077] == []


def test_a_folder_left_open_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert dossier.open_folder(tmp_path) == ""
    assert S_IMODE(tmp_path.stat().st_mode) == 0o700
    assert dossier.readable_by_others(tmp_path) == []


def test_what_another_account_reads_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "base").write_text("x")
    (tmp_path / "base").chmod(0o644)
    assert dossier.readable_by_others(tmp_path) == [tmp_path, tmp_path / "base"]


@pytest.mark.parametrize("place", ["/dev/null/tenir", "/dev/null", "/proc/tenir"])
def test_a_folder_that_cannot_serve_is_told_in_one_line(place: str) -> None:
    for command in (["-m", "tenir.cli", "publier", "x"], ["manage.py", "check"]):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment(Path(place)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode
        first, line = done.stderr.splitlines()
        assert first == "Tenir ne démarre pas :"
        assert line.startswith(f"  TENIR_VAR : le dossier {place} ne sert pas, ")


@pytest.mark.skipif(os.geteuid() != 0, reason="seul root peut donner un dossier à un autre compte")
def test_root_does_not_write_beside_the_account_of_the_site(tmp_path: Path) -> None:
    os.chown(tmp_path, 1, 1)
    assert f"sudo -u {tmp_path.owner()}" in dossier.open_folder(tmp_path)
    assert dossier.open_folder(tmp_path, local=True) == ""
