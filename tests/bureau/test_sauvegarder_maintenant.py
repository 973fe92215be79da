"""« Sauvegarder maintenant »: asked on the page of the platform, followed on its own, cancelled with nothing left."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.cli.main import main
from tenir.core.models import EntreeDeTrace, Execution, Travail
from tenir.core.sauvegarde import travail as sauvegarde
from tenir.core.sauvegarde.archive import check, open_archive
from tenir.core.sauvegarde.restaurer import restore_backup
from tenir.core.sauvegarde.travail import back_up_by_hand, take_back
from tenir.core.travaux.boucle import advance_works, take
from tenir.core.travaux.chantier import ArretDemande
from tests.core.test_travaux import Muet

PAGE = "/plateforme/fonctionnement/"
As = Callable[[str], Client]


@pytest.fixture
def folder(db: None, settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where backups are written; the step says how far it is to nobody: the database of a test has one connection."""
    settings.VAR, settings.MEDIA_ROOT, settings.RELEVES = tmp_path, tmp_path / "documents", tmp_path / "releves.csv"
    settings.COURRIELS = tmp_path / "courriels"
    (tmp_path / "documents" / "travaux").mkdir(parents=True)
    (tmp_path / "documents" / "travaux" / "depose.docx").write_bytes(b"pour un temps")
    (tmp_path / "documents" / "note.txt").write_bytes(b"pour toujours")
    kept = tmp_path / "sauvegardes"
    kept.mkdir()
    settings.SAUVEGARDES = str(kept)
    monkeypatch.setattr("tenir.core.travaux.boucle.SuiviDeBoucle", Muet)
    return kept


def asked(client: Client) -> Travail:
    answer = client.post(PAGE, {"sauvegarder": "oui"})
    assert answer.status_code == 302
    return Travail.objects.get(pk=int(answer["Location"].split("/")[2]))


def test_a_backup_asked_on_the_page_is_written_whole_beside_those_of_the_night(as_: As, folder: Path) -> None:
    client = as_("administration")
    assert "Sauvegarder maintenant" in client.get(PAGE).content.decode()
    travail = asked(client)
    assert asked(client) == travail  # a double tap is one backup
    advance_works()
    (path,) = folder.iterdir()
    with open_archive(path) as (archive, manifeste):
        check(archive, manifeste)
    page = client.get(f"/travaux/{travail.pk}/").content.decode()
    assert path.name in page
    assert "Voir le résultat" in page
    assert Execution.objects.get(tache__nom="sauvegarder").bilan.startswith(path.name)
    assert EntreeDeTrace.objects.filter(genre="travail", chaine__nom="plateforme").count() == 1


def test_what_works_keep_for_a_time_is_in_no_backup(as_: As, folder: Path) -> None:
    asked(as_("administration"))
    advance_works()
    (path,) = folder.iterdir()
    with zipfile.ZipFile(path) as kept:
        names = kept.namelist()
    assert "fichiers/documents/note.txt" in names
    assert not [name for name in names if "travaux" in name or "Travail" in name]


def test_a_restored_site_has_no_work_left_to_start_again(as_: As, folder: Path) -> None:
    client = as_("administration")
    asked(client)
    advance_works()
    asked(client)
    (path,) = folder.iterdir()
    restore_backup(path, on=timezone.now(), replace=True)
    assert not Travail.objects.exists()
    assert list(folder.parent.glob("documents.avant-*/travaux")) == []
    assert [one.read_bytes() for one in folder.parent.glob("documents.avant-*/note.txt")] == [b"pour toujours"]


@pytest.mark.parametrize("after", [0, 1, 30])
def test_a_backup_stopped_anywhere_leaves_no_file(as_: As, folder: Path, after: int) -> None:
    asked(as_("administration"))
    travail = take(timezone.now())
    assert travail is not None
    with pytest.raises(ArretDemande):
        back_up_by_hand(travail, Muet(after=after))
    assert list(folder.iterdir()) == []


def test_what_a_killed_backup_left_is_removed_and_not_that_of_another(as_: As, folder: Path) -> None:
    travail = asked(as_("administration"))
    (folder / f".sauvegarde-travail-{travail.pk}-abc").write_bytes(b"x")
    other = folder / f".sauvegarde-travail-{travail.pk}1-abc"
    other.write_bytes(b"x")
    take_back(travail)
    assert list(folder.iterdir()) == [other]


def test_a_folder_that_cannot_be_written_is_told_in_french(as_: As, folder: Path, settings) -> None:
    client = as_("administration")
    travail = asked(client)
    settings.SAUVEGARDES = str(folder / "absent")
    advance_works()
    assert "La sauvegarde ne s’écrit pas" in client.get(f"/travaux/{travail.pk}/").content.decode()


def test_without_a_folder_nothing_is_proposed(as_: As, folder: Path, settings) -> None:
    settings.SAUVEGARDES = ""
    client = as_("administration")
    assert "Sauvegarder maintenant" not in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"sauvegarder": "oui"}).status_code == 200
    assert not Travail.objects.exists()


def test_the_team_of_a_contract_asks_for_no_backup(as_: As, people: dict[str, Personne], folder: Path) -> None:
    assert as_("equipe").post(PAGE, {"sauvegarder": "oui"}).status_code == 403


def test_the_loop_run_once_does_what_waits(as_: As, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    travail = asked(as_("administration"))
    said = CliRunner().invoke(main, ["boucle", "--une-fois"]).output
    assert f"travail {travail.pk}, {sauvegarde.KIND} : fini." in said
