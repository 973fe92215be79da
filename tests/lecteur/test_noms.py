"""Who is hidden, and who is not a person: a sample written before the code, and what a name is beside."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tenir.fichier.document import MASK, read_document
from tenir.lecteur.lecture import read_content
from tenir.lecteur.noms import noms_masques

SAMPLE = yaml.safe_load((Path(__file__).parent / "personnes.yaml").read_text(encoding="utf-8"))
A_NUMBER_LIKE_A_TELEPHONE = "de 01 02 03 04 05 places en 2024"


def _masked(text: str) -> list[str]:
    """What is hidden of a text, in its order."""
    document = read_content(text.encode())
    lines = document.texte.split("\n")
    return [lines[p.debut - 1][(p.colonne_debut or 1) - 1 : p.colonne_fin] for p in noms_masques(document)]


@pytest.mark.parametrize("entry", SAMPLE, ids=lambda entry: entry["texte"][:40])
def test_a_person_and_what_reaches_her_are_hidden_and_nothing_else(entry: dict[str, list[str] | str]) -> None:
    text = str(entry["texte"])
    expected = ["01 02 03 04 05"] if text == A_NUMBER_LIKE_A_TELEPHONE else [str(m) for m in entry.get("masques", [])]
    assert _masked(text) == expected


def test_a_name_found_once_is_hidden_wherever_it_is_printed() -> None:
    assert _masked("Contact : Zora Fictive-Nord\n\nLe 3 mars, Zora Fictive-Nord a réuni les habitants.") == [
        "Zora Fictive-Nord",
        "Zora Fictive-Nord",
    ]


def test_a_first_name_that_nobody_bears_is_told_by_what_stands_around_it() -> None:
    assert _masked("o Un jardin, avec Xylandre Fictif, animateur") == ["Xylandre Fictif"]
    assert _masked("o Un jardin, avec Xylandre Fictif\n\nXylandre rénove la place.") == []


def test_a_name_that_a_place_bears_may_be_cut_by_the_end_of_a_line() -> None:
    assert _masked("des ateliers dans l’espace culturel\nColette Fictive, deux fois par mois") == []


FIRST = st.sampled_from(["Solène", "Hugo", "Aïcha", "Jean-Luc", "MARTINE"])
LAST = st.sampled_from(["Fictif", "FICTIVE", "de La Fiction", "Le Fictif", "Fictif-Durand", "D’Invention"])
AROUND = st.sampled_from(
    [
        "M. {}",
        "Mme {}, maire",
        "représentée par {}",
        "Contact : {}",
        "{} (directrice)",
        "porté par {}",
        "la maire, {}, dit",
    ]
)


@given(first=FIRST, last=LAST, around=AROUND)
def test_a_common_first_name_and_a_surname_are_hidden_in_any_form(first: str, last: str, around: str) -> None:
    document = read_content(around.format(f"{first} {last}").encode())
    shown = read_document(document.texte.encode(), noms_masques(document)).lignes
    assert first not in shown[0]
    assert last.split()[-1] not in shown[0]
    assert MASK in shown[0]


@pytest.mark.parametrize(
    "text", ["A" * 100_000, "a" * 100_000, "Aa-" * 40_000, "a.b-" * 40_000, "M. " * 40_000, "Jean " * 40_000]
)
def test_a_line_without_end_is_searched_once(text: str) -> None:
    noms_masques(read_content(text.encode()))


SAID = ("l’ambition A. La CAF verse", "le pilier B. L’État suit", "un plan C. France Travail")


@pytest.mark.parametrize("said", SAID)
def test_the_letter_of_a_heading_or_the_body_of_the_next_sentence_is_no_initial(said: str) -> None:
    assert noms_masques(read_content(f"Vu dans {said} chaque année.".encode())) == ()
