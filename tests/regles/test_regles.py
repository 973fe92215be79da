"""The rules: each finds the fault planted for it, is silent on a clean contract, and has its page and its file."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from tenir.fichier import canonique
from tenir.fichier.modeles import ContratDeVille
from tenir.regles import registre
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.controle import controler
from tenir.regles.registre import (
    FAMILLES,
    SECTIONS,
    RegleInconnue,
    RegleMalDeclaree,
    regle,
    regle_de,
    regles,
)
from tests.fabriques import contrats, edited

ROOT = Path(__file__).parents[2]
COUTRAS = ROOT / "contrats" / "coutras-2024-2030.yaml"

SCHEMES = ", ".join(f"Fonds {n}" for n in range(1, 10))
PROPRE = f"""format: tenir/contrat/1
slug: clair-2024-2030
identite:
  titre: Contrat de ville du Clair
  periode: {{debut: 2024, fin: 2030}}
axes:
  - code: A
    titre: Vivre
    titre_imprime: Vivre
    orientations:
      - code: O01
        titre: Travailler
        titre_imprime: Travailler
        donnees:
          - {{code: O01-D01, libelle: demandeurs, valeur: 300, unite: personnes, periode: '2022', perimetre: quartier}}
          - {{code: O01-D02, libelle: dont femmes, valeur: 164, unite: personnes, periode: '2022', partie_de: O01-D01}}
          - {{code: O01-D03, libelle: Part des 0-24 ans, valeur: 28.9, unite: '%', periode: '2022'}}
          - {{code: O01-D04, libelle: Part des 25-59 ans, valeur: 43.7, unite: '%', periode: '2022'}}
          - {{code: O01-D05, libelle: Part des plus de 60 ans, valeur: 27.4, unite: '%', periode: '2022'}}
          - {{code: O01-D06, libelle: hausse des prix, valeur: 120, unite: '%', periode: '2022'}}
          - {{code: O01-D07, libelle: trajet, valeur: 30, unite: minutes}}
        objectifs:
          - {{code: O01-B01, titre: Rapprocher l’emploi}}
        actions:
          - {{code: O01-A01, titre: Ouvrir un comptoir, horizon: '2026'}}
        pilotes:
          - {{nom: La CAF, organisme: caf-songe-et-brume}}
        credits:
          - {{code: O01-F01, nature: droit commun, financeur: CAF, dispositifs: [{SCHEMES}]}}
      - code: O02
        titre: Habiter
        titre_imprime: Habiter
        donnees:
          - {{code: O02-D01, libelle: logements, valeur: 300, unite: logements, periode: '2022', perimetre: quartier}}
        objectifs:
          - {{code: O02-B01, titre: Rénover}}
        actions:
          - {{code: O02-A01, titre: Rénover une rue}}
        pilotes:
          - {{nom: Commune, organisme: commune-virelande}}
        credits:
          - {{code: O02-F01, nature: droit commun, financeur: ANAH, dispositifs: [Aide aux travaux]}}
signataires:
  - code: S01
    nom: La CAF
    organisme: caf-songe-et-brume
    engagements:
      - {{code: S01-E01, titre: Aider}}
instances:
  - {{code: G01, nom: Comité, reunions_par_an: 1}}
indicateurs:
  - {{code: I01, libelle: Retours à l’emploi, cible: '60', orientations: [O01]}}
  - {{code: I02, libelle: Logements rénovés, cible: '40', orientations: [O02]}}
"""

FAUTES = {
    "CHF001": ("valeur: 28.9", "valeur: 289", "O01-D03"),
    "CHF002": ("valeur: 164", "valeur: 461", "O01-D02"),
    "CHF003": ("25-59 ans", "25-29 ans", "O01-D04"),
    "CHF004": (
        "libelle: logements, valeur: 300, unite: logements",
        "libelle: Demandeurs, valeur: 310, unite: personnes",
        "O02-D01",
    ),
    "CHF005": ("unite: logements, periode: '2022', ", "unite: logements, ", "O02"),
    "STR001": ("        pilotes:\n          - {nom: La CAF, organisme: caf-songe-et-brume}\n", "", "O01"),
    "STR002": ("titre: Rénover une rue", "titre: Rénover une rue, imprimee_sous: constat", "O02-A01"),
    "STR003": ("titre_imprime: Habiter", "titre_imprime: Habiter\n        titre_protocole: Loger", "O02"),
    "STR004": ("horizon: '2026'", "horizon: fin 2022", "O01-A01"),
    "STR005": (
        "instances:\n",
        "derogations:\n  - {regle: GOV001, element: G01, motif: Prévu., auteur: Pilote, fin: '2027-06-30'}\n"
        "instances:\n",
        "G01",
    ),
    "IND001": (
        "{code: I02, libelle: Logements rénovés, cible: '40', orientations: [O02]}",
        "{code: I02, libelle: Retours à l’emploi, cible: '60', orientations: [O02], repete: I01}",
        "I02",
    ),
    "IND002": (", cible: '40'", "", ""),
    "IND003": ("orientations: [O02]", "orientations: [O01]", "O02"),
    "FIN001": (", dispositifs: [Aide aux travaux]", "", "O02"),
    "FIN002": ("financeur: ANAH, dispositifs: [Aide aux travaux]", f"financeur: CAF, dispositifs: [{SCHEMES}]", "O02"),
    "FIN003": (
        "- {code: O02-F01, nature: droit commun, financeur: ANAH, dispositifs: [Aide aux travaux]}",
        "\n          ".join(
            f"- {{code: O02-F0{rank}, nature: droit commun, financeur: {name}, organisme: caf-songe-et-brume, "
            "dispositifs: [Aide]}"
            for rank, name in enumerate(("CAF", "Caisse", "Allocations familiales"), start=1)
        ),
        "O02-F01",
    ),
    "GOV001": (", reunions_par_an: 1", "", "G01"),
    "GOV002": ("{nom: Commune, organisme: commune-virelande}", "{nom: Les membres du groupe}", "O02"),
    "ENG001": ("    engagements:\n      - {code: S01-E01, titre: Aider}\n", "", "S01"),
}
"""For each rule, a fault planted in the clean contract, and the item it must be found on."""


JOUR = date(2026, 11, 27)


def lu(text: str) -> ContratDeVille:
    return canonique.load(text)


def trouve(contrat: ContratDeVille, **asked: object) -> tuple[Anomalie, ...]:
    return controler(contrat, le=JOUR, **asked).anomalies


def test_a_clean_contract_has_no_anomaly() -> None:
    assert trouve(lu(PROPRE)) == ()


@pytest.mark.parametrize("code", FAUTES)
def test_a_rule_finds_its_fault_and_no_other_rule_does(code: str) -> None:
    old, new, where = FAUTES[code]
    found = trouve(lu(edited(PROPRE, (old, new))))
    assert [(one.regle, one.code) for one in found] == [(code, where)]
    assert found[0].phrase.endswith(".")
    assert found[0].remede.endswith(".")


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
    assert by_rule["FIN003"] == ["O01-F02", "O02-F05"]
    empty = [int(one.phrase.split("\xa0")[0].split(" ")[0]) for one in found if one.regle == "FIN001"]
    assert sum(empty) == 59
    assert Counter(one.gravite for one in found)[Gravite.BLOQUANTE] == 1
    assert [one.gravite for one in found] == sorted((one.gravite for one in found), key=list(Gravite).index)
    assert all(one.lignes for one in found)


@given(contrats())
def test_no_contract_makes_a_rule_fail(contrat: ContratDeVille) -> None:
    for one in trouve(contrat):
        assert one.phrase
        assert one.code in contrat.items or one.code == ""
