"""What changed between two contracts, item by item, in French."""

import json

import pytest
from hypothesis import given

from tenir.fichier.comparaison import compare
from tenir.fichier.modeles import ContratDeVille
from tests.exemples import few
from tests.fabriques import bref, contrats

A01 = """          - code: O01-A01
            titre: Ouvrir un lieu d’accueil
            source: 4-6
            pilotes:
              - {nom: La CAF, organisme: caf-songe-et-brume}
"""
A02 = "          - {code: O01-A02, titre: Fermer tard}\n"


def said(*changes: tuple[str, str]) -> list[str]:
    return [change.phrase() for change in compare(bref(), bref(*changes))]


@few(8)
@given(contrats())
def test_a_contract_does_not_differ_from_itself(contrat: ContratDeVille) -> None:
    assert compare(contrat, contrat) == []


@few(8)
@given(contrats(), contrats())
def test_two_contracts_that_differ_have_something_to_tell(one: ContratDeVille, other: ContratDeVille) -> None:
    assert bool(compare(one, other)) == (one != other)
    json.dumps([change.as_dict() for change in compare(one, other)], default=str)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ((A01, A01 + A02), "O01-A02 (action prévue) est ajouté : « Fermer tard »."),
        (
            ("titre: Aider les parents", "titre: Aider"),
            "S01-E01 (engagement), titre : « Aider les parents » devient « Aider ».",
        ),
        (("valeur: 12.50", "valeur: 12.5"), None),
        (("valeur: 12.50", "valeur: 13"), "O01-D02 (donnée), valeur : « 12.50 » devient « 13 »."),
        (
            ("valeur: 1234", "valeur: 1235"),
            "hameau-2024-2030 (contrat), identite › quartiers : « code : QN99001M, nom : Le Bas, "
            "population : valeur : 1234, origine : INSEE » devient « code : QN99001M, nom : Le Bas, "
            "population : valeur : 1235, origine : INSEE ».",
        ),
        (
            ("departement: Songe-et-Brume\n  ", ""),
            "hameau-2024-2030 (contrat), identite › departement : « Songe-et-Brume » devient « rien ».",
        ),
        (
            ("titre: Se déplacer", "titre: Se déplacer\n    transversal: true"),
            "B (axe), transversal : « rien » devient « oui ».",
        ),
        (
            ("              - {nom: La CAF, organisme: caf-songe-et-brume}\n", "              - {nom: La CAF}\n"),
            "O01-A01 (action prévue), pilotes : « nom : La CAF, organisme : caf-songe-et-brume » "
            "devient « nom : La CAF ».",
        ),
        (
            ("parties:\n", "codes_retires:\n  - {code: O01-A09, motif: Fusion}\nparties:\n"),
            "hameau-2024-2030 (contrat), codes_retires : « rien » devient « code : O01-A09, motif : Fusion ».",
        ),
    ],
)
def test_a_difference_reads_as_a_sentence(change: tuple[str, str], sentence: str | None) -> None:
    assert said(change) == ([sentence] if sentence else [])


def test_what_goes_is_told_by_its_name() -> None:
    gone = compare(bref((A01, A01 + A02)), bref())
    assert [change.phrase() for change in gone] == ["O01-A02 (action prévue) est retiré : « Fermer tard »."]


def test_an_item_whose_code_changes_goes_and_comes() -> None:
    assert said(("code: O01-A01", "code: O01-A02")) == [
        "O01-A01 (action prévue) est retiré : « Ouvrir un lieu d’accueil ».",
        "O01-A02 (action prévue) est ajouté : « Ouvrir un lieu d’accueil ».",
    ]


def test_a_new_order_is_told() -> None:
    forth, back = bref((A01, A01 + A02)), bref((A01, A02 + A01))
    assert [change.phrase() for change in compare(forth, back)] == [
        "O01 (orientation), ordre de actions : « O01-A01 ; O01-A02 » devient « O01-A02 ; O01-A01 »."
    ]


def test_an_orientation_that_changes_axis_is_told() -> None:
    contrat = bref()
    first, second = contrat.axes
    orientations = {"orientations": first.orientations}
    moved = (first.model_copy(update={"orientations": ()}), second.model_copy(update=orientations))
    (change,) = compare(contrat, contrat.model_copy(update={"axes": moved}))
    assert change.phrase() == "O01 (orientation), axe : « A » devient « B »."


def test_differences_come_in_the_order_of_codes() -> None:
    rows = "".join(f"          - {{code: O01-A{rank:02}, titre: t}}\n" for rank in (10, 2, 9))
    codes = [change.code for change in compare(bref(), bref((A01, A01 + rows)))]
    assert codes == ["O01-A02", "O01-A09", "O01-A10"]


def test_a_difference_is_plain_data() -> None:
    (change,) = compare(bref(), bref(("titre: Aider les parents", "titre: Aider")))
    assert json.loads(json.dumps(change.as_dict())) == {
        "nature": "modification",
        "genre": "engagement",
        "code": "S01-E01",
        "champ": "titre",
        "avant": "Aider les parents",
        "apres": "Aider",
    }
    assert change.valeurs() == ("Aider les parents", "Aider")
