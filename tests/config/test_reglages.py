"""Settings: each wrong one has its French line, all at once, without a traceback; secrets never leave."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tenir.config.reglages import REGLAGES, missing, unknown, without_secrets, wrong

WRONG = {
    "TENIR_HOTES": "https://tenir.exemple.fr",
    "TENIR_SECRET": "court",
    "TENIR_BASE": "mysql://serveur/base",
    "TENIR_SMTP": "serveur:25",
    "TENIR_EXPEDITEUR": "tenir",
    "TENIR_MANDATAIRE": "oui",
    "TENIR_CODE_SOURCE": "javascript:alert(1)",
}


@pytest.mark.parametrize("nom", WRONG)
def test_a_wrong_setting_has_its_line(nom: str) -> None:
    (line,) = wrong({nom: WRONG[nom]})
    assert line.startswith(f"{nom} ")
    assert line.endswith(".")
    assert WRONG["TENIR_SECRET"] not in line or nom == "TENIR_SECRET"


@pytest.mark.parametrize("value", ["*", "a.fr, b.fr", "a.fr,,b.fr", "a.fr/", "a.fr:443", ".a.fr", "a..fr", "[::2]"])
def test_hosts_are_plain_names(value: str) -> None:
    assert wrong({"TENIR_HOTES": value})


def test_every_example_is_right() -> None:
    commands = {"TENIR_SECRET": "x" * 50}
    assert wrong({reglage.nom: commands.get(reglage.nom, reglage.exemple) for reglage in REGLAGES}) == []


def test_all_the_faults_are_told_at_once_and_nothing_else(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TENIR_")}
    environment = kept | WRONG | {"TENIR_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tenir.config.settings"}
    for command in (["-m", "tenir.cli", "publier", "x"], ["-c", "import tenir.config.wsgi"]):
        done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode
        first, *lines = done.stderr.splitlines()
        assert first == "Tenir ne démarre pas :"
        assert {line.split()[0] for line in lines} == WRONG.keys()


def test_the_server_starts_with_every_page_loaded_and_set_apart_from_the_collector(tmp_path: Path) -> None:
    look = "import tenir.config.wsgi, gc, sys; print(gc.get_freeze_count(), 'tenir.public.urls' in sys.modules)"
    place = {"TENIR_VAR": str(tmp_path), "TENIR_LOCAL": "1", "DJANGO_SETTINGS_MODULE": "tenir.config.settings"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TENIR_")}
    done = subprocess.run([sys.executable, "-c", look], env=kept | place, capture_output=True, text=True, check=True)
    apart, loaded = done.stdout.split()
    assert int(apart) > 100_000
    assert loaded == "True"


def test_a_site_open_to_others_needs_its_hosts(tmp_path: Path) -> None:
    assert [line.split()[0] for line in missing({})] == ["TENIR_HOTES"]
    assert missing({"TENIR_LOCAL": "1"}) == missing({"TENIR_HOTES": "tenir.exemple.fr"}) == []


def test_a_letter_forgotten_is_seen() -> None:
    assert unknown({"TENIR_HOTE": "x", "TENIR_HOTES": "x", "PATH": "x"}) == ["TENIR_HOTE"]


def test_what_leaves_holds_no_secret() -> None:
    given = {reglage.nom: "valeur" for reglage in REGLAGES}
    held = {"TENIR_SECRET", "TENIR_SECRETS_ANCIENS", "TENIR_BASE", "TENIR_SMTP"}
    assert without_secrets(given).keys() == given.keys() - held


@pytest.mark.parametrize("more", [{}, {"TENIR_LOCAL": "1", "TENIR_HOTES": "tenir.exemple.fr"}, {"TENIR_LOCAL": "0"}])
def test_a_demonstration_stays_on_one_machine(more: dict[str, str]) -> None:
    (line,) = wrong({"TENIR_DEMONSTRATION": "1", **more})
    assert line.startswith("TENIR_DEMONSTRATION=1 montre à quiconque les codes de connexion")
    assert wrong({"TENIR_DEMONSTRATION": "1", "TENIR_LOCAL": "1", "TENIR_HOTES": "localhost,127.0.0.1,[::1]"}) == []
