"""What moved between two moments, from plain snapshots: nothing is guessed; what nobody can tell says why."""

from typing import Any

import pytest

from tenir.evaluation.enums import Mouvement, Sorte
from tenir.evaluation.instantane.comparer import Ecart, compare

EMPTY: dict[str, Any] = {
    "jour": "2027-03-01",
    "depart": {"jour": "2024-01-01", "version": 1, "en_vigueur": "2024-01-01", "codes": []},
    "orientations": [{"code": "O01", "titre": "Emploi", "axe": "A", "titre_de_l_axe": "Axe"}],
    **{name: [] for name in ("actions", "engagements", "indicateurs", "argent")},
}
CIBLE = {"valeur": "100", "le": "2030-12-31", "source": "contrat"}


def of(sorte: Sorte, after: dict[str, Any], before: dict[str, Any] | None = None) -> list[Ecart]:
    return [one for one in compare({**EMPTY, **after}, before and {**EMPTY, **before}).ecarts if one.sorte == sorte]


def action(statut: str | None, code: str = "O01-A01") -> dict[str, Any]:
    return {"code": code, "titre": "Action", "orientation": "O01", "statut": statut}


def indicateur(value: str = "", *, depart: str = "", cible: Any = None, pour: str = "") -> dict[str, Any]:
    read = {"valeur": value, "du": "2026-01-01", "au": "2026-12-31", "pour": pour, "source": "comptage", "statut": ""}
    start = {"valeur": depart, "le": "2024-01-01", "source": "diagnostic"}
    return {
        "code": "I01", "libelle": "Places", "orientations": ["O01"], "unite": "places", "cible": cible,
        "depart": start if depart else None, "derniers": [read] if value else [],
    }  # fmt: skip


def argent(**amounts: str) -> dict[str, Any]:
    empty = dict.fromkeys(("annonce", "demande", "vote", "verse", "compte"), "")
    cell = {
        "registre": "specifique",
        "orientation": "O01",
        "financeur": "Ville",
        "annee": 2026,
        "lignes": 1,
        "vides": 0,
    }
    return {**cell, **empty, **amounts}


@pytest.mark.parametrize(
    ("statut", "move"),
    [
        ("", Mouvement.INCONNU),
        ("a-lancer", Mouvement.STABLE),
        ("en-preparation", Mouvement.AVANCE),
        ("en-cours", Mouvement.AVANCE),
        ("realisee", Mouvement.AVANCE),
        ("suspendue", Mouvement.ARRETE),
        ("abandonnee", Mouvement.ARRETE),
    ],
)
def test_an_action_since_the_signature(statut: str, move: Mouvement) -> None:
    assert [one.mouvement for one in of(Sorte.ACTION, {"actions": [action(statut)]})] == [move]


@pytest.mark.parametrize(
    ("was", "now", "move"),
    [
        ("en-cours", "en-cours", Mouvement.STABLE),
        ("en-cours", "en-preparation", Mouvement.RECULE),
        ("suspendue", "en-cours", Mouvement.AVANCE),
        ("en-cours", "", Mouvement.INCONNU),
        ("", "en-cours", Mouvement.INCONNU),
    ],
)
def test_an_action_between_two_snapshots(was: str, now: str, move: Mouvement) -> None:
    found = of(Sorte.ACTION, {"actions": [action(now)]}, {"actions": [action(was)]})
    assert [one.mouvement for one in found] == [move]


def test_what_entered_and_what_left_are_told_apart() -> None:
    before, after = {"actions": [action("en-cours")]}, {"actions": [action("en-cours", "O01-A02")]}
    assert [one.mouvement for one in of(Sorte.ACTION, after, before)] == [Mouvement.ENTRE, Mouvement.SORTI]


def test_what_an_avenant_added_was_not_in_the_signed_text() -> None:
    depart = {**EMPTY["depart"], "codes": ["O01-A01"]}
    after = {"depart": depart, "actions": [action("en-cours"), action("en-cours", "O01-A02")]}
    assert [one.mouvement for one in of(Sorte.ACTION, after)] == [Mouvement.AVANCE, Mouvement.ENTRE]


@pytest.mark.parametrize(
    ("row", "move", "why"),
    [
        (indicateur(), Mouvement.INCONNU, "aucune valeur"),
        (indicateur("50"), Mouvement.INCONNU, "aucune valeur de départ"),
        (indicateur("50", depart="40", pour="femmes"), Mouvement.INCONNU, "valeurs par parties, sans total"),
        (indicateur("50", depart="40"), Mouvement.CHANGE, "aucune cible"),
        (indicateur("40", depart="40"), Mouvement.STABLE, ""),
        (indicateur("50", depart="40", cible=CIBLE), Mouvement.AVANCE, "la cible est de 100"),
        (indicateur("30", depart="40", cible=CIBLE), Mouvement.RECULE, "la cible est de 100"),
        (indicateur("120", depart="40", cible=CIBLE), Mouvement.AVANCE, "la cible est de 100 : atteinte"),
        (indicateur("90", depart="140", cible=CIBLE), Mouvement.AVANCE, "la cible est de 100 : atteinte"),
        (indicateur("150", depart="140", cible=CIBLE), Mouvement.RECULE, "la cible est de 100"),
    ],
)
def test_an_indicator_is_judged_by_its_target_alone(row: dict[str, Any], move: Mouvement, why: str) -> None:
    (found,) = of(Sorte.INDICATEUR, {"indicateurs": [row]})
    assert (found.mouvement, found.raison) == (move, why)


def test_an_orientation_that_nothing_measures_is_counted() -> None:
    compared = compare(EMPTY)
    assert [(one.mouvement, one.raison) for one in compared.ecarts if one.sorte == Sorte.INDICATEUR] == [
        (Mouvement.INCONNU, "aucun indicateur")
    ]
    assert [one["code"] for one in compared.sans_indicateur] == ["O01"]


@pytest.mark.parametrize(
    ("cells", "move", "why"),
    [
        ([], Mouvement.INCONNU, "aucune ligne"),
        ([{**argent(), "vides": 1}], Mouvement.INCONNU, "lignes sans montant"),
        ([argent(annonce="500")], Mouvement.INCONNU, "aucun montant voté ni versé"),
        ([argent(vote="500")], Mouvement.AVANCE, ""),
        ([argent(vote="500", verse="200")], Mouvement.AVANCE, ""),
    ],
)
def test_what_is_only_announced_is_no_move(cells: list[dict[str, Any]], move: Mouvement, why: str) -> None:
    (found,) = of(Sorte.ARGENT, {"argent": cells})
    assert (found.mouvement, found.raison) == (move, why)


def test_droit_commun_is_never_added_to_specific_credits() -> None:
    cells = [argent(vote="500"), {**argent(compte="900"), "registre": "droit-commun"}]
    specific, common = of(Sorte.ARGENT, {"argent": cells}), of(Sorte.DROIT_COMMUN, {"argent": cells})
    assert [one.apres.replace("\xa0", " ") for one in (*specific, *common)] == ["voté 500 €", "compté 900 €"]
