"""A Word file of whole lines: the years of the contract stand in its last article, and two places say one thing.

Each fault is told through the chain, from the document; its twin, a wording near it that is no fault, stays silent.
"""

import re
from pathlib import Path

import pytest

from tests.regles.chaine.outils import controle
from tests.regles.echantillon5 import batir
from tests.regles.mesure_echantillon import in_words, printed

WORDS = Path(__file__).with_name("brume.md")
FAMILLES = ("CHF", "IND", "FIN", "STR", "GOV", "ENG", "RED", "DRT")


def told(folder: Path, *gestes: tuple[str, str]) -> list[tuple[str, str]]:
    """What is said of the document, once old words were replaced by new ones."""
    changed = in_words(WORDS.read_text("utf-8"), [{"ancien": old, "nouveau": new} for old, new in gestes])
    path = folder / "brume.docx"
    batir.docx(printed(changed), path)
    found = controle(path.read_bytes(), familles=FAMILLES)
    return [(one.regle, re.sub(r"\s", " ", one.phrase)) for one in found.anomalies]


FAULTS = [
    # the years of the contract are those of its term, not those of the plan that it cites
    (1, "STR012", "pour une durée de six ans et demi", "pour une durée de neuf ans", "neuf ans"),
    (
        2,
        "STR012",
        "Fait à Houlebec, le",
        "Le contrat, conclu pour huit ans, peut être revu. Fait à Houlebec, le",
        "huit",
    ),
    (1, "STR011", "De juin 2025 à décembre 2030", "De juin 2025 à décembre 2033", "2033"),
    (1, "ENG006", "le contrat local de santé 2023-2027", "le contrat local de santé 2016-2021", "2016-2021"),
    # a heading parts two paragraphs, not what they say
    (1, "CHF017", "2 600 femmes", "2 800 femmes", "5 000"),
    (2, "CHF025", "Les halls sont", "Les deux quartiers regroupent 5 700 habitants. Les halls sont", "5 700"),
    # who chairs, by a pronoun
    (1, "GOV009", "L’ARS forme", "L’ARS préside le groupe Habitat et santé et forme", "ARS"),
    (2, "GOV009", "La Caf renouvelle", "La Ville de Houlebec préside le groupe Emploi. La Caf renouvelle", "Houlebec"),
    # what two places say
    (1, "STR009", "réunit les huit signataires", "réunit les onze signataires", "onze"),
    (2, "STR009", "| Mise en œuvre | De janvier 2026 à décembre 2029 |\n", "", "tours du large"),
    (1, "STR014", ". Défi 2 – Travailler sans partir", ". Défi 2 – Un emploi pour tous ici", "Un emploi pour tous ici"),
    (1, "STR020", "embauchent.", "embauchent. La ligne de tram 3 y sera prolongée en 2029.", "2027"),
    (
        2,
        "ENG008",
        "deux gardiens.",
        "deux gardiens pour la pépinière de métiers, qui ouvrira en mai 2028.",
        "finit avant",
    ),
]
TWINS = [
    (1, "pour une durée de six ans et demi", "pour une durée de six ans"),
    (1, "De juin 2025 à décembre 2030", "De juin 2025 à juin 2028"),
    (1, "le contrat local de santé 2023-2027", "le projet de territoire 2020-2035"),
    (1, "Les halls sont", "Les deux quartiers regroupent 1 900 logements. Les halls sont"),
    (1, "L’ARS forme", "L’ARS participe au groupe Habitat et santé et forme"),
    (1, "Ces trois groupes se réunissent", "Chaque groupe se réunit"),
    (1, "réunit les huit signataires", "réunit les représentants des huit signataires"),
    (1, "De janvier 2026 à décembre 2029", "Au second semestre de chaque année"),
    (1, "embauchent.", "embauchent. La ligne de tram 5 y sera prolongée en 2029."),
    (2, "embauchent.", "embauchent. La ligne de tram 3 y sera prolongée en 2027."),
    (2, "deux gardiens.", "deux gardiens pour la pépinière de métiers, qui ouvrira en septembre 2026."),
    (2, "4 000 patients suivis par an en 2030 (100 en 2023)", "60 attentes de plus d’un mois en 2030 (900 en 2023)"),
]


def test_the_clean_document_stays_silent(tmp_path: Path) -> None:
    assert told(tmp_path) == []


@pytest.mark.parametrize("lot", [1, 2])
def test_each_fault_is_told(tmp_path: Path, lot: int) -> None:
    found = told(tmp_path, *((old, new) for number, _, old, new, _ in FAULTS if number == lot))
    for number, code, _, _, says in FAULTS:
        assert number != lot or any(rule == code and says in said for rule, said in found), (code, says, found)


@pytest.mark.parametrize("lot", [1, 2])
def test_their_twins_stay_silent(tmp_path: Path, lot: int) -> None:
    assert told(tmp_path, *((old, new) for number, old, new in TWINS if number == lot)) == []
