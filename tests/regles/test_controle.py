"""A contract put through the rules: dérogations admit, corrections are shown, what could not be read is said."""

from datetime import date
from pathlib import Path

import pytest

from tenir.fichier import canonique
from tenir.fichier.canonique import load as lu
from tenir.fichier.comparaison import compare
from tenir.fichier.document import DocumentNormalise
from tenir.regles.controle import Controle, controler
from tenir.regles.corrections import corrected, difference
from tenir.regles.registre import regles
from tests.fabriques import edited
from tests.lecteur.textes import lire_texte
from tests.regles.fautes import FAUTES, PROPRE

(RYTHME,) = FAUTES["GOV001"].fichier


def with_derogation(regle: str = "GOV001", element: str = "element: G02, ", fin: str = "2027-06-30") -> str:
    section = f"derogations:\n  - {{regle: {regle}, {element}motif: Attendu., auteur: Pilote, fin: '{fin}'}}\n"
    return edited(PROPRE, RYTHME, ("instances:\n", f"{section}instances:\n"))


def controle(text: str, le: date = date(2026, 11, 27)) -> Controle:
    return controler(lu(text), le=le)


def codes(found: Controle) -> list[tuple[str, str]]:
    return [(one.regle, one.code) for one in found.anomalies]


def test_a_derogation_admits_its_anomaly_and_no_other() -> None:
    found = controle(with_derogation())
    assert codes(found) == []
    assert [(one.regle, by.auteur) for one, by in found.admises] == [("GOV001", "Pilote")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"element": ""}, "n’admet plus rien"),
        ({"regle": "GOV002"}, "n’admet plus rien"),
        ({"regle": "GOV999"}, "vise une règle qui n’existe pas"),
        ({"fin": "2026-11-26"}, "a pris fin le 26/11/2026"),
    ],
)
def test_a_derogation_that_admits_nothing_is_an_anomaly_and_what_it_missed_stays(given: dict, said: str) -> None:
    found = controle(with_derogation(**given))
    assert {rule for rule, _ in codes(found)} == {"GOV001", "STR005"}
    assert said in next(one.phrase for one in found.anomalies if one.regle == "STR005")


def test_a_derogation_holds_through_its_last_day() -> None:
    text = with_derogation(fin="2026-11-27")
    assert codes(controle(text)) == []
    assert len(codes(controle(text, le=date(2026, 11, 28)))) == 2


def test_a_derogation_to_a_rule_that_did_not_run_is_not_judged() -> None:
    mended = lu(edited(with_derogation(), ("  - code: G02\n", "  - code: G02\n    reunions_par_an: 2\n")))
    on = date(2026, 11, 27)
    assert controler(mended, le=on, familles=["STR"]).anomalies == ()
    assert [one.regle for one in controler(mended, le=on).anomalies] == ["STR005"]


def test_derogations_are_no_part_of_what_was_signed() -> None:
    signed = lu(edited(PROPRE, RYTHME))
    derogated = lu(with_derogation())
    assert compare(signed, derogated) == []
    assert derogated.texte_signe == signed
    assert canonique.load(canonique.dump(derogated)) == derogated


def test_a_certain_correction_is_shown_and_mends_the_anomaly_it_comes_from() -> None:
    for code in ("CHF003", "IND001"):
        old, new = FAUTES[code].fichier[0]
        faulty = lu(edited(PROPRE, (old, new.replace(", repete: I01", ""))))
        found = [one for one in controler(faulty, le=date(2026, 11, 27)).anomalies if one.regle == code]
        assert [one.correction is None for one in found] == [False]
    faulty = FAUTES["CHF003"].contrat()
    found = list(controler(faulty, le=date(2026, 11, 27)).anomalies)
    assert controler(corrected(faulty, found), le=date(2026, 11, 27)).anomalies == ()
    told = difference(faulty, found, "clair.yaml").splitlines()
    assert told[:2] == ["--- a/clair.yaml", "+++ b/clair.yaml"]
    assert [line for line in told[2:] if line[0] in "+-"] == [
        "-            libelle: Part des 25-29 ans",
        "+            libelle: Part des 25-59 ans",
    ]


def test_where_the_shares_do_not_make_a_hundred_no_bound_is_proposed() -> None:
    faulty = edited(PROPRE, *FAUTES["CHF003"].fichier, ("valeur: 43.7", "valeur: 33.7"))
    found = [one for one in controle(faulty).anomalies if one.regle == "CHF003"]
    assert [one.correction for one in found] == [None]
    assert difference(lu(faulty), found, "clair.yaml") == ""


INDICATEURS = PROPRE[PROPRE.index("indicateurs:\n") :]


def test_a_rule_is_not_run_where_nothing_was_read_of_what_it_concludes_from() -> None:
    found = controle(edited(PROPRE, (INDICATEURS, "")))
    assert codes(found) == []
    assert [str(kind) for kind in found.non_lus] == ["indicateurs"]


def test_what_a_person_verified_absent_is_not_unread() -> None:
    assert controle(edited(PROPRE, (INDICATEURS, "absents: [indicateurs]\n"))).non_lus == ()


def test_only_what_a_rule_asked_for_concludes_from_is_said_unread() -> None:
    without = lu(edited(PROPRE, (INDICATEURS, "")))
    assert controler(without, le=date(2026, 11, 27), familles=["CHF"]).non_lus == ()


# The years of the contract


DATED = """CONTRAT DE VILLE DE VALSERRE{years}

Axe 1 – Se soigner
Orientation 1 – Rapprocher les soins
Action 1 – Ouvrir une permanence
Calendrier : 2041
L’évaluation finale est prévue en 2042.
"""


def of_the_chain(text: str) -> Controle:
    read = lire_texte(text)
    return controler(read.contrat, DocumentNormalise(read.document.texte), le=date(2026, 11, 27))


def test_a_rule_on_dates_is_held_back_and_says_so_once_where_the_years_were_not_read() -> None:
    found = of_the_chain(DATED.format(years=""))
    held = {one.code for one in regles() if one.periode}
    assert not held & {one.regle for one in found.anomalies}
    assert [one for one in found.non_verifie if "période" in one] == [
        "Non vérifié : la période du contrat n’a pas été lue."
    ]


def test_a_rule_on_dates_speaks_where_the_years_are_printed() -> None:
    found = of_the_chain(DATED.format(years=" 2024-2030"))
    assert "STR011" in {one.regle for one in found.anomalies}
    assert not [one for one in found.non_verifie if "période" in one]


def test_every_rule_that_says_nothing_without_the_years_declares_it() -> None:
    files = [path for path in Path("src/tenir/regles").rglob("*.py") if "@regle(" in path.read_text()]
    silent = {path.name[:6].upper() for path in files if "if periode is None" in path.read_text()}
    assert silent == {one.code for one in regles() if one.periode}
    assert len(silent) >= 7
