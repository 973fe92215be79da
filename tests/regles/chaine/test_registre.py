"""The words of a document speak for themselves: each fault is told on its line, even where no item was read there."""

from pathlib import Path

import pytest

from tenir.regles.anomalie import Anomalie
from tests.regles.chaine.outils import controle

REGISTRE = (Path(__file__).parent / "registre.txt").read_text()
CODES = ("CHF019", "CHF022", "CHF023", "CHF024", "ENG005", "ENG006", "FIN009", "IND001", "IND009", "IND010")
CODES += ("RED003", "RED005", "RED006", "STR006", "STR008", "STR011")


def told(text: str) -> list[Anomalie]:
    return list(controle(text.encode(), codes=CODES).anomalies)


def test_nothing_is_said_of_the_clean_document() -> None:
    assert [(one.regle, one.phrase) for one in told(REGISTRE)] == []


@pytest.mark.parametrize(
    ("code", "old", "new", "said"),
    [
        ("ENG006", "mobilités 2022-2032", "mobilités 2012-2018", "2012-2018"),
        ("STR008", "Action 1.2 :", "Action 1.4 :", "les numéros 1.2, 1.3"),
        ("ENG006", "mobilités 2022-2032", "mobilités 2032-2038", "commence après 2030"),
        ("CHF023", "30 % un logement", "20 % un logement", "font 90,0 %"),
        ("CHF019", "soit 60 % de son", "soit 48 % de son", "60,0 %, et non 48 %"),
        ("CHF019", "représentent 51 %", "représentent 61 %", "et non 61 %"),
        ("CHF024", "Part des allocataires", "Taux de chômage des habitants", "semblent une seule mesure"),
        ("STR011", "à juin 2028", "à juin 2034", "2034"),
        ("STR011", "de mai 2025 à", "de mai 2019 à", "2019"),
        ("STR011", "chantier en 2026", "chantier en 2033", "2033"),
        ("STR011", "Échéancier : avril 2026", "Échéancier : avril 2020", "2020"),
        ("STR011", "garage en mars 2026", "garage en mars 2016", "2016"),
        ("STR011", "se tient en octobre 2024", "se tient en octobre 2014", "2014"),
        ("FIN009", "Région 30 000 €)", "Région 35 000 €)", "85"),
        ("FIN009", "Région 30 000 €)", "Région 13 000 €)", "63"),
        ("CHF022", "140 000    42 000", "140 000    24 000", "« Jouer »"),
        ("CHF022", "16 000     66 000", "16 000     76 000", "« État »"),
        ("ENG005", "– entretenir la piste chaque", "– a repeint le kiosque au", "au passé"),
        ("RED003", "– tenir un stand de jeux", "– participer à la dynamique des jeux", "rien ne dira"),
        ("RED003", "– tenir un stand", "– tenir, autant que faire se peut, un stand", "autant que faire se peut"),
        ("RED005", "chaque samedi.", "chaque samedi [jour à revoir].", "jour à revoir"),
        ("RED005", "chaque samedi.", "chaque samedi (donné de mémoire).", "de mémoire"),
        ("STR006", "Treven 6 000 €", "Treven XX €", "« XX »"),
        ("RED006", "Action 2.2 :", "Action 2.1 :", "« Action 2.1 »"),
        ("RED006", "Action 2.2 :", "Action 2.4 :", "saute"),
        ("RED006", "2. Part des trajets", "3. Part des trajets", "saute"),
        ("IND009", "62 % en 2023, 48 %", "48 % en 2023, 62 %", "à réduire"),
        ("IND010", "300 en 2027", "300 en 2037", "2037"),
    ],
)
def test_a_fault_is_told_on_its_line(code: str, old: str, new: str, said: str) -> None:
    assert REGISTRE.count(old) == 1
    line = REGISTRE[: REGISTRE.index(old)].count("\n") + 1
    found = [one for one in told(REGISTRE.replace(old, new)) if one.regle == code]
    assert any(said in one.phrase.replace("\u202f", " ") for one in found), found
    assert any(abs(line - number) < 2 for one in found for plage in one.plages for number in plage.lignes)
