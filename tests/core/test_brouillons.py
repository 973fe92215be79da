"""A backup or a restore killed in the middle leaves nothing that the next start does not remove."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tenir.cli.main import main
from tenir.core.sauvegarde.brouillons import draft_file, draft_folder, sweep

HOLD = """
import sys
from pathlib import Path
from tenir.core.sauvegarde.brouillons import draft_file, draft_folder
with draft_file(Path(sys.argv[1]), ".sauvegarde-") as (path, out), draft_folder(Path(sys.argv[1])) as folder:
    (folder / "avis.pdf").write_bytes(b"x")
    print("prêt", flush=True)
    sys.stdin.read()
"""


def killed(folder: Path) -> None:
    """A process killed while it writes there."""
    writing = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert writing.stdout
    assert writing.stdout.readline() == "prêt\n"
    assert sweep(folder) == [], "what is being written is left"
    assert len(list(folder.iterdir())) == 2
    writing.send_signal(signal.SIGKILL)
    writing.communicate()
    assert len(list(folder.iterdir())) == 2


def test_what_a_killed_process_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    killed(tmp_path)
    (tmp_path / "tenir-2026-11-29.zip").write_text("x")
    assert len(sweep(tmp_path)) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["tenir-2026-11-29.zip"]


def test_what_ends_well_leaves_nothing(tmp_path: Path) -> None:
    with draft_file(tmp_path, ".sauvegarde-") as (path, out):
        out.write(b"x")
        path.replace(tmp_path / "fini")
    with draft_folder(tmp_path) as folder:
        (folder / "a").write_text("x")
    assert [path.name for path in tmp_path.iterdir()] == ["fini"]


@pytest.mark.django_db
def test_the_next_start_of_the_loop_and_the_next_backup_remove_it(
    settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR, settings.SAUVEGARDES = tmp_path / "var", str(tmp_path / "copies")
    for folder in ("var", "copies"):
        (tmp_path / folder).mkdir()
        killed(tmp_path / folder)
    monkeypatch.setattr("tenir.cli.installation._whatever_the_database", lambda act: os.kill(os.getpid(), 15))
    said = CliRunner().invoke(main, ["boucle"], catch_exceptions=False).output
    assert said.count("est retiré") == 4
    assert not [*(tmp_path / "var").iterdir(), *(tmp_path / "copies").iterdir()]
    killed(tmp_path / "copies")
    assert CliRunner().invoke(main, ["sauvegarder", str(tmp_path / "copies" / "a.zip")]).exit_code == 0
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["a.zip"]
