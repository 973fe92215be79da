"""The contracts that ship with Tenir, and the counts of the real one."""

from pathlib import Path

import pytest

from tenir.fichier import canonique
from tenir.fichier.comptage import count
from tenir.fichier.enums import StatutDeDonnee
from tenir.fichier.modeles import ActionPrevue, Donnee, Engagement, LigneDeCredits, Rappel
from tenir.fichier.objet import Item
from tenir.fichier.validation import validate
from tests.fabriques import CONTRATS, SHIPPED

COUTRAS = canonique.load((CONTRATS / "coutras-2024-2030.yaml").read_text("utf-8"))
COMPTE = count(COUTRAS)


def of(kind: type[Item]) -> list[Item]:
    return [item for item in COUTRAS.items.values() if isinstance(item, kind)]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_contract_is_valid_and_canonical(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    validation = validate(text)
    assert validation.fautes == ()
    assert canonique.dump(validation.contrat) == text


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_contract_types_no_signed_words(path: Path) -> None:
    contrat = canonique.load(path.read_text("utf-8"))
    assert [item.code for item in contrat.items.values() if item.texte] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_contract_is_named_by_its_address(path: Path) -> None:
    assert canonique.load(path.read_text("utf-8")).slug == path.stem


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        ("axes", 4),
        ("titres_qui_different", 8),
        ("actions_sous_un_autre_titre", 5),
        ("signataires", 19),
        ("instances", 11),
        ("engagements", 153),
        ("engagements_en_prose", 19),
        ("indicateurs_imprimes", 42),
        ("indicateurs_distincts", 37),
    ],
)
def test_coutras_counts(counted: str, expected: int) -> None:
    assert getattr(COMPTE, counted) == expected


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        ("actions", 108),
        ("sous_actions", 4),
        ("objectifs", 50),
        ("donnees", 57),
        ("lignes_de_credits", 146),
        ("lignes_vides", 59),
    ],
)
def test_the_sixteen_orientations_of_coutras_count(counted: str, expected: int) -> None:
    assert len(COMPTE.orientations) == 16
    assert COMPTE.total(counted) == expected


def test_the_actions_printed_under_objectives_are_those_of_orientation_16() -> None:
    elsewhere = [item.code for item in of(ActionPrevue) if item.imprimee_sous]
    assert len(elsewhere) == 5
    assert {code[:3] for code in elsewhere} == {"O16"}


def test_one_axis_of_coutras_is_transversal() -> None:
    assert [axe.code for axe in COUTRAS.axes if axe.transversal] == ["D"]


def test_the_doubtful_share_above_a_hundred_is_kept_as_printed() -> None:
    (share,) = [item for item in of(Donnee) if item.imprime and "332,9" in item.imprime]
    assert str(share.valeur) == "332.9"
    assert share.statut is StatutDeDonnee.CONTESTEE
    assert share.doute


def test_a_count_split_by_sex_is_three_figures() -> None:
    whole, women, men = (COUTRAS.items[code] for code in ("O02-D01", "O02-D02", "O02-D03"))
    assert (whole.valeur, women.valeur, men.valeur) == (313, 164, 149)
    assert women.partie_de == men.partie_de == whole.code


@pytest.mark.parametrize(
    ("code", "field", "fault"),
    [
        ("O04", "titre_imprime", "entreprenariat"),
        ("O15", "titre_protocole", "femme/homme"),
        ("O02-D08", "imprime", "332,9%"),
    ],
)
def test_what_is_printed_keeps_its_faults(code: str, field: str, fault: str) -> None:
    assert fault in getattr(COUTRAS.items[code], field)


def test_the_kinds_of_promise_are_told_apart() -> None:
    assert len(of(Rappel)) > 0
    assert all(item.parent in COUTRAS.items for item in of(Engagement) if item.parent)
    assert len([item for item in of(LigneDeCredits) if item.vide]) == 59
