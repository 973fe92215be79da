"""Files that are no contract, or that mean harm: one clear sentence each, and nothing else happens."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from tenir.lecteur.bornes import TROP_LONG, TROP_LOURD, Limites
from tenir.lecteur.document import LectureRefusee
from tenir.lecteur.lecture import lire_document

FICTIF = Path(__file__).resolve().parents[2] / "contrats" / "fictif" / "virelande-fictif-2024-2030"
MEGA = 1024 * 1024


def word(document: bytes, *others: tuple[str, bytes]) -> bytes:
    """A Word file around its own document.xml, the rest being that of the fictitious contract."""
    file = io.BytesIO()
    with zipfile.ZipFile(FICTIF.with_suffix(".docx")) as model, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name in model.namelist():
            out.writestr(name, document if name == "word/document.xml" else model.read(name))
        for name, content in others:
            out.writestr(name, content)
    return file.getvalue()


def billion_laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return word(f'<?xml version="1.0"?><!DOCTYPE d [{entities}]><d>&a9;</d>'.encode())


def zip_bomb() -> bytes:
    return word(b"<d/>", ("word/media/image1.xml", b"0" * (60 * MEGA)))


def pdf(pages: int) -> bytes:
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def encrypted_zip() -> bytes:
    content = bytearray(word(b"<d/>"))
    start = 0
    while (start := content.find(b"PK\x01\x02", start)) >= 0:
        content[start + 8] |= 1
        start += 4
    return bytes(content)


def old_word(marker: bytes = b"") -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + marker


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: b"", "vide"),
        (lambda: b" \n\n", "vide"),
        (lambda: bytes(range(1, 32)) * 400, "binaires"),
        (lambda: b"\x7fELF\0\0\0" * 50, "n’est pas du texte"),
        (lambda: pdf(3), "ses 3 pages sont des images"),
        (lambda: pdf(1), "son unique page est une image"),
        (lambda: b"%PDF-1.7\nrien", "abîmé"),
        (lambda: FICTIF.with_suffix(".docx").read_bytes()[:20_000], "abîmé"),
        (lambda: word(b"<w:document>"), "abîmé"),
        (lambda: word(b""), "abîmé"),
        (billion_laughs, "définitions XML interdites"),
        (zip_bomb, "volume démesuré"),
        (encrypted_zip, "mot de passe"),
        (lambda: old_word("EncryptedPackage".encode("utf-16-le")), "mot de passe"),
        (old_word, "ancien format"),
        (lambda: b"{\\rtf1 bonjour}", "RTF"),
        (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "image"),
        (lambda: zipped("mimetype", b"application/vnd.oasis.opendocument.text"), "archive"),
    ],
)
def test_a_hostile_file_is_refused_with_one_sentence(make: Callable[[], bytes], sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "contrat.docx"
    file.write_bytes(make())
    with pytest.raises(LectureRefusee, match=sentence) as refusal:
        lire_document(file)
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)
    assert list(tmp_path.iterdir()) == [file]


def zipped(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as out:
        out.writestr(name, content)
    return file.getvalue()


# The smallest PDF with a standard security handler and a user password nobody knows.
PROTECTED = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<OWNER>/U<USER>>>endobj
trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>
%%EOF
""".replace(b"OWNER", b"41" * 32).replace(b"USER", b"42" * 32)


def test_a_protected_pdf_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "contrat.pdf"
    file.write_bytes(PROTECTED)
    with pytest.raises(LectureRefusee, match="mot de passe"):
        lire_document(file)


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "contrat.pdf"
    with file.open("wb") as out:
        out.truncate(200 * MEGA)
    with pytest.raises(LectureRefusee, match="pèse 200 Mo : le lecteur s’arrête à 50 Mo"):
        lire_document(file)


def test_a_folder_a_missing_file_and_a_device_are_refused(tmp_path: Path) -> None:
    for path, sentence in (
        (tmp_path, "dossier"),
        (tmp_path / "rien.txt", "introuvable"),
        (Path("/dev/zero"), "ordinaire"),
    ):
        with pytest.raises(LectureRefusee, match=sentence):
            lire_document(path)


def test_the_content_says_what_a_file_is_not_its_name(tmp_path: Path) -> None:
    file = tmp_path / "contrat.pdf"
    file.write_bytes(FICTIF.with_suffix(".docx").read_bytes())
    assert lire_document(file).origine == "word"


def test_a_reading_that_lasts_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "contrat.txt"
    file.write_text("texte\n")
    with pytest.raises(LectureRefusee, match=TROP_LONG):
        lire_document(file, Limites(secondes=0))


def test_a_reading_that_swells_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "contrat.txt"
    file.write_bytes(b"a b c\n" * (7 * MEGA))
    with pytest.raises(LectureRefusee, match=f"{TROP_LOURD}|cinq millions"):
        lire_document(file, Limites(memoire=200 * MEGA))


def test_a_pdf_of_endless_pages_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "contrat.pdf"
    file.write_bytes(pdf(601))
    with pytest.raises(LectureRefusee, match="601 pages"):
        lire_document(file)


def test_pdfium_numbers_its_fault_as_we_read_it() -> None:
    assert raw.FPDF_ERR_PASSWORD == 4
