"""The fictitious contract: a document made from one source, and the contract file that transcribes it."""

import re
import unicodedata
from pathlib import Path

import pytest
from docx import Document

from scripts import fabriquer_fictif
from tenir.fichier import canonique
from tenir.fichier.comptage import count
from tenir.fichier.document import read_document
from tenir.fichier.modeles import Donnee
from tenir.fichier.validation import validate

DOSSIER = Path(__file__).parents[2] / "contrats" / "fictif"
WORD = DOSSIER / f"{fabriquer_fictif.NOM}.docx"
TEXTE = DOSSIER / f"{fabriquer_fictif.NOM}.txt"
CONTRAT = DOSSIER / f"{fabriquer_fictif.NOM}.yaml"
CONTRACT = canonique.load(CONTRAT.read_text("utf-8"))
SOURCE = (DOSSIER / "source.md").read_text("utf-8")


def one_space(text: str) -> str:
    """The words alone: any run of blanks, no-break ones included, counts as one space."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def paragraphs_in_order() -> list[str]:
    """Every non-empty paragraph of the Word document, cells of tables included, in reading order."""
    found = []
    for block in Document(str(WORD)).iter_inner_content():
        cells = [cell for row in block.rows for cell in row.cells] if hasattr(block, "rows") else [block]
        found += [one_space(cell.text) for cell in cells]
    return [text for text in found if text]


@pytest.mark.parametrize("made", list(fabriquer_fictif.fichiers(SOURCE)), ids=lambda made: made[0])
def test_making_the_files_again_gives_the_same_bytes(made: tuple[str, bytes]) -> None:
    name, content = made
    assert (DOSSIER / name).read_bytes() == content


def test_every_paragraph_of_the_word_file_is_in_the_text_in_order() -> None:
    text, position = one_space(TEXTE.read_text("utf-8")), 0
    paragraphs = paragraphs_in_order()
    assert len(paragraphs) > 500
    for paragraph in paragraphs:
        position = text.find(paragraph, position)
        assert position >= 0, f"absent from the text, or out of order: {paragraph!r}"
        position += len(paragraph)


def test_nothing_of_the_text_is_missing_from_the_word_file() -> None:
    marks = r"(?m)^(?:[•o>→-] | )"
    words = "".join(re.sub(marks, "", TEXTE.read_text("utf-8")).split())
    assert words == "".join("".join(paragraphs_in_order()).split())


def test_title_and_running_header_say_that_the_contract_is_fictitious() -> None:
    document = Document(str(WORD))
    assert "FICTIF" in document.sections[0].header.paragraphs[0].text
    assert "FICTIF" in document.paragraphs[0].text
    assert "fictif" in document.core_properties.title
    assert "FICTIF" in TEXTE.read_text("utf-8").splitlines()[0]


def test_the_word_file_has_real_headings_lists_and_tables() -> None:
    document = Document(str(WORD))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Heading 1", "Heading 2", "Heading 3", "Heading 4", "List Paragraph"} <= styles
    items = [p for p in document.paragraphs if p._p.pPr is not None and p._p.pPr.numPr is not None]
    assert len(items) > 150
    assert len(document.tables) == 3


def test_the_text_is_wrapped_like_one_drawn_from_a_page() -> None:
    lines = TEXTE.read_text("utf-8").splitlines()
    assert 600 <= len(lines) <= 1100
    assert max(map(len, lines)) <= fabriquer_fictif.LARGEUR + 5
    assert all(line.isprintable() for line in lines)


def test_the_contract_file_is_valid_canonical_and_takes_every_line_once() -> None:
    validation = validate(CONTRAT.read_text("utf-8"), read_document(TEXTE.read_bytes()))
    assert validation.fautes == ()
    assert validation.contrat is not None
    assert canonique.dump(validation.contrat) == CONTRAT.read_text("utf-8")
    assert validation.contrat.fictif


def test_the_contract_holds_every_kind_of_item_and_its_honest_faults() -> None:
    compte = count(CONTRACT)
    assert (compte.axes, len(compte.orientations), compte.signataires, compte.instances) == (3, 10, 12, 8)
    assert (compte.total("actions"), compte.total("sous_actions"), compte.actions_sous_un_autre_titre) == (40, 3, 1)
    assert (compte.indicateurs_imprimes, compte.indicateurs_distincts, compte.titres_qui_different) == (18, 16, 3)
    assert (compte.total("lignes_de_credits"), compte.total("lignes_vides")) == (90, 29)
    kinds = {type(item).genre for item in CONTRACT.items.values()}
    assert kinds >= {"rappel", "document cadre", "enseignement", "lieu", "article", "donnée", "sous-action"}
    assert any(item.statut == "contestée" for item in CONTRACT.items.values() if isinstance(item, Donnee))


def test_figures_are_read_where_they_are_printed() -> None:
    document = read_document(TEXTE.read_bytes())
    for figure in (item for item in CONTRACT.items.values() if isinstance(item, Donnee)):
        assert figure.imprime
        assert figure.imprime in document.mots(figure.source), figure.code


def test_both_names_of_persons_are_masked_everywhere() -> None:
    masked = read_document(TEXTE.read_bytes(), CONTRACT.spans_of_names)
    shown = "\n".join(masked.lignes) + CONTRAT.read_text("utf-8")
    assert TEXTE.read_text("utf-8").count("FICTIVE") == 1
    assert not re.search(r"Aline|FICTIVE|IMAGINAIRE", shown)
    assert "\n".join(masked.lignes).count("[nom masqué]") == 2
