"""The commands on the contracts of the site: what succeeds, what is refused, and that a refusal changes nothing."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tenir.cli.main import main
from tenir.contrat.models import Chargement, DocumentSigne, VersionDuContrat
from tenir.habilitations.models import EspaceDeContrat, PassageDEtat
from tests.fabriques import BREF, BROUILLON, DOCUMENT, edited

pytestmark = pytest.mark.django_db
SLUG = "hameau-2024-2030"
CORRECTED = edited(BREF, ("titre: Aider les parents", "titre: Aider"))


@pytest.fixture
def tenir(tmp_path: Path):
    """Run a command in a folder that holds the files given: `tenir("charger", "a.yaml", **{"a.yaml": BREF})`."""

    def run(*arguments: str, **files: str | bytes) -> Result:
        for name, content in files.items():
            (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        result = CliRunner().invoke(main, [str(tmp_path / one) if one in files else one for one in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def charger(tenir):
    def load(text: str, *options: str, **files: str | bytes) -> Result:
        return tenir("charger", "contrat.yaml", *options, **{"contrat.yaml": text, **files})

    return load


def state() -> tuple[object, ...]:
    models = (EspaceDeContrat, VersionDuContrat, Chargement, DocumentSigne, PassageDEtat)
    return tuple(list(model.objects.order_by("pk").values()) for model in models)


def refused(result: Result, sentence: str) -> bool:
    return result.exit_code == 2 and result.stderr.startswith("Refusé : ") and sentence in result.stderr


# ── charger ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_charger_loads_a_contract_and_says_what_it_did(charger) -> None:
    result = charger(BREF)
    first, *unread = result.output.splitlines()
    assert (result.exit_code, first) == (0, "Contrat de ville du Hameau : 11 créés, 0 modifié, 0 retiré.")
    assert unread == ["Aucun indicateur n’a été lu dans le document : en contient-il ?"]
    assert Chargement.objects.get().commande == "tenir charger contrat.yaml"


def test_charger_attaches_the_document(charger) -> None:
    result = charger(BREF, "--document", "doc.txt", **{"doc.txt": DOCUMENT})
    assert result.output.splitlines()[0].endswith("Document signé joint.")
    assert DocumentSigne.objects.get().noms_masques == "2[21-34]"


@pytest.mark.parametrize("nature", ["correction", "avenant"])
def test_charger_changes_a_signed_contract_with_a_reason(charger, nature: str) -> None:
    charger(BREF)
    assert charger(CORRECTED, f"--{nature}", "--motif", "Mot sauté.").exit_code == 0
    version = VersionDuContrat.objects.first()
    assert (version.nature, version.motif) == (nature, "Mot sauté.")


def test_charger_dates_an_avenant(charger) -> None:
    charger(BREF)
    charger(CORRECTED, "--avenant", "--motif", "Avenant", "--date", "2026-01-01")
    assert VersionDuContrat.objects.first().en_vigueur_le == date(2026, 1, 1)


def test_charger_shows_the_differences_of_a_signed_contract(charger) -> None:
    charger(BREF)
    result = charger(CORRECTED)
    assert result.stdout == "S01-E01 (engagement), titre : « Aider les parents » devient « Aider ».\n"
    assert refused(result, "Ce contrat est signé : rien n’a changé.")


@pytest.mark.parametrize(
    ("text", "options", "files", "sentence"),
    [
        (CORRECTED, [], {}, "Ce contrat est signé"),
        (CORRECTED, ["--correction"], {}, "et pourquoi (--motif)"),
        (CORRECTED, ["--correction", "--avenant", "--motif", "x"], {}, "Choisissez : une correction"),
        (CORRECTED, ["--avenant", "--motif", "x", "--date", "2020-01-01"], {}, "vérifiez sa date (--date)"),
        (edited(BREF, ("code: S01-E01", "code: S01-E02")), ["--correction", "--motif", "x"], {}, "S01-E01 : disparu"),
        (edited(BREF, ("code: S01-E01", "code: S02-E01")), [], {}, "n’est pas cohérent"),
        (edited(BREF, ("debut: 2024", "debut: abc")), [], {}, "n’est pas un fichier contrat valide"),
        ("a: b: c", [], {}, "n’est pas un fichier contrat valide"),
        ("", [], {}, "n’est pas un fichier contrat valide"),
        (b"\xff", [], {}, "n’est pas du texte UTF-8"),
        (BREF, ["--document", "d.txt"], {"d.txt": "autre\n"}, "Ce n’est pas le document attendu"),
        (BREF, ["--document", "d.txt"], {"d.txt": ""}, "Ce document est vide"),
        (BREF, ["--document", "d.txt"], {"d.txt": bytes(range(128, 256))}, "n’est pas du texte"),
    ],
)
def test_charger_refuses_and_changes_nothing(
    charger, text: str, options: list[str], files: dict[str, str], sentence: str
) -> None:
    charger(BREF)
    before = state()
    assert refused(charger(text, *options, **files), sentence)
    assert state() == before


# ── publier ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_publier_makes_a_signed_contract_public(charger, tenir) -> None:
    charger(BREF)
    assert tenir("publier", SLUG).output == "Contrat de ville du Hameau : publié.\n"
    assert EspaceDeContrat.objects.public().get().slug == SLUG


def test_publier_twice_leaves_one_passage(charger, tenir) -> None:
    charger(BREF)
    tenir("publier", SLUG)
    assert tenir("publier", SLUG).exit_code == 0
    passage = PassageDEtat.objects.get()
    assert (passage.de, passage.vers, passage.commande) == ("signe", "publie", f"tenir publier {SLUG}")


def test_publier_takes_a_contract_back_with_a_reason(charger, tenir) -> None:
    charger(BREF)
    tenir("publier", SLUG)
    assert tenir("publier", SLUG, "--retirer", "--motif", "Erreur.").output == "Contrat de ville du Hameau : signé.\n"
    assert not EspaceDeContrat.objects.public().exists()
    assert PassageDEtat.objects.first().motif == "Erreur."


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        (BROUILLON, [SLUG], "est un brouillon : un contrat se publie une fois signé"),
        (BREF, ["inconnu"], "Aucun contrat n’a l’adresse « inconnu »"),
        (BREF, [SLUG, "--retirer", "--motif", "x"], "n’est pas publié"),
        (BREF, [SLUG, "--retirer"], "Dites pourquoi"),
        (BREF, [SLUG, "--retirer", "--motif", "  "], "Dites pourquoi"),
    ],
)
def test_publier_refuses_and_changes_nothing(charger, tenir, text: str, options: list[str], sentence: str) -> None:
    charger(text)
    before = state()
    assert refused(tenir("publier", *options), sentence)
    assert state() == before


# ── exporter ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_exporter_gives_the_file_back_byte_for_byte(charger, tenir) -> None:
    charger("# remarque\n" + BREF)
    assert tenir("exporter", SLUG).output == BREF


def test_exporter_writes_a_file(charger, tenir, tmp_path: Path) -> None:
    charger(BREF)
    out = tmp_path / "sortie.yaml"
    assert tenir("exporter", SLUG, "--sortie", str(out)).output == f"{out} est écrit.\n"
    assert out.read_bytes() == BREF.encode()


def test_exporter_gives_the_contract_of_a_day(charger, tenir) -> None:
    charger(BREF)
    charger(CORRECTED, "--avenant", "--motif", "Avenant", "--date", "2026-01-01")
    assert tenir("exporter", SLUG, "--date", "2025-12-31").output == BREF
    assert tenir("exporter", SLUG, "--date", "2026-01-01").output == CORRECTED


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["inconnu"], "Aucun contrat n’a l’adresse"),
        ([SLUG, "--date", "1999-01-01"], "n’était pas en vigueur à cette date"),
        ([SLUG, "--sortie", "absent/sortie.yaml"], "absent/sortie.yaml"),
    ],
)
def test_exporter_refuses_in_french(charger, tenir, options: list[str], sentence: str) -> None:
    charger(BREF)
    result = tenir("exporter", *options)
    assert refused(result, sentence)
    assert result.stdout == ""


# ── A database that is not ready ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", [["exporter", SLUG], ["publier", SLUG], ["verifier-trace"]])
def test_a_database_that_is_not_ready_is_refused_without_a_traceback(tmp_path: Path, command: list[str]) -> None:
    environment = {**os.environ, "TENIR_VAR": str(tmp_path), "TENIR_BASE": "", "TENIR_LOCAL": "1",
                   "DJANGO_SETTINGS_MODULE": "tenir.config.settings"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tenir.cli", *command], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Refusé : la base de données refuse")
    assert "Traceback" not in done.stderr
