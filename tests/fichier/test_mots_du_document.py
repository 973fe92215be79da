"""No sentence of the signed document of Coutras is ever part of the repository."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from docx import Document

from tenir.lecteur.lecture import read_content
from tests.test_maison import ROOT, relative, tracked

LONGEST_RUN = 8
WORD = re.compile(r"[^\W_]+")
CONTRAT = ROOT / "contrats" / "coutras-2024-2030.yaml"
ORGANISATIONS = ROOT / "src" / "tenir" / "fichier" / "organisations"

PRINTED = {
    "libelle", "imprime", "titre_imprime", "titre_protocole", "financeur", "rattachee_a", "nom", "nom_usuel",
    "groupe", "sous_groupe", "sous_theme", "dispositifs", "horizon", "sigle", "graphies",
}  # fmt: skip
"""The fields that hold printed facts: titles, labels, names of bodies, schemes and places, figures."""
PRINTED_TITLES = {"documents_cadres", "parties"}
"""The lists whose `titre` is a printed name or heading."""

Runs = set[int]


def runs(text: str) -> Runs:
    """Every run of words one longer than what may be written: as numbers, so that no failure shows the words."""
    words = WORD.findall(text.casefold())
    return {hash(tuple(words[at : at + LONGEST_RUN + 1])) for at in range(len(words) - LONGEST_RUN)}


TITRES = (
    "de la loi n° 2014-173 du 21 février 2014 de programmation pour la ville et la cohésion urbaine",
    "fixant la liste des quartiers prioritaires de la politique de la ville dans les départements métropolitains",
    "part des 16-25 ans non scolarisés et sans emploi",
)
"""Titles of laws and decrees, and of a measure of the Insee, which anyone may write."""


@pytest.fixture(scope="module")
def signed(coutras_document: Path) -> Runs:
    return runs(coutras_document.read_text("utf-8")) - {run for titre in TITRES for run in runs(titre)}


def our_words(data: object, key: str = "") -> Iterator[str]:
    """The texts of a contract or organisations file, one by one, without those that hold printed facts."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name not in PRINTED and not (name == "titre" and key in PRINTED_TITLES):
                yield from our_words(value, key if name == "titre" else name)
    elif isinstance(data, list):
        for value in data:
            yield from our_words(value, key)
    else:
        yield str(data)


def text_of(path: Path) -> str:
    """The words of a tracked file, whatever word processor wrote it; nothing for a picture or a font."""
    content = path.read_bytes()
    if path.suffix in (".odt", ".pdf"):
        return read_content(content).texte
    if path.suffix == ".docx":
        document = Document(io.BytesIO(content))
        tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *tables])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def test_the_words_of_the_contract_file_that_are_ours_copy_none_of_its_sentences(signed: Runs) -> None:
    texts = list(our_words(yaml.safe_load(CONTRAT.read_text("utf-8"))))
    assert len(texts) > 500
    assert [text[:40] for text in texts if runs(text) & signed] == []


@pytest.mark.parametrize("path", sorted(ORGANISATIONS.glob("*.yaml")), ids=lambda path: path.stem)
def test_an_organisations_file_copies_names_only(signed: Runs, path: Path) -> None:
    assert [text for text in our_words(yaml.safe_load(path.read_text("utf-8"))) if runs(text) & signed] == []


def test_no_other_file_of_the_repository_copies_a_sentence(signed: Runs) -> None:
    files = [path for path in tracked() if path != CONTRAT and path.parent != ORGANISATIONS]
    assert len(files) > 100
    assert relative([path for path in files if runs(text_of(path)) & signed]) == []


def test_the_check_sees_a_copied_sentence(coutras_document: Path, signed: Runs) -> None:
    words = WORD.findall(coutras_document.read_text("utf-8"))[1000 : 1000 + LONGEST_RUN + 1]
    assert runs(f"avant {' '.join(words).upper()}, après") & signed
    assert not runs(" ".join(words[:LONGEST_RUN])) & signed
    printed = {"axes": [{"titre_imprime": "a", "titre": "b"}], "parties": [{"titre": "c", "note": "d"}]}
    assert list(our_words(printed)) == ["b", "d"]


def test_a_word_document_is_read() -> None:
    for suffix in (".docx", ".odt", ".pdf"):
        written = [path for path in tracked() if path.suffix == suffix and path.stat().st_size]
        assert written
        assert all(len(WORD.findall(text_of(path))) > 300 for path in written)
