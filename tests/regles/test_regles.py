"""The rules: each finds the fault planted for it, is silent on a clean contract, and has its page and its file."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from tenir.fichier.canonique import load as lu
from tenir.fichier.document import read_document
from tenir.fichier.modeles import ContratDeVille
from tenir.regles import registre
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.controle import controler
from tenir.regles.familles import FAMILLES
from tenir.regles.registre import (
    SECTIONS,
    Lit,
    RegleInconnue,
    RegleMalDeclaree,
    regle,
    regle_de,
    regles,
)
from tests.exemples import few
from tests.fabriques import contrats, edited
from tests.regles.fautes import FAUTES, MOTS, PROPRE

ROOT = Path(__file__).parents[2]
COUTRAS = ROOT / "contrats" / "coutras-2024-2030.yaml"

JOUR = date(2026, 11, 27)
ALONGSIDE = {
    "CHF002": {"CHF014"},
    "IND003": {"IND008"},
    "IND006": {"IND002"},
    "IND007": {"IND008"},
    "IND008": {"IND007"},
    "FIN008": {"FIN001"},
    "GOV003": {"GOV001"},
}
"""The rules that the same fault also breaks, and must."""


def trouve(contrat: ContratDeVille, **asked: object) -> tuple[Anomalie, ...]:
    return controler(contrat, le=JOUR, **asked).anomalies


def test_a_clean_contract_has_no_anomaly() -> None:
    assert trouve(lu(PROPRE), document=read_document(MOTS.encode())) == ()


@pytest.mark.parametrize("code", FAUTES)
def test_a_rule_finds_its_fault_and_no_other_rule_does(code: str) -> None:
    faute = FAUTES[code]
    found = trouve(faute.contrat(), document=faute.document())
    told = [(one.regle, one.code) for one in found if one.regle not in ALONGSIDE.get(code, set())]
    assert told == [(code, faute.element)]
    assert all(one.phrase.endswith(".") and one.remede.endswith(".") for one in found)


def test_a_rule_that_reads_the_words_says_nothing_without_them() -> None:
    found = controler(lu(PROPRE), le=JOUR)
    assert found.anomalies == ()
    assert {one.lit for one in found.non_verifiees} == {Lit.MOTS}


def test_every_rule_has_its_fault_here_its_file_and_its_page() -> None:
    codes = [one.code for one in regles()]
    assert codes == sorted(FAUTES)
    folder = ROOT / "src" / "tenir" / "regles"
    files = {path.stem[:6].upper() for name in FAMILLES.values() for path in (folder / name).glob("???[0-9]*_*.py")}
    assert files == set(codes)
    for one in regles():
        assert 10 < len(one.titre) < 90, one.code
        assert one.page.count("\n## ") + 1 == len(SECTIONS), one.code


@pytest.mark.parametrize(
    ("code", "module", "page", "told"),
    [
        ("chf1", "x", "", "n’est pas un code"),
        ("ZZZ001", "x", "", "n’est pas un code"),
        ("CHF001", "x", "", "sert déjà"),
        ("CHF999", "tenir.regles.chiffres.chf998_essai", "", "chf999_essai.py"),
        ("CHF999", "tenir.regles.chiffres.chf999_essai", "Titre.\n\n## Pourquoi\n\nx", "a les sections"),
    ],
)
def test_a_rule_badly_declared_keeps_tenir_from_starting(code: str, module: str, page: str, told: str) -> None:
    regles()

    def essai(contrat: ContratDeVille) -> list:
        return []

    essai.__module__, essai.__doc__ = module, page
    with pytest.raises(RegleMalDeclaree, match=told):
        regle(code, gravite=Gravite.A_CORRIGER, depuis="0.1")(essai)
    assert "CHF999" not in registre._declared


def test_one_asks_for_rules_or_families() -> None:
    contrat = lu(COUTRAS.read_text())
    assert {one.regle for one in trouve(contrat, codes=["chf001"])} == {"CHF001"}
    assert {one.regle[:3] for one in trouve(contrat, familles=["fin", "GOV"])} == {"FIN", "GOV"}
    for asked in ({"codes": ["CHF404"]}, {"familles": ["XXX"]}):
        with pytest.raises(RegleInconnue):
            trouve(contrat, **asked)
    assert regle_de("fin001").famille == "credits"


def test_what_coutras_signed_is_found() -> None:
    found = trouve(lu(COUTRAS.read_text()))
    by_rule: dict[str, list[str]] = {}
    for one in found:
        by_rule.setdefault(one.regle, []).append(one.code)
    assert by_rule["CHF001"] == ["O02-D08"]
    assert by_rule["CHF003"] == ["O15-D03"]
    assert by_rule["IND001"] == ["I35", "I36", "I38", "I39", "I40"]
    assert by_rule["STR002"] == [f"O16-A0{n}" for n in range(1, 6)]
    assert by_rule["FIN002"] == ["O04", "O08"]
    assert "ENG002" not in by_rule
    assert by_rule["FIN003"] == ["O01-F02", "O02-F05"]
    empty = [int(one.phrase.split("\xa0")[0].split(" ")[0]) for one in found if one.regle == "FIN001"]
    assert sum(empty) == 59
    assert Counter(one.gravite for one in found)[Gravite.BLOQUANTE] == 2
    assert [one.gravite for one in found] == sorted((one.gravite for one in found), key=list(Gravite).index)
    without = {one.code or one.regle for one in found if not one.lignes}
    assert without == {"G07", "G08", "G09"}


def test_a_document_that_is_not_the_one_of_the_contract_makes_no_rule_fail() -> None:
    other = read_document(b"Deux mots.\n")
    assert {one.regle for one in trouve(lu(COUTRAS.read_text()), document=other)} >= {"CHF001", "FIN001"}


@few(25)
@given(contrats())
def test_no_contract_makes_a_rule_fail(contrat: ContratDeVille) -> None:
    for one in trouve(contrat):
        assert one.phrase
        assert one.code in contrat.items or one.code == ""


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("parties:\n          - {code: O01-P01, nature: constat, titre: Constat}\n", "ni constat ni enjeux"),
        ("services_associes:\n          - {nom: CCAS}\n", "aucun service associé"),
    ],
)
def test_a_part_that_one_orientation_has_is_asked_of_the_others(part: str, said: str) -> None:
    first = "        objectifs:\n          - {code: O01-B01"
    text = PROPRE.replace(first, f"        {part}{first}")
    found = [one for one in trouve(lu(text)) if one.regle == "STR001"]
    assert [(one.code, said in one.phrase) for one in found] == [("O02", True)]


@pytest.mark.parametrize(("code", "body"), [("GOV001", "Comité technique"), ("GOV004", "Comité de pilotage")])
@pytest.mark.parametrize(("name", "held"), [("Cellule de veille", True), ("Équipe projet", False)])
def test_a_body_of_any_name_owes_what_two_others_say_unless_it_is_a_team(
    code: str, body: str, name: str, held: bool
) -> None:
    text = edited(PROPRE, *FAUTES[code].fichier).replace(f"nom: {body}", f"nom: {name}")
    assert (code in {one.regle for one in trouve(lu(text))}) is held
