"""The normalised text of a PDF."""

from pathlib import Path
from random import Random

import pytest

from tenir.lecteur.document import DocumentLu
from tenir.lecteur.lecture import lire_document
from tests.lecteur.fabrique_documents import ENTETE, Morceau, Style, curated_file, ecrire_word, imprimer, morceaux, mots

CONTRATS = Path(__file__).resolve().parents[2] / "contrats"
FICTIF = CONTRATS / "fictif" / "virelande-fictif-2024-2030"
PROSE = (
    "La commune et l’agglomération conviennent de réunir chaque année les habitants, les associations et les services "
    "pour examiner ce qui a été promis, ce qui a été fait et ce qui reste à faire dans le quartier prioritaire."
)
_WORDS = PROSE[:-1].lower().split()
LONG = [" ".join(Random(n).sample(_WORDS, 30)) + f" {n}" for n in range(60)]  # noqa: S311 -- no secret


def printed(pieces: list[Morceau], folder: Path, style: Style) -> DocumentLu:
    return lire_document(imprimer(ecrire_word(pieces, folder / "contrat.docx", style)))


@pytest.fixture(scope="module")
def petit(tmp_path_factory: pytest.TempPathFactory) -> DocumentLu:
    """A small contract printed by LibreOffice: headings, bullets, a table, prose over several pages."""
    pieces = [
        Morceau("ORIENTATION N° 1 : Réunir", niveau=2),
        Morceau(PROSE),
        Morceau("Ouvrir un comptoir unique où chaque habitant est reçu sans rendez-vous " * 3, glyphe="o"),
        Morceau("Tenir un agenda", glyphe="o"),
        Morceau("Porteur : Commune", cellules=("Porteur", "Commune, service de la politique de la ville " * 3)),
        Morceau("Pilote : CAF", cellules=("Pilote", "CAF")),
        *map(Morceau, LONG),
    ]
    return printed(pieces, tmp_path_factory.mktemp("petit"), Style())


def test_a_paragraph_is_one_line_whatever_the_width_of_the_page(petit: DocumentLu) -> None:
    assert petit.lignes[1].texte == PROSE
    assert [line.texte for line in petit.lignes if line.texte.endswith(tuple("0123456789"))] == [*LONG]


def test_headings_and_bullets_come_from_the_letters(petit: DocumentLu) -> None:
    assert petit.lignes[0].titre == 1
    assert [line.puce for line in petit.lignes[1:4]] == [None, 0, 0]
    assert petit.lignes[2].texte.startswith("• Ouvrir un comptoir")
    assert petit.lignes[3].texte == "• Tenir un agenda"


def test_a_ruled_table_is_read_row_by_row(petit: DocumentLu) -> None:
    cells = [(line.texte.split(",")[0], line.tableau) for line in petit.lignes if line.tableau]
    assert cells == [("Porteur", (1, 1, 1)), ("Commune", (1, 1, 2)), ("Pilote", (1, 2, 1)), ("CAF", (1, 2, 2))]


def test_running_headers_and_folios_are_remembered_with_their_page(petit: DocumentLu) -> None:
    pages = max(line.page or 0 for line in petit.lignes)
    assert pages >= 3
    assert ENTETE not in petit.texte
    assert "Page |" not in petit.texte
    assert petit.retirees[:2] == ((1, ENTETE), (1, "Page | 1"))
    assert len(petit.retirees) == 2 * pages


STYLES = [Style(reel=True), Style(reel=False, police="DejaVu Sans", corps=10, justifie=False), Style(colonnes=True)]


@pytest.mark.parametrize("style", STYLES, ids=["styles", "gras", "colonnes"])
def test_words_come_back_in_order_from_the_fictitious_contract(style: Style, tmp_path: Path) -> None:
    pieces = morceaux(lire_document(FICTIF.with_suffix(".txt")).lignes, curated_file(FICTIF.with_suffix(".yaml")))
    document = printed(pieces, tmp_path, style)
    read, written = list(mots(line.texte for line in document.lignes)), list(mots(piece.texte for piece in pieces))
    assert "".join(read) == "".join(written)
    assert len(set(read) ^ set(written)) <= 6  # a word printed once, cut at its own hyphen or at a syllable


def test_the_fictitious_contract_reads_alike_from_word_and_pdf(tmp_path: Path) -> None:
    word = tmp_path / "contrat.docx"
    word.write_bytes(FICTIF.with_suffix(".docx").read_bytes())
    from_pdf = [line for line in lire_document(imprimer(word)).lignes if line.texte]
    from_word = [line for line in lire_document(word).lignes if line.texte]
    assert [line.texte.split() for line in from_pdf] == [line.texte.split() for line in from_word]
    assert [line.tableau for line in from_pdf] == [line.tableau for line in from_word]
