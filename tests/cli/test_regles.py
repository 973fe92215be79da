"""`tenir controler` and `tenir regle`: what is shown, to whom, and what a machine reads of it."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tenir.cli.main import main
from tenir.cli.rapport import document_of
from tenir.cli.regles import published
from tenir.fichier.canonique import load as lu
from tenir.regles.controle import controler
from tests.fabriques import edited
from tests.regles.fautes import FAUTES, MOTS, PROPRE

ROOT = Path(__file__).parents[2]
JOUR = date(2026, 11, 27)
COUTRAS = str(ROOT / "contrats" / "coutras-2024-2030.yaml")


def run(*given: str) -> Result:
    return CliRunner().invoke(main, list(given), catch_exceptions=False)


@pytest.fixture
def propre(tmp_path: Path) -> Path:
    path = tmp_path / "propre.yaml"
    path.write_text(PROPRE)
    return path


def test_a_clean_contract_and_its_document_say_so_and_end_well(propre: Path) -> None:
    words = propre.with_suffix(".txt")
    words.write_text(MOTS)
    answer = run("controler", str(propre), "--document", str(words), "--strict")
    assert (answer.exit_code, answer.output) == (0, "Aucune anomalie.\n")


def test_without_the_document_the_rules_that_read_its_words_are_said_not_verified(propre: Path) -> None:
    answer = run("controler", str(propre), "--strict")
    assert answer.exit_code == 0
    assert "RED004" in answer.output
    assert "non vérifiées, elles lisent les mots du document" in answer.output


def test_what_was_not_read_is_said_once_and_not_by_each_rule(propre: Path) -> None:
    propre.write_text(PROPRE[: PROPRE.index("indicateurs:\n")])
    told = run("controler", str(propre)).output
    assert told.count("Non vérifié : les indicateurs n’ont pas été lus.") == 1
    assert json.loads(run("controler", str(propre), "--format", "json").output)["non lus"] == ["indicateurs"]


def test_certain_corrections_are_shown_as_a_diff_and_change_nothing(propre: Path) -> None:
    assert run("controler", str(propre), "--corrections").output == "Aucune correction n’est certaine.\n"
    before = Path(COUTRAS).read_text()
    told = run("controler", COUTRAS, "--corrections")
    assert told.exit_code == 0
    assert "+            libelle: Part des 25-59 ans dans la population féminine" in told.output
    assert Path(COUTRAS).read_text() == before


def test_an_admitted_anomaly_is_shown_apart_with_who_why_and_until_when(propre: Path) -> None:
    admitted = (
        "derogations:\n  - {regle: GOV001, element: G02, motif: Prévu en juin., auteur: Comité, fin: '2099-12-31'}\n"
    )
    propre.write_text(
        edited(
            PROPRE,
            ("    reunions_par_an: 2\n    source: 24\n", "    source: 24\n"),
            ("instances:\n", f"{admitted}instances:\n"),
        )
    )
    told = run("controler", str(propre), "--strict")
    assert told.exit_code == 0
    assert "admise jusqu’au 31/12/2099 par Comité : GOV001 G02\n    Prévu en juin." in told.output
    assert (
        json.loads(run("controler", str(propre), "--format", "json").output)["admises"][0]["motif"] == "Prévu en juin."
    )


def test_a_blocking_anomaly_ends_with_one_and_is_told_with_its_lines_and_its_remedy() -> None:
    answer = run("controler", COUTRAS)
    assert answer.exit_code == 1
    for words in ("bloquante (2)", "CHF001  O02-D08 l. 1436", "→ Vérifiez la virgule", "« tenir regle CODE »"):
        assert words in answer.output


def test_without_a_blocking_one_the_end_is_good_unless_one_is_strict(propre: Path) -> None:
    propre.write_text(edited(PROPRE, ("    reunions_par_an: 2\n    source: 24\n", "    source: 24\n")))
    assert run("controler", str(propre)).exit_code == 0
    assert run("controler", str(propre), "--strict").exit_code == 1


@pytest.mark.parametrize(("par", "first"), [("element", "C (1)"), ("regle", "CHF001 : Une part dépasse 100 %")])
def test_anomalies_are_grouped_by_element_or_by_rule(par: str, first: str) -> None:
    output = run("controler", COUTRAS, "--par", par).output
    assert output.startswith("L’essentiel\n")
    assert output.split("\n\n")[1].startswith(first)


def test_a_machine_reads_json_and_csv() -> None:
    told = json.loads(run("controler", COUTRAS, "--format", "json", "--famille", "IND").output)
    rows = list(
        csv.DictReader(StringIO(run("controler", COUTRAS, "--format", "csv", "--famille", "IND").output), delimiter=";")
    )
    assert told["anomalies"] == rows
    assert (told["admises"], told["non vérifiées"]) == ([], ["IND008", "IND009", "IND010", "IND011", "IND012"])
    assert {row["règle"] for row in rows} == {"IND001", "IND005", "IND006"}


def test_a_name_that_looks_like_a_formula_is_none_in_a_spreadsheet(propre: Path) -> None:
    text = edited(PROPRE, *FAUTES["ENG001"].fichier, ("nom: L’État\n", "nom: =État()\n"))
    propre.write_text(text)
    told = run("controler", str(propre), "--format", "csv").output
    assert ";'=État() signe" in told


@pytest.mark.parametrize("asked", [("--regle", "CHF404"), ("--famille", "XXX")])
def test_an_unknown_rule_or_family_is_refused_with_those_there_are(asked: tuple[str, str]) -> None:
    answer = run("controler", COUTRAS, *asked)
    assert answer.exit_code == 2
    assert "Refusé : Aucune" in answer.output


def test_a_document_of_another_contract_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "autre.txt"
    other.write_text("Un autre texte.\n")
    answer = run("controler", COUTRAS, "--document", str(other))
    assert answer.exit_code == 2
    assert "n’est pas le document" in answer.output


def test_a_document_is_read_on_the_fly() -> None:
    answer = run("controler", str(ROOT / "contrats" / "fictif" / "virelande-fictif-2024-2030.txt"))
    assert "est lu sans relecture" in answer.output
    assert "CHF001  O02-D" in answer.output
    assert answer.exit_code == 1


def test_a_document_that_is_no_contract_is_refused(tmp_path: Path) -> None:
    menu = tmp_path / "menu.txt"
    menu.write_text("Entrée : salade\nPlat : poisson\n" * 20)
    answer = run("controler", str(menu))
    assert answer.exit_code == 2
    assert answer.output.startswith("Refusé : ")


@pytest.mark.parametrize(("name", "head"), [("r.pdf", b"%PDF-"), ("R.DOCX", b"PK")])
def test_a_report_is_printed_in_pdf_or_in_word(tmp_path: Path, name: str, head: bytes) -> None:
    fictif = ROOT / "contrats" / "fictif" / "virelande-fictif-2024-2030.yaml"
    run("controler", str(fictif), "--rapport", str(tmp_path / name))
    assert (tmp_path / name).read_bytes().startswith(head)


def test_the_report_says_each_anomaly_and_that_a_fictitious_contract_is(propre: Path) -> None:
    contrat = lu(
        edited(
            PROPRE,
            ("    reunions_par_an: 2\n    source: 24\n", "    source: 24\n"),
            ("slug: clair-2024-2030\n", "slug: clair-2024-2030\nfictif: true\n"),
        )
    )
    document = document_of(contrat, controler(contrat, le=JOUR), JOUR)
    assert document.avertissement.startswith("Contrat fictif")
    first, *parts = document.parties
    assert first.titre == "L’essentiel"
    assert first.tableau.lignes[0][0] == "De tenir parole"
    assert [row[0] for part in parts for row in part.tableau.lignes] == ["GOV001"]


def test_a_report_of_another_kind_is_refused(propre: Path, tmp_path: Path) -> None:
    answer = run("controler", str(propre), "--rapport", str(tmp_path / "r.html"))
    assert answer.exit_code == 2
    assert ".pdf ou en .docx" in answer.output


def test_a_rule_shows_its_page_and_all_of_them_are_listed() -> None:
    page = run("regle", "chf001").output
    assert page.startswith("# CHF001 : Une part dépasse 100 %, ou est négative")
    assert "## Exemple fautif" in page
    assert "CHF001  bloquante" in run("regle").output
    assert run("regle", "CHF404").exit_code == 2


def test_the_published_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "regles.md").read_text() == published() + "\n", "make docs"
    assert run("regle", "--toutes").output == published() + "\n"
