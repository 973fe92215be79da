"""Coutras from Word and from PDF: the same contract as from its text, whatever the layout.

The documents are made of the signed text in a temporary folder, never committed.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tenir.fichier.comptage import count
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.brouillon import Lecture, lire
from tenir.lecteur.ecarts import comparer, inexpliques
from tenir.lecteur.lecture import lire_document
from tests.lecteur.fabrique_documents import Morceau, Style, curated_file, ecrire_word, morceaux, mots, through_office
from tests.lecteur.textes import mots_des_items

CURATED = Path("contrats/coutras-2024-2030.yaml")
STYLES = {
    "word, styles": Style(),
    "word, gras": Style(reel=False),
    "odt, styles": Style(),
    "pdf, styles": Style(),
    "pdf, gras": Style(reel=False, police="DejaVu Sans", corps=10, justifie=False),
    "pdf, colonnes": Style(colonnes=True),
}
COUNTED = ("action prévue", "indicateur", "objectif")


@dataclass(frozen=True)
class Relu:
    """A document made, what it was made of, and what was read of it."""

    pieces: list[Morceau]
    lecture: Lecture


@pytest.fixture(scope="module")
def reference() -> ContratDeVille:
    return curated_file(CURATED)


@pytest.fixture(scope="module", params=STYLES)
def relu(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    coutras_document: Path,
    reference: ContratDeVille,
) -> Relu:
    pieces = morceaux(lire_document(coutras_document).lignes, reference)
    word = ecrire_word(pieces, tmp_path_factory.mktemp("coutras") / "contrat.docx", STYLES[request.param])
    suffix = request.param.partition(",")[0]
    made = word if suffix == "word" else through_office(word, suffix, word.parent)
    return Relu(pieces, lire(lire_document(made)))


def test_the_letters_come_back_in_order(relu: Relu) -> None:
    """Letters, not words: a hyphen at a line end may be the page's, and a word printed once does not tell."""
    read = mots(line.texte for line in relu.lecture.document.lignes)
    assert "".join(read) == "".join(mots(piece.texte for piece in relu.pieces))


def test_no_difference_is_left_unexplained(relu: Relu, reference: ContratDeVille) -> None:
    ecarts = comparer(relu.lecture.contrat, reference, relu.lecture.document)
    assert [ecart.phrase() for ecart in inexpliques(ecarts)] == []


def test_every_count_is_that_of_the_curated_file(relu: Relu, reference: ContratDeVille) -> None:
    """But for what a person picks in the prose, and for the promises: see the next test."""
    read, wanted = _counts(relu.lecture.contrat), _counts(reference)
    assert read == wanted


def test_promises_are_counted_within_three(relu: Relu, reference: ContratDeVille) -> None:
    """Plain paragraphs under a bullet of Word do not tell what they stand under: some headings pass for promises."""
    read, wanted = (count(one).as_dict()["engagements"] for one in (relu.lecture.contrat, reference))
    assert abs(int(read) - int(wanted)) <= 3  # type: ignore[call-overload]


def _counts(contrat: ContratDeVille) -> dict[str, object]:
    left_aside = ("diagnostic", "lieux", "orientations", "engagements", "engagements_en_prose")
    return {name: value for name, value in count(contrat).as_dict().items() if name not in left_aside}


@pytest.mark.parametrize("genre", COUNTED)
def test_the_words_are_exact(relu: Relu, reference: ContratDeVille, coutras_document: Path, genre: str) -> None:
    """Blanks and hyphens aside, which the end of a printed line makes and unmakes."""
    signed = DocumentNormalise(coutras_document.read_text(encoding="utf-8"), reference.spans_of_names)
    mine = DocumentNormalise(relu.lecture.document.texte)
    wanted = _bare(mots_des_items(reference, signed, genre))
    assert wanted
    assert _bare(mots_des_items(relu.lecture.contrat, mine, genre)) == wanted


def _bare(words: dict[str, str]) -> dict[str, str]:
    return {code: re.sub(r"[\W_]+", "", text).lower() for code, text in words.items()}
