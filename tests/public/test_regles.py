"""The public pages of the rules, and « Vérifier un projet de contrat »: a draft is read, told, and forgotten."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tenir.core import televersement
from tenir.fichier import canonique
from tenir.public import verifier
from tenir.regles.projet import LIMITES
from tenir.regles.registre import regles
from tests.regles.fautes import PROPRE

pytestmark = pytest.mark.django_db
FICTIF = Path(__file__).parents[2] / "contrats" / "fictif"
DRAFT = FICTIF / "virelande-fictif-2024-2030"


def told(answer: HttpResponse) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def drop(client: Client, content: bytes, name: str = "projet.docx") -> HttpResponse:
    return client.post("/verifier/", {"fichier": SimpleUploadedFile(name, content)})


def test_every_rule_has_its_public_page_with_its_sections(client: Client) -> None:
    index = told(client.get("/regles/"))
    for one in regles():
        assert f"/regles/{one.code}/" in index
        page = told(client.get(f"/regles/{one.code}/"))
        for titre, _ in one.sections:
            assert titre in page
    assert client.get("/regles/chf001/").status_code == 200
    assert client.get("/regles/CHF999/").status_code == 404


@pytest.mark.parametrize("ending", [".docx", ".txt", ".yaml"])
def test_a_draft_in_word_in_text_or_as_a_contract_file_is_told(client: Client, ending: str) -> None:
    content = DRAFT.with_suffix(ending).read_bytes()
    page = told(drop(client, content, f"n’importe quel nom{ending}"))
    assert "Contrat fictif" in page
    assert "10 orientations" in page
    assert "vaut 131,4 %" in page
    assert 'href="/regles/CHF001/"' in page
    assert ("non vérifiées" in page) == (ending == ".yaml")


def test_a_clean_contract_says_that_the_rules_find_nothing_and_no_more(client: Client) -> None:
    assert "Les règles ne trouvent rien. Elles ne lisent pas tout" in told(drop(client, PROPRE.encode()))


def test_what_was_not_read_of_a_draft_is_said_on_its_page_and_in_its_report(client: Client) -> None:
    answer = drop(client, PROPRE[: PROPRE.index("indicateurs:\n")].encode())
    assert told(answer).count("Non vérifié : les indicateurs n’ont pas été lus.") == 1
    carried = answer.context["projet"]
    report = client.post("/verifier/rapport.docx", {"projet": carried}).content
    words = zipfile.ZipFile(io.BytesIO(report)).read("word/document.xml").decode()
    assert "les indicateurs n’ont pas été lus" in words


def test_nothing_of_a_draft_is_kept(client: Client, settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    content = DRAFT.with_suffix(".docx").read_bytes()
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000  # the file goes through the disk, and leaves it
    with CaptureQueriesContext(connection) as caught:
        drop(client, content)
    written = [q["sql"] for q in caught if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert all("core_entreedecache" in sql for sql in written), written  # the count of drops of this address
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("format", "head"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_the_report_leaves_as_a_file_made_from_what_the_page_carries(client: Client, format: str, head: bytes) -> None:
    answer = drop(client, PROPRE.replace("    reunions_par_an: 4\n", "").encode())
    carried = answer.context["projet"]
    file = client.post(f"/verifier/rapport.{format}", {"projet": carried})
    assert file.content.startswith(head)
    assert f"verification.{format}" in file["Content-Disposition"]


def test_the_contract_file_read_in_a_document_is_given_back_and_nothing_stays_in_a_cache(client: Client) -> None:
    answer = drop(client, DRAFT.with_suffix(".docx").read_bytes())
    assert "no-store" in answer["Cache-Control"]
    file = client.post("/verifier/projet.yaml", {"projet": answer.context["projet"]})
    assert canonique.load(file.content.decode()).orientations
    assert "no-store" in file["Cache-Control"]
    assert client.post("/verifier/projet.yaml", {"projet": "abc"}).status_code == verifier.GONE


def test_a_contract_file_is_not_given_back(client: Client) -> None:
    answer = drop(client, PROPRE.encode())
    assert "Fichier contrat lu" not in told(answer)
    assert client.post("/verifier/projet.yaml", {"projet": answer.context["projet"]}).status_code == 404


@pytest.mark.parametrize("carried", ["", "abc", "a:b:c"])
def test_a_report_that_is_not_ours_is_refused_in_french(client: Client, carried: str) -> None:
    answer = client.post("/verifier/rapport.pdf", {"projet": carried})
    assert answer.status_code == verifier.GONE
    assert "déposez de nouveau" in told(answer)
    assert client.get("/verifier/rapport.pdf").status_code == 405


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 40_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Ce fichier est vide"),
        (b"Bonjour", "est-ce bien un contrat de ville"),
        (b"\x89PNG\r\n", "est une image"),
        (b"%PDF-1.7 abime", "Ce "),
        (b"PK\x03\x04abime", "abîmé"),
        (b"format: tenir/contrat/1\nslug: [", "n’est pas valide"),
        (b"format: tenir/contrat/1\na: &a [1]\nb: *a\n", "n’est pas valide"),
        (b"format: tenir/contrat/1\nslug: \xff\xfe", "UTF-8"),
    ],
)
def test_a_file_that_is_no_draft_is_refused_in_one_sentence(client: Client, content: bytes, said: str) -> None:
    answer = drop(client, content)
    assert answer.status_code == 422
    assert said in told(answer)
    assert "Traceback" not in told(answer)


def test_a_file_that_swells_is_refused_before_it_harms(client: Client) -> None:
    answer = drop(client, bomb())
    assert answer.status_code == 422
    assert "fichier" in told(answer)


def test_words_of_a_draft_are_shown_as_words(client: Client) -> None:
    hostile = PROPRE.replace("titre: Contrat de ville du Clair", "titre: <script>alert(1)</script>").replace(
        "    nom: Comité technique\n    reunions_par_an: 2\n", "    nom: Comité <img src=x onerror=alert(1)>\n"
    )
    page = told(drop(client, hostile.encode()))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_a_draft_that_is_too_big_is_refused_before_it_is_read(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = drop(client, b"x" * (LIMITES.octets + 1))
    assert answer.status_code == 422
    assert "pèse plus de 20 Mo" in told(answer)
    monkeypatch.setattr(televersement, "OCTETS", 1000)
    assert drop(client, b"x" * 2000).status_code == 413


def test_one_address_drops_so_many_drafts_and_no_more(client: Client) -> None:
    answers = [drop(client, b"").status_code for _ in range(11)]  # refused, and counted
    assert answers == [422] * 10 + [verifier.TOO_MANY_REQUESTS]
    assert client.get("/verifier/").status_code == 200
