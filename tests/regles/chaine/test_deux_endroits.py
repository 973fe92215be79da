"""What sentences, sheets and headings say of one thing in two places, in several wordings; and what is no fault."""

import pytest

from tenir.fichier.document import DocumentNormalise
from tenir.regles.registre import regle_de
from tests.regles.fautes import Faute

CLEAN = Faute("")
"""The contract without a fault: what is tried stands in the words alone."""


def told(code: str, words: str) -> list[str]:
    document = DocumentNormalise(words + "\n")
    return [one.phrase for one in regle_de(code).anomalies(CLEAN.contrat(), document)]


FAULTS = [
    ("CHF017", "Le bourg compte 4 500 habitants. On y recense 2 430 femmes et 2 160 hommes."),
    ("CHF019", "Les écoles reçoivent 620 élèves. Le dispositif en suit 93, soit 25 %."),
    ("CHF020", "En 2018, on comptait 640 demandeurs ; on en compte 576 en 2023, soit une baisse de 18 %."),
    ("CHF020", "En 2018, on comptait 640 demandeurs ; on en compte 576 en 2023, soit 10 % de plus."),
    ("CHF021", "Parmi les jeunes, 127 % ne sont ni en emploi ni en formation."),
    (
        "CHF025",
        "Trois quartiers ont 4 500 habitants : 2 000 à la Saulaie, 2 500 aux Prés. La Saulaie compte 2 600 habitants.",
    ),
    ("STR019", "Fait à Valclair, le 31 juin 2024."),
    ("STR019", "Il a été signé le 29/02/2025."),
    ("STR019", "Calendrier : de mars 2029 à décembre 2027."),
    ("STR019", "Le plan 2028-2024 est suivi."),
    (
        "STR007",
        "Action 1 : Lire\nAction 2 : Compter\nAction 3 : Chanter\nUn parrain, en lien avec l’action 7, y vient.",
    ),
]
CLEAN_ONES = [
    ("CHF017", "Le bourg compte 4 500 habitants. On y recense 2 340 femmes et 2 160 hommes."),
    ("CHF017", "Le bourg compte 4 500 habitants. Le club réunit 40 femmes et 60 hommes."),
    ("CHF019", "Les écoles reçoivent 620 élèves. Le dispositif en suit 93, soit 15 %."),
    ("CHF020", "En 2018, on comptait 640 demandeurs ; on en compte 576 en 2023, soit une baisse de 10 %."),
    ("CHF020", "En 2023, on compte 576 demandeurs ; ils étaient 640 en 2018, soit 10 % de moins."),
    ("CHF021", "La fréquentation a augmenté : 127 % ont été atteints."),
    ("CHF025", "La Saulaie compte 2 000 habitants en 2015. En 2021, la Saulaie compte 2 600 habitants."),
    ("CHF025", "La Saulaie compte 2 000 habitants. La Saulaie compte 600 habitants de moins de 20 ans."),
    ("STR019", "Le 29 février 2024, de mars 2027 à décembre 2029, le contrat 2024-2030."),
    (
        "STR007",
        "Action 1 : Lire\nAction 2 : Compter\nAction 3 : Chanter\nUn parrain, en lien avec l’action 2, y vient.",
    ),
    ("STR007", "Action 1 : Lire\nAction 2 : Compter\nAction 3 : Chanter\nIl reprend l’action 7 du plan de lecture."),
]


@pytest.mark.parametrize(("code", "words"), FAULTS)
def test_a_fault_is_told_once(code: str, words: str) -> None:
    assert len(told(code, words)) == 1


@pytest.mark.parametrize(("code", "words"), CLEAN_ONES)
def test_what_agrees_is_let_pass(code: str, words: str) -> None:
    assert told(code, words) == []
