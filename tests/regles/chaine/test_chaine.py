"""From the document to the rule: what is planted in a document of any layout is told, on its line, and nothing else."""

import io
from pathlib import Path

import docx
import pytest

from tenir.regles.anomalie import Anomalie
from tests.fabriques import edited
from tests.regles.chaine.outils import controle

HERE = Path(__file__).parent
FICHES = (HERE / "fiches.txt").read_text()
RECIT = (HERE / "recit.txt").read_text()


def en_tableaux(*, femmes: str = "130", cible: str = "80 %", tete: str = "Cible 2028") -> bytes:
    """A contract in Word whose figures and indicators stand in tables."""
    written = docx.Document()
    written.add_heading("Contrat de ville de Loriane 2024-2030", 0)
    written.add_heading("Orientation 1 : Trouver un emploi", 1)
    written.add_heading("Chiffres", 2)
    _tableau(
        written,
        ("", "Femmes", "Hommes", "Ensemble"),
        ("Demandeurs d’emploi", femmes, "110", "240"),
        ("Allocataires du RSA", "96", "84", "180"),
    )
    written.add_heading("Actions", 2)
    written.add_paragraph("Ouvrir un atelier de couture place du Marché", style="List Bullet")
    written.add_paragraph("Conduire chaque matin les salariés à la zone d’activités", style="List Bullet")
    written.add_heading("Indicateurs", 2)
    _tableau(
        written,
        ("Indicateur", "Valeur 2023", tete),
        ("Part des couturières en emploi, à augmenter", "35 %", cible),
        ("Nombre de salariés conduits chaque matin", "0", "40"),
    )
    saved = io.BytesIO()
    written.save(saved)
    return saved.getvalue()


def _tableau(written: docx.document.Document, *rows: tuple[str, ...]) -> None:
    table = written.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, said in zip(row.cells, cells, strict=True):
            cell.text = said


@pytest.mark.parametrize(
    "content", [FICHES.encode(), RECIT.encode(), en_tableaux()], ids=["fiches", "récit", "tableaux"]
)
def test_nothing_is_said_of_a_clean_document(content: bytes) -> None:
    assert controle(content).anomalies == ()


def on(line: str, text: str, found: tuple[Anomalie, ...]) -> list[str]:
    """The rules that speak of a line, or of a paragraph that holds it."""
    number = next(rank for rank, one in enumerate(text.splitlines(), start=1) if line in one)
    return [one.regle for one in found if any(number in plage.lignes for plage in one.plages)]


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("CHF006", "- hommes : 76", "- hommes : 86"),
        ("CHF015", "- 25-59 ans : 44 %", "- 25-59 ans : 54 %"),
        ("CHF018", "- Couples avec enfants : 22 %", "- Couples avec enfants : 42 %"),
        ("CHF020", "soit une baisse de 20 %", "soit une baisse de 35 %"),
        ("CHF020", "de 300 lecteurs en 2019 à 240 en 2023", "de 240 lecteurs en 2019 à 300 en 2023"),
        ("CHF017", "dont 130 femmes et 60 hommes de", "dont 330 femmes et 60 hommes de"),
        ("IND009", "35 % en 2023, 80 % en 2028", "80 % en 2023, 35 % en 2028"),
        ("IND010", "80 % en 2028", "80 % en 2033"),
        ("IND006", "Nombre de vélos réparés (départ 0, cible 400)", "Dynamique de l’atelier"),
    ],
)
def test_a_fault_planted_in_sheets_is_told_on_its_line(code: str, old: str, new: str) -> None:
    text = edited(FICHES, (old, new))
    assert code in on(new, text, controle(text.encode()).anomalies)


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("CHF017", "690 femmes et 630 hommes", "690 femmes et 730 hommes"),
        ("CHF017", "dont 690 femmes et 630 hommes", "dont 1 690 femmes"),
        ("CHF019", "130 sont vides, soit 25 %", "130 sont vides. Sur les 520, 130 sur 520, soit 35 %"),
        ("CHF020", "passant de 14 en 2015 à 9 en 2023", "passant de 9 en 2015 à 14 en 2023"),
        ("CHF021", "des factures que chacun peut payer", "des factures que 852 % des familles peuvent payer"),
        ("CHF016", "à 110 %", "au double ; les visites ont chuté de 110 %"),
        (
            "CHF010",
            "La part des logements mal chauffés est de 42 %",
            "La majorité des logements est mal chauffée (42 %)",
        ),
        ("IND009", "de 42 % à 20 %", "de 20 % à 42 %"),
        ("IND010", "0 en 2023, 150 en 2028", "0 en 2023, 150 en 2038"),
        (
            "IND004",
            "– Nombre de locaux loués à des artisans",
            "– Nombre des locaux qui ont été loués à des artisans : 3\n– Nombre de locaux loués à des artisans",
        ),
        ("IND008", "Nombre de clients de l’épicerie par jour", "Nombre de voiliers amarrés au ponton nord"),
    ],
)
def test_a_fault_planted_in_plain_words_is_told_on_its_line(code: str, old: str, new: str) -> None:
    text = edited(RECIT, (old, new))
    assert code in on(new.split("\n")[-1], text, controle(text.encode()).anomalies)


@pytest.mark.parametrize(
    ("code", "planted"),
    [("CHF017", {"femmes": "150"}), ("IND009", {"cible": "12 %"}), ("IND010", {"tete": "Cible 2035"})],
)
def test_a_fault_planted_in_a_table_is_told(code: str, planted: dict[str, str]) -> None:
    assert code in {one.regle for one in controle(en_tableaux(**planted)).anomalies}


def test_what_was_not_read_is_said_and_nothing_is_concluded_of_it() -> None:
    text = RECIT.replace("Comment nous saurons", "Nos remarques")
    found = controle(text.encode())
    assert not [one for one in found.anomalies if one.regle.startswith("IND")]
