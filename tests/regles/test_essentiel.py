"""« L’essentiel »: few facts, ranked by what they prevent, each once with its places."""

from datetime import date

from tenir.regles.anomalie import Gravite, Ligne
from tenir.regles.controle import controler
from tenir.regles.essentiel import FAMILLES, LE_PLUS, REGLES, Empeche, empeche, essentiel
from tenir.regles.familles import FAMILLES as EVERY_FAMILY
from tenir.regles.lieux import told, where
from tenir.regles.registre import regle_de, regles
from tests.regles.mutations import essai


def ligne(regle: str, ou: str = "Se soigner", code: str = "O01") -> Ligne:
    return Ligne(regle, regle_de(regle).gravite.value, code, "", f"{regle} dans {ou}", "", ou)


def test_every_rule_says_what_it_prevents() -> None:
    assert set(FAMILLES) == set(EVERY_FAMILY)
    assert set(REGLES) <= {one.code for one in regles()}
    for one in regles():
        assert (empeche(one.code) is Empeche.SIGNER) or one.gravite is not Gravite.BLOQUANTE


def test_several_anomalies_of_a_rule_are_one_fact_with_its_places() -> None:
    places = ["Se soigner", "Travailler", "Habiter", "Apprendre"]
    found = essentiel([ligne("FIN001", place, f"O0{rank}") for rank, place in enumerate(places, 1)])
    (fact,) = found.premiers
    assert fact.phrase.endswith("(4 fois) : Se soigner, Travailler, Habiter et 1 de plus.")
    assert [one.ou for one in fact.anomalies] == places


def test_one_anomaly_is_told_as_it_is() -> None:
    (fact,) = essentiel([ligne("GOV001")]).premiers
    assert (fact.phrase, fact.ou) == ("GOV001 dans Se soigner", "Se soigner")


def test_what_cannot_be_measured_comes_before_a_bracket_which_is_apart() -> None:
    found = essentiel(
        [ligne("RED002"), ligne("RED001"), ligne("FIN001"), ligne("GOV001"), ligne("IND003"), ligne("STR006")]
    )
    assert [one.regle for one in found.premiers] == ["STR006", "IND003", "GOV001", "FIN001", "RED001"]
    assert [one.regle for one in found.forme] == ["RED002"]
    assert all(one.regle != "RED002" for _, held in found.parties for one in held)


def test_a_dozen_at_most_and_the_worst_of_each_thing_among_them() -> None:
    found = essentiel([ligne(one.code) for one in regles() if one.code != "STR005"])
    assert len(found.premiers) == LE_PLUS
    assert {one.empeche for one in found.premiers} >= {Empeche.SIGNER, Empeche.MESURER, Empeche.TENIR, Empeche.PAYER}
    every = [*found.premiers, *found.autres, *found.forme]
    assert len({one.regle for one in every}) == len(every) == len(regles()) - 1


def test_nothing_found_is_nothing_said() -> None:
    found = essentiel([])
    assert (found.premiers, found.autres, found.forme, found.parties) == ((), (), (), ())


def test_where_is_said_in_words_and_by_page_when_there_are_pages() -> None:
    one = essai("FIN001", 1)
    found = [a for a in controler(one.contrat, one.document, le=date(2026, 11, 27)).anomalies if a.regle == "FIN001"]
    assert found
    titles = {o.code: o.titre for o in one.contrat.orientations}
    assert where(one.contrat, found[0]) == titles[found[0].code.partition("-")[0]]
    assert told(one.contrat, found[0], lambda _line: 12).ou.endswith(", page 12")
