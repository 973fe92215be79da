"""The counts of a contract."""

import json

from tenir.fichier.comptage import count
from tests.fabriques import bref


def test_the_short_contract_is_counted() -> None:
    compte = count(bref())
    assert (compte.axes, len(compte.orientations), compte.signataires, compte.engagements) == (2, 1, 1, 1)
    assert (compte.total("actions"), compte.total("donnees"), compte.total("lignes_de_credits")) == (1, 2, 1)
    assert compte.total("lignes_vides") == 1


def test_a_heading_that_only_groups_is_no_promise() -> None:
    grouped = bref(
        ("        titre: Aider les parents\n", "        titre: Aider les parents\n        regroupement: true\n")
    )
    assert count(grouped).engagements == 0


def test_a_repeated_indicator_is_printed_and_not_distinct() -> None:
    rows = "indicateurs:\n  - {code: I01, libelle: a}\n  - {code: I02, libelle: a, repete: I01}\nparties:\n"
    compte = count(bref(("parties:\n", rows)))
    assert (compte.indicateurs_imprimes, compte.indicateurs_distincts) == (2, 1)


def test_an_objective_in_prose_is_no_bullet() -> None:
    written = "        objectifs:\n          - {code: O01-B01, titre: a, forme: prose}\n"
    written += "          - {code: O01-B02, titre: b}\n"
    compte = count(bref(("        credits:\n", written + "        credits:\n")))
    assert (compte.total("objectifs"), compte.total("objectifs_en_prose")) == (1, 1)


def test_a_line_that_names_a_scheme_is_not_empty() -> None:
    named = bref(("            source: 9\n", "            source: 9\n            dispositifs: [Fonds des parents]\n"))
    assert count(named).total("lignes_vides") == 0


def test_counts_are_plain_data_and_sentences() -> None:
    compte = count(bref())
    assert json.loads(json.dumps(compte.as_dict()))["orientations"][0]["code"] == "O01"
    assert compte.phrases() == (
        "2 axes, 1 orientation, dont 0 au titre différent dans le protocole",
        "0 action imprimée sous un autre intitulé",
        "1 signataire",
        "1 engagement, dont 0 en prose",
        "0 indicateur imprimé, 0 distinct",
        "1 instance, 0 donnée de diagnostic, 0 lieu",
    )
