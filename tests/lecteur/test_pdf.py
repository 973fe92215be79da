"""The normalised text of a PDF."""

import shutil
from pathlib import Path
from random import Random

import pytest

from tenir.lecteur.document import DocumentLu
from tenir.lecteur.lecture import lire_document
from tests.bureautique import all_through_office
from tests.lecteur.fabrique_documents import ENTETE, Morceau, Style, curated_file, ecrire_word, morceaux, mots

CONTRATS = Path(__file__).resolve().parents[2] / "contrats"
FICTIF = CONTRATS / "fictif" / "virelande-fictif-2024-2030"
PROSE = (
    "La commune et l’agglomération conviennent de réunir chaque année les habitants, les associations et les services "
    "pour examiner ce qui a été promis, ce qui a été fait et ce qui reste à faire dans le quartier prioritaire."
)
_WORDS = PROSE[:-1].lower().split()
LONG = [" ".join(Random(n).sample(_WORDS, 30)) + f" {n}" for n in range(60)]  # noqa: S311 -- no secret


PETIT = [
    Morceau("ORIENTATION N° 1 : Réunir", niveau=2),
    Morceau(PROSE),
    Morceau("Ouvrir un comptoir unique où chaque habitant est reçu sans rendez-vous " * 3, glyphe="o"),
    Morceau("Tenir un agenda", glyphe="o"),
    Morceau("Porteur : Commune", cellules=("Porteur", "Commune, service de la politique de la ville " * 3)),
    Morceau("Pilote : CAF", cellules=("Pilote", "CAF")),
    *map(Morceau, LONG),
]
"""A small contract: headings, bullets, a table, prose over several pages."""
STYLES = {
    "styles": Style(reel=True),
    "gras": Style(reel=False, police="DejaVu Sans", corps=10, justifie=False),
    "colonnes": Style(colonnes=True),
}


def fictitious() -> list[Morceau]:
    """The fictitious contract, piece by piece."""
    return morceaux(lire_document(FICTIF.with_suffix(".txt")).lignes, curated_file(FICTIF.with_suffix(".yaml")))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What LibreOffice prints, in one go: the small contract, the fictitious one in each style and as it is shipped."""
    folder, pieces = tmp_path_factory.mktemp("imprime"), fictitious()
    words = [ecrire_word(PETIT, folder / "petit.docx", Style())]
    words += [ecrire_word(pieces, folder / f"{name}.docx", style) for name, style in STYLES.items()]
    words.append(Path(shutil.copy(FICTIF.with_suffix(".docx"), folder / "fictif.docx")))
    return {pdf.stem: pdf for pdf in all_through_office(words, "pdf", folder)}


@pytest.fixture(scope="module")
def petit(printed: dict[str, Path]) -> DocumentLu:
    return lire_document(printed["petit"])


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


@pytest.mark.parametrize("style", STYLES)
def test_words_come_back_in_order_from_the_fictitious_contract(printed: dict[str, Path], style: str) -> None:
    document, pieces = lire_document(printed[style]), fictitious()
    read, written = list(mots(line.texte for line in document.lignes)), list(mots(piece.texte for piece in pieces))
    assert "".join(read) == "".join(written)
    assert len(set(read) ^ set(written)) <= 6  # a word printed once, cut at its own hyphen or at a syllable


def test_the_fictitious_contract_reads_alike_from_word_and_pdf(printed: dict[str, Path]) -> None:
    from_pdf = [line for line in lire_document(printed["fictif"]).lignes if line.texte]
    from_word = [line for line in lire_document(FICTIF.with_suffix(".docx")).lignes if line.texte]
    assert [line.texte.split() for line in from_pdf] == [line.texte.split() for line in from_word]
    assert [line.tableau for line in from_pdf] == [line.tableau for line in from_word]
