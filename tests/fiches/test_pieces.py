"""The pièces of a fiche: what is kept, what is refused, where the file goes, what the trace and a backup hold of it."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from docx import Document
from openpyxl import Workbook

from tenir.core import horloge
from tenir.core.fichiers import NOM, OCTETS, TYPES, plain_name
from tenir.core.models import EntreeDeTrace
from tenir.core.sauvegarde.sauvegarder import create_backup
from tenir.ecran.annulation.menage import clean
from tenir.fiches.histoire import history_of
from tenir.fiches.models import FicheAction, PieceDeFiche
from tenir.fiches.services.pieces import add_piece, remove_piece
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, Refus
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
JPG = b"\xff\xd8\xff\xe0\0\x10JFIF"
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    """Where files are kept for a test."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    return settings.MEDIA_ROOT


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


def excel() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def slides() -> bytes:
    return archive(**{"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"})


def open_document(kind: str, **more: bytes) -> bytes:
    mime = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive(mimetype=mime, **{"content.xml": b"<x/>"}, **more)


CONTENTS = {
    "pdf": PDF,
    "docx": word(),
    "xlsx": excel(),
    "pptx": slides(),
    "odt": open_document("text"),
    "ods": open_document("spreadsheet"),
    "odp": open_document("presentation"),
    "csv": "nom;âge\nÉté;3\n".encode("cp1252"),
    "txt": "Compte rendu de l’été".encode(),
    "png": PNG,
    "jpg": JPG,
}


def add(by: Acces, of: FicheAction, name: str, content: bytes, niveau: Niveau = Niveau.PARTENAIRES) -> PieceDeFiche:
    return add_piece(by=by, fiche=of, niveau=niveau, fichier=SimpleUploadedFile(name, content))


def kept(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def told() -> list[tuple[str, str, str]]:
    return list(EntreeDeTrace.objects.filter(genre="fiche action").values_list("champ", "avant", "apres"))


def test_every_kind_has_its_case_here() -> None:
    assert CONTENTS.keys() == TYPES.keys()


@pytest.mark.une_base
@pytest.mark.parametrize("ending", [*CONTENTS, "PDF", "JPEG"])
def test_a_file_that_is_what_it_says_is_kept(vallon: EspaceDeContrat, equipe: Acces, media: Path, ending: str) -> None:
    content = CONTENTS[ending.lower().replace("jpeg", "jpg")]
    piece = add(equipe, fiche(vallon), f"Compte rendu.{ending}", content)
    assert (piece.titre, piece.nom) == (f"Compte rendu.{ending}", f"Compte rendu.{ending}")
    assert [path.read_bytes() for path in kept(media)] == [content]
    assert piece.fichier.name.startswith(f"fiches/{piece.fiche_id}/")
    assert "Compte" not in piece.fichier.name


@pytest.mark.une_base
@pytest.mark.parametrize("said", CONTENTS)
@pytest.mark.parametrize("is_really", ["pdf", "docx", "ods", "png", "jpg"])
def test_a_file_under_the_name_of_another_kind_is_refused(
    vallon: EspaceDeContrat, equipe: Acces, media: Path, said: str, is_really: str
) -> None:
    if said == is_really:
        return
    with pytest.raises(ValidationError, match="n’est pas un vrai"):
        add(equipe, fiche(vallon), f"piece.{said}", CONTENTS[is_really])
    assert kept(media) == []


@pytest.mark.une_base
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("macro.docx", archive(**{"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b"x"})),
        ("macro.odt", open_document("text", **{"Basic/x.xml": b""})),
        ("tronque.xlsx", CONTENTS["xlsx"][:200]),
        ("programme.txt", b"MZ\x90\0\x03"),
    ],
)
def test_what_runs_or_does_not_open_is_refused(
    vallon: EspaceDeContrat, equipe: Acces, media: Path, name: str, content: bytes
) -> None:
    with pytest.raises(ValidationError, match="n’est pas un vrai"):
        add(equipe, fiche(vallon), name, content)
    assert (kept(media), told()) == ([], [])


@pytest.mark.une_base
@pytest.mark.parametrize(
    "name", ["page.html", "image.svg", "rapport.pdf.exe", "sans-extension", ".pdf", "x.docm", "a."]
)
def test_a_kind_that_is_not_accepted_is_told_with_those_that_are(
    vallon: EspaceDeContrat, equipe: Acces, name: str
) -> None:
    with pytest.raises(ValidationError, match="pdf, docx, xlsx"):
        add(equipe, fiche(vallon), name, PDF)


def test_an_empty_file_and_one_too_big_are_refused(vallon: EspaceDeContrat, equipe: Acces, media: Path) -> None:
    of = fiche(vallon)
    with pytest.raises(ValidationError, match="vide"):
        add(equipe, of, "vide.pdf", b"")
    with pytest.raises(ValidationError, match="dépasse 10 Mo"):
        add(equipe, of, "lourd.pdf", PDF + b" " * OCTETS)
    assert kept(media) == []


@pytest.mark.une_base
@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\bureau\\Note finale.pdf", "Note finale.pdf"),
        ("facture\u202efdp.txt", "facture fdp.txt"),
        ("a\r\nContent-Type: x.txt", "a Content-Type: x.txt"),
        ("..caché.txt", "caché.txt"),
        (f"{'long ' * 60}.pdf", f"{('long ' * 60)[: NOM - 4].strip()}.pdf"),
    ],
)
def test_a_hostile_name_becomes_plain(given: str, plain: str) -> None:
    assert plain_name(given) == plain


def test_a_link_is_kept_under_the_name_of_its_site(vallon: EspaceDeContrat, equipe: Acces) -> None:
    piece = add_piece(by=equipe, fiche=fiche(vallon), niveau=Niveau.PUBLIC, lien=" https://exemple.test/projet ")
    assert (piece.titre, piece.lien) == ("exemple.test", "https://exemple.test/projet")
    assert told() == [
        ("pièce « exemple.test »", "", "lien https://exemple.test/projet, pour tout le monde"),
    ]


@pytest.mark.une_base
@pytest.mark.parametrize(
    "lien",
    ["javascript:alert(1)", "ftp://exemple.test/x", "data:text/html,x", "//exemple.test", "https://[", "https:// x"],
)
def test_a_link_that_is_not_of_the_web_is_refused(vallon: EspaceDeContrat, equipe: Acces, lien: str) -> None:
    with pytest.raises(ValidationError):
        add_piece(by=equipe, fiche=fiche(vallon), niveau=Niveau.PUBLIC, titre="Lien", lien=lien)


def test_neither_and_both_are_refused(vallon: EspaceDeContrat, equipe: Acces, media: Path) -> None:
    of = fiche(vallon)
    with pytest.raises(ValidationError, match="pas les deux"):
        add_piece(by=equipe, fiche=of, niveau=Niveau.PUBLIC, titre="Rien")
    with pytest.raises(ValidationError, match="pas les deux"):
        add_piece(
            by=equipe,
            fiche=of,
            niveau=Niveau.PUBLIC,
            lien="https://exemple.test/",
            fichier=SimpleUploadedFile("a.txt", b"a"),
        )
    assert kept(media) == []


def test_only_who_may_change_a_fiche_adds_or_removes(
    vallon: EspaceDeContrat, equipe: Acces, ccas: Acces, lecture: Acces, media: Path
) -> None:
    hers, other = fiche(vallon, pilots=("ccas",)), fiche(vallon, "O01-A02", pilots=("caf",))
    assert add(ccas, hers, "a.txt", b"a").ajoutee_par == ccas.personne
    piece = add(equipe, other, "b.txt", b"b")
    for by, of in ((ccas, other), (lecture, hers)):
        with pytest.raises(Refus):
            add(by, of, "c.txt", b"c")
    with pytest.raises(Refus):
        remove_piece(by=ccas, piece=piece)
    assert len(kept(media)) == 2


def test_a_removed_file_goes_once_it_can_no_longer_be_put_back(
    vallon: EspaceDeContrat, equipe: Acces, media: Path, django_capture_on_commit_callbacks
) -> None:
    piece = add(equipe, fiche(vallon), "note.txt", b"vu")
    with django_capture_on_commit_callbacks(execute=True):
        remove_piece(by=equipe, piece=piece)
        clean(horloge.now())
    with django_capture_on_commit_callbacks(execute=False) as after:
        clean(horloge.now() + timedelta(minutes=10, seconds=1))
    assert len(kept(media)) == 1
    for call in after:
        call()
    assert (kept(media), PieceDeFiche.objects.count()) == ([], 0)
    assert told()[-1][2] == "retirée"


@pytest.mark.django_db(transaction=True)
def test_a_removal_that_fails_keeps_the_file(equipe: Acces, vallon: EspaceDeContrat, media: Path) -> None:
    piece = add(equipe, fiche(vallon), "note.txt", b"vu")
    with transaction.atomic():
        remove_piece(by=equipe, piece=piece)
        transaction.set_rollback(True)
    assert (len(kept(media)), PieceDeFiche.objects.count()) == (1, 1)


def test_the_history_hides_from_others_what_is_for_the_team(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = fiche(vallon)
    add(equipe, of, "secret.txt", b"a", Niveau.EQUIPE)
    add(equipe, of, "ouvert.txt", b"a")
    shared = " ".join(one.phrase for one in history_of(of, Niveau.PARTENAIRES))
    assert "ouvert.txt" in shared
    assert "secret" not in shared
    assert any("secret.txt" in one.phrase for one in history_of(of, Niveau.EQUIPE))


def test_a_backup_holds_the_files(vallon: EspaceDeContrat, equipe: Acces, tmp_path: Path) -> None:
    piece = add(equipe, fiche(vallon), "note.txt", b"vu")
    create_backup(tmp_path / "s.zip", on=datetime(2026, 11, 27, tzinfo=UTC), reglages={})
    with zipfile.ZipFile(tmp_path / "s.zip") as made:
        assert made.read(f"fichiers/documents/{piece.fichier.name}") == b"vu"


def test_the_guide_names_the_kinds_that_are_kept() -> None:
    guide = Path(__file__).resolve().parents[2] / "src/tenir/public/guide/fiches-action.md"
    assert f"Fichiers acceptés : {', '.join(TYPES)}." in guide.read_text()
