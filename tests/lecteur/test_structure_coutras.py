"""The contract of Coutras, read from its text: the yardstick of the reader."""

from pathlib import Path

import pytest

from tenir.fichier import canonique
from tenir.fichier.comptage import Compte, count
from tenir.fichier.couverture import lines_at_fault
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.validation import validate
from tenir.lecteur.brouillon import Lecture, lire
from tenir.lecteur.ecarts import comparer, inexpliques
from tenir.lecteur.lecture import read_content
from tests.lecteur.textes import mots_des_items

CURATED = Path("contrats/coutras-2024-2030.yaml")
NOT_READ = ("diagnostic", "lieux")  # figures and places of the prose are picked by a person


@pytest.fixture(scope="module")
def reference() -> ContratDeVille:
    return canonique.load(CURATED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def coutras_octets(coutras_document: Path) -> bytes:
    return coutras_document.read_bytes()


@pytest.fixture(scope="module")
def lecture(coutras_octets: bytes) -> Lecture:
    return lire(read_content(coutras_octets))


def _counts(compte: Compte) -> dict[str, object]:
    data = compte.as_dict()
    for orientation in data["orientations"]:  # type: ignore[attr-defined]
        del orientation["titre"]
    return {name: value for name, value in data.items() if name not in NOT_READ}


def test_every_count_is_that_of_the_curated_file(lecture: Lecture, reference: ContratDeVille) -> None:
    assert _counts(count(lecture.contrat)) == _counts(count(reference))


def test_no_difference_is_left_unexplained(lecture: Lecture, reference: ContratDeVille) -> None:
    ecarts = comparer(lecture.contrat, reference, lecture.document)
    assert [ecart.phrase() for ecart in inexpliques(ecarts)] == []


@pytest.mark.parametrize(
    "genre", ["action prévue", "sous-action", "indicateur", "objectif", "donnée", "ligne de crédits"]
)
def test_the_words_are_exact(lecture: Lecture, reference: ContratDeVille, coutras_octets: bytes, genre: str) -> None:
    signed = DocumentNormalise(coutras_octets.decode(), reference.spans_of_names)
    wanted = mots_des_items(reference, signed, genre)
    assert wanted
    assert mots_des_items(lecture.contrat, signed, genre) == wanted


def _chosen(contrat: ContratDeVille, letter: str) -> set[object]:
    """What is read in the prose: a figure by its value and a line of it, a place by its name, a lesson by its lines."""
    found = [item for code, item in contrat.items.items() if code.startswith(letter) and code[1:].isdigit()]
    if letter == "T":
        return {(getattr(item, "valeur", None), item.source[0].debut) for item in found}
    if letter == "L":
        return {getattr(item, "nom", "").split(" desservie")[0] for item in found}
    return {tuple(sorted({n for p in item.source for n in p.lignes})) for item in found}


@pytest.mark.parametrize(("letter", "least"), [("T", 35), ("L", 28), ("E", 11)])
def test_figures_places_and_lessons_of_the_prose_are_found(
    lecture: Lecture, reference: ContratDeVille, letter: str, least: int
) -> None:
    """What a person picked in the prose, and little else."""
    read, wanted = _chosen(lecture.contrat, letter), _chosen(reference, letter)
    assert len(read & wanted) >= least
    assert len(read - wanted) <= len(wanted) // 4


def test_at_most_forty_lines_have_no_place(lecture: Lecture) -> None:
    assert len(lecture.restes) <= 40
    assert all(reste.raison for reste in lecture.restes)


def test_each_line_has_one_place(lecture: Lecture) -> None:
    texte = DocumentNormalise(lecture.document.texte, lecture.contrat.spans_of_names)
    faults = list(lines_at_fault(lecture.contrat, texte))
    left = [f"la ligne {reste.ligne} du document n’appartient à rien." for reste in lecture.restes]
    assert [fault.message for fault in faults] == left


def test_the_draft_is_a_valid_contract_file_that_carries_its_words(lecture: Lecture) -> None:
    assert validate(canonique.dump(lecture.contrat)).fautes == ()
    assert all(action.texte for o in lecture.contrat.orientations for action in o.actions)


def test_names_of_persons_are_masked(lecture: Lecture, reference: ContratDeVille) -> None:
    assert lecture.contrat.spans_of_names == reference.spans_of_names
