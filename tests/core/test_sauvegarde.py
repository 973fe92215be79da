"""Backup and restore: the same site again, whatever the database; an archive that lies changes nothing."""

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from tenir.acteurs.models import Personne, Utilisateur
from tenir.cli.main import main
from tenir.contrat.chargement import load_contract
from tenir.core import sommeil, version
from tenir.core.models import ChaineDeTrace, EntreeDeTrace, Execution
from tenir.core.piece import Piece
from tenir.core.releves import write_heads
from tenir.core.sante import migrated
from tenir.core.sauvegarde.archive import Manifeste
from tenir.core.sauvegarde.lignes import kept_models, lines
from tenir.core.sauvegarde.sauvegarder import create_backup
from tenir.fiches.models import PieceDeFiche
from tenir.fichier.document import read_document
from tenir.habilitations.roles import Role
from tenir.habilitations.services import publish
from tests.fabriques import BREF, DOCUMENT
from tests.personnes import acces, contract, member
from tests.pieces import beside
from tests.vie import fiche

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]
PAGES = ("", "signataires/", "engagements/", "document/", "histoire/", "recherche/?q=parents")


@pytest.fixture(autouse=True)
def var(settings, tmp_path: Path) -> Path:
    """A place of its own for the files of the site."""
    folder = tmp_path / "var"
    folder.mkdir()
    settings.VAR, settings.MEDIA_ROOT = folder, folder / "documents"
    settings.RELEVES = folder / "releves-de-la-trace.csv"
    return folder


@pytest.fixture
def site(var: Path) -> None:
    """A public contract with its document, people, a trace and its kept ends, a file, an open session."""
    load_contract(BREF, commande="test", document=read_document(DOCUMENT.encode()))
    publish("hameau-2024-2030", commande="test")
    member("Ada Sommet", Role.ADMINISTRATION)
    client = Client()
    client.force_login(Utilisateur.objects.get())
    write_heads(var / "releves-de-la-trace.csv", timezone.localdate())
    (var / "documents" / "avis").mkdir(parents=True)
    (var / "documents" / "avis" / "été.pdf").write_bytes(b"%PDF-\x00\xff")


def tenir(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def archive(site: None, tmp_path: Path) -> Path:
    """A backup of that site."""
    path = tmp_path / "sauvegarde.zip"
    assert tenir("sauvegarder", path).exit_code == 0
    return path


def content() -> dict[str, list[bytes]]:
    """Every row of the database, but what says that a backup was made."""
    return {m.__name__: list(lines(m)) for m in kept_models() if m.__name__ not in ("Execution", "TacheDeFond")}


def pages() -> list[str]:
    answers = [Client().get(f"/contrats/hameau-2024-2030/{page}") for page in PAGES]
    assert {answer.status_code for answer in answers} == {200}
    return [answer.content.decode() for answer in answers]


def refused(result: Result, sentence: str) -> bool:
    return result.exit_code == 2 and result.stderr.startswith("Refusé : ") and sentence in result.stderr


def manifest_of(path: Path) -> Manifeste:
    with zipfile.ZipFile(path) as kept:
        return Manifeste.model_validate_json(kept.read("manifeste.json"))


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive again, its members changed."""
    with zipfile.ZipFile(path) as kept:
        members = {name: kept.read(name) for name in kept.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as out:
        for name, written in members.items():
            out.writestr(name, written)
    return path


def manifest_changed(**fields: object) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        members["manifeste.json"] = json.dumps(json.loads(members["manifeste.json"]) | fields).encode()

    return change


def test_a_site_erased_then_restored_shows_the_same_pages_rows_and_files(archive: Path, var: Path) -> None:
    rows, shown, heads = content(), pages(), (var / "releves-de-la-trace.csv").read_bytes()
    load_contract(BREF.replace("hameau", "bourg"), commande="test")
    Personne.objects.update(nom="Autre")
    (var / "documents" / "avis" / "été.pdf").write_bytes(b"autre")
    (var / "releves-de-la-trace.csv").unlink()
    answer = tenir("restaurer", archive, "--remplacer")
    assert answer.exit_code == 0, answer.output
    assert "Tout se relit à l’identique, la trace est entière" in answer.output
    assert (content(), pages()) == (rows, shown)
    assert (var / "releves-de-la-trace.csv").read_bytes() == heads
    assert (var / "documents" / "avis" / "été.pdf").read_bytes() == b"%PDF-\x00\xff"
    assert [kept.joinpath("avis/été.pdf").read_bytes() for kept in var.glob("documents.avant-*")] == [b"autre"]


def test_whoever_was_signed_in_signs_in_again(archive: Path) -> None:
    assert Session.objects.exists()
    tenir("restaurer", archive, "--remplacer")
    assert not Session.objects.exists()


def test_what_is_written_after_a_restore_takes_numbers_that_no_row_has(archive: Path) -> None:
    tenir("restaurer", archive, "--remplacer")
    before = max(Personne.objects.values_list("pk", flat=True))
    assert acces("Basile Pivot", Role.EQUIPE, contract("vallon")).personne.pk > before


def test_a_backup_is_for_its_owner_alone_and_tells_no_secret(archive: Path, settings) -> None:
    assert archive.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(archive) as kept:
        names, told = kept.namelist(), kept.read("manifeste.json").decode()
    assert not [name for name in names if "Session" in name or "Cache" in name]
    assert settings.SECRET_KEY not in told
    assert "fichiers/documents/avis/été.pdf" in names


def test_a_backup_leaves_a_run_that_the_page_of_the_platform_tells(archive: Path) -> None:
    run = Execution.objects.get(tache__nom="sauvegarder")
    assert (run.etat, archive.name in run.bilan) == ("reussie", True)


def test_a_document_taken_back_while_the_backup_is_written_is_told(site: None, var: Path, tmp_path: Path) -> None:
    here = var / "documents" / "pieces" / "plan.pdf"
    for name in ("plan.pdf", "retire.pdf"):
        here.with_name(name).parent.mkdir(parents=True, exist_ok=True)
        here.with_name(name).write_bytes(b"%PDF-")
    of = fiche(contract("hameau-bis"), "O01-A01")
    for name in ("plan.pdf", "retire.pdf"):
        PieceDeFiche.objects.create(fiche=of, titre=name, nom=name, fichier=f"pieces/{name}")

    def hear(fait: int, total: int | None, phrase: str) -> None:
        if phrase.startswith("Fichier 1"):
            here.with_name("retire.pdf").unlink()

    made = create_backup(tmp_path / "s.zip", on=timezone.now(), reglages={}, dire=hear)
    assert made.manquants == ["pieces/retire.pdf"]
    assert "pieces/retire.pdf" in made.ecart
    assert "documents/pieces/plan.pdf" in {one.chemin for one in made.fichiers}
    told = tenir("restaurer", tmp_path / "s.zip", "--remplacer")
    assert "Il y manque 1 fichier que la base nomme" in told.output.replace("\xa0", " ")


def test_a_backup_erases_no_file(archive: Path) -> None:
    before = archive.read_bytes()
    assert refused(tenir("sauvegarder", archive), "existe déjà")
    assert archive.read_bytes() == before
    assert refused(tenir("sauvegarder", archive.parent / "absent" / "a.zip"), "No such file")


def test_a_site_that_is_not_empty_is_not_erased_unasked(archive: Path) -> None:
    before = content()
    assert refused(tenir("restaurer", archive), "Ce site n’est pas vide")
    assert content() == before


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def cut_in_the_middle(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def foreign(path: Path) -> None:
    rewritten(path, lambda members: members.pop("manifeste.json"))


def not_a_zip(path: Path) -> None:
    path.write_text("Bonjour")


def of_a_later_format(path: Path) -> None:
    rewritten(path, manifest_changed(numero=99, inconnu=1))


def of_a_later_version(path: Path) -> None:
    later = manifest_of(path).migrations | {"core": ["0001_initial", "0099_demain"]}
    rewritten(path, manifest_changed(migrations=later, version="9.0"))


def of_an_earlier_version(path: Path) -> None:
    earlier = {app: names[:1] for app, names in manifest_of(path).migrations.items()}
    rewritten(path, manifest_changed(migrations=earlier))


def with_a_row_changed(path: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        members["tables/acteurs.Personne.jsonl"] = members["tables/acteurs.Personne.jsonl"].replace(b"Ada", b"Eve")

    rewritten(path, change)


def with_a_member_more(path: Path) -> None:
    rewritten(path, lambda members: members.update({"../../ailleurs": b"x"}))


def going_out_of_its_folder(path: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifeste.json"])
        for file in manifest["fichiers"]:
            if "avis" in file["chemin"]:
                members[f"fichiers/{evil}"] = members.pop(f"fichiers/{file['chemin']}")
                file["chemin"] = evil
        members["manifeste.json"] = json.dumps(manifest).encode()

    evil = "documents/../../ailleurs"
    rewritten(path, change)


def forged(path: Path, label: str = "habilitations.Habilitation", old: bytes = b"", new: bytes = b"") -> None:
    """Change a table and make the manifest agree, as someone who knows the format would."""

    def change(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifeste.json"])
        name = f"tables/{label}.jsonl"
        members[name] = members[name].replace(old, new)
        (table,) = [one for one in manifest["tables"] if one["nom"] == label]
        table |= {"octets": len(members[name]), "sha256": hashlib.sha256(members[name]).hexdigest()}
        manifest["tables"] = [table if one["nom"] == label else one for one in manifest["tables"]]
        members["manifeste.json"] = json.dumps(manifest).encode()

    rewritten(path, change)


def with_a_trace_rewritten(path: Path) -> None:
    forged(path, "core.EntreeDeTrace", b'"test"', b'"faux"')


def with_an_orphan(path: Path) -> None:
    personne = Personne.objects.get().pk
    with zipfile.ZipFile(path) as kept:
        row = kept.read("tables/habilitations.Habilitation.jsonl")
    values = json.loads(row)
    changed = json.dumps([777 if value == personne and rank else value for rank, value in enumerate(values)])
    forged(path, "habilitations.Habilitation", row.rstrip(), changed.encode())


def with_a_line_that_is_no_row(path: Path) -> None:
    forged(path, "acteurs.Personne", b'"Ada Sommet"', b'"Ada Sommet", 3')


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (truncated, "incomplète ou abîmée"),
        (cut_in_the_middle, "incomplète ou abîmée"),
        (not_a_zip, "n’est pas une sauvegarde de Tenir"),
        (foreign, "n’est pas une sauvegarde de Tenir"),
        (of_a_later_format, "version plus récente de Tenir"),
        (of_a_later_version, "version plus récente de Tenir (9.0)"),
        (of_an_earlier_version, "version plus ancienne de Tenir"),
        (with_a_row_changed, "n’est pas ce que dit le manifeste"),
        (with_a_member_more, "ne contient pas exactement ce que dit son manifeste"),
        (going_out_of_its_folder, "écrire hors de son dossier"),
        (with_a_line_that_is_no_row, "Une ligne de acteurs.Personne ne se lit pas"),
        (with_an_orphan, "La base refuse cette sauvegarde"),
        (with_a_trace_rewritten, "La trace de cette sauvegarde est rompue"),
    ],
)
def test_an_archive_that_lies_is_refused_and_nothing_is_written(
    archive: Path, var: Path, harm: Callable[[Path], None], sentence: str
) -> None:
    harm(archive)
    before, files = content(), sorted(var.rglob("*"))
    assert refused(tenir("restaurer", archive, "--remplacer"), sentence)
    assert content() == before
    assert sorted(var.rglob("*")) == files
    assert not list(var.parent.rglob("ailleurs"))


def test_a_trace_broken_before_the_backup_is_restored_only_when_asked(archive: Path) -> None:
    with_a_trace_rewritten(archive)
    assert tenir("restaurer", archive, "--remplacer", "--malgre-la-trace").exit_code == 0
    assert EntreeDeTrace.objects.filter(commande="faux").exists()
    assert ChaineDeTrace.objects.exists()


OTHER_SITE = """
import sys
import django
django.setup()
from tenir.cli.main import main
main(["restaurer", sys.argv[1]], standalone_mode=False)
main(["sauvegarder", sys.argv[2]], standalone_mode=False)
"""


def test_a_backup_goes_to_sqlite_and_back_without_a_difference(
    archive: Path, ailleurs: dict[str, str], tmp_path: Path
) -> None:
    """On PostgreSQL, this crosses from one database to the other, then back."""
    back = tmp_path / "retour.zip"
    made = [sys.executable, "-c", OTHER_SITE, str(archive), str(back)]
    done = subprocess.run(made, env=ailleurs, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    gone, come = manifest_of(archive), manifest_of(back)
    assert come.base == "sqlite"
    assert come.tetes == gone.tetes
    assert [(t.nom, t.sha256) for t in come.tables if "core.T" not in t.nom and "Exec" not in t.nom] == [
        (t.nom, t.sha256) for t in gone.tables if "core.T" not in t.nom and "Exec" not in t.nom
    ]
    rows, shown = content(), pages()
    assert tenir("restaurer", back, "--remplacer").exit_code == 0
    assert (content(), pages()) == (rows, shown)


def test_a_restored_site_sleeps_and_says_so(archive: Path) -> None:
    answer = tenir("restaurer", archive, "--remplacer")
    assert "Ce site dort" in answer.output
    assert sommeil.asleep()
    assert "core.Machine" not in [table.nom for table in manifest_of(archive).tables]


def test_a_restore_says_whether_the_links_already_sent_still_open(
    archive: Path, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside(monkeypatch, Piece("essai", links={"essai": lambda now: 12}))
    assert "Les liens déjà envoyés s’ouvrent" in tenir("restaurer", archive, "--remplacer").output
    former, settings.SECRET_KEY = settings.SECRET_KEY, "un-autre-" * 8
    said = tenir("restaurer", archive, "--remplacer").output.replace("\u00a0", " ")
    assert "ne s’ouvre plus : 12 liens" in said
    assert "TENIR_SECRETS_ANCIENS" in said
    settings.SECRET_KEY_FALLBACKS = [former]
    assert "Les liens déjà envoyés s’ouvrent" in tenir("restaurer", archive, "--remplacer").output


def test_a_backup_says_which_version_made_it(archive: Path) -> None:
    assert manifest_of(archive).version == version.full()


def test_a_secret_changed_by_the_command_keeps_the_former_one_and_leaves_a_trace(
    site: None, var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(tenir("changer-secret"), "TENIR_SECRETS_ANCIENS")
    monkeypatch.delenv("TENIR_SECRET")
    (var / "secret").write_text("premier")
    assert tenir("changer-secret").exit_code == 0
    assert (var / "secret").read_text().split()[1:] == ["premier"]
    assert tenir("changer-secret", "--oublier").exit_code == 0
    assert len((var / "secret").read_text().split()) == 1
    assert EntreeDeTrace.objects.filter(genre="secret", commande="changer-secret").count() == 2


def test_a_base_of_a_later_version_says_how_to_go_back(archive: Path, site: None) -> None:
    """The older code is back, the base is not: no archive goes in it, and the page of health says so."""
    MigrationRecorder(connection).record_applied("core", "0099_demain")
    assert not migrated()
    assert Client().get("/sante").status_code == 503
    before = content()
    assert refused(tenir("restaurer", archive, "--remplacer"), "« Revenir en arrière », dans docs/installation.md")
    assert content() == before
