"""What changes from a kind to another, told: nothing when they say the same, something whenever they do not."""

from dataclasses import astuple
from itertools import permutations
from pathlib import Path

import pytest

from tenir.natures.catalogue import shipped_files
from tenir.natures.differences import differences
from tenir.natures.ecriture import dump, load
from tenir.natures.modeles import Nature

BUS = """nature: bus
libelle: Bus
forme: séance
sujet: une séance
mesures:
  - {code: venus, libelle: Venus, unite: passages}
  - {code: titres, libelle: Titres, unite: titres, choix: {ticket: ticket, carte: carte}}
alimente:
  - {indicateur: I01, calcul: compte}
"""


PRET = """nature: pret
libelle: Prêt
forme: objet
sujet: un prêt
nom: Quelle salle ?
echeance: Fin du prêt
prevenir: 30
etats:
  - {code: pris, libelle: Pris}
  - {code: rendu, libelle: Rendu, clos: true}
champs:
  - {code: taille, libelle: Taille, type: choix, choix: {petite: petite, grande: grande}}
  - {code: jour, libelle: Jour, type: date}
grille: {lignes: objets, colonnes: mois}
"""


def of(texte: str) -> Nature:
    (one,) = load(texte)
    return one


@pytest.mark.parametrize(
    ("put", "by", "told"),
    [
        ("Bus\n", "Car\n", ("nom", "Bus", "Car")),
        ("sujet: une séance", "sujet: une séance\nthemes: [a, b]", ("thèmes", "", "a, b")),
        ("libelle: Venus", "libelle: Présents", ("« Présents », nom", "Venus", "Présents")),
        ("passages}", "passages, parts: [sexe]}", ("« Venus », marges", "", "sexe")),
        ("ticket: ticket", "ticket: billet", None),
        ("compte}", "somme, mesure: venus}", ("nourrit", "", "I01, somme, venus")),
        (
            "code: venus, libelle: Venus",
            "code: montes, libelle: Montés",
            ("nombre retiré", "« Venus », en passages", ""),
        ),
    ],
)
def test_a_change_is_told_by_its_name_before_and_after(put: str, by: str, told: tuple[str, ...] | None) -> None:
    found = differences(of(BUS), of(BUS.replace(put, by)))
    assert found
    if told:
        assert told in [astuple(one) for one in found]


@pytest.mark.parametrize(
    ("put", "by", "told"),
    [
        ("Quelle salle", "Quel local", ("se nomme par", "Quelle salle ?", "Quel local ?")),
        ("prevenir: 30", "prevenir: 45", ("jours d’avance", "30", "45")),
        ("prevenir: 30", "prevenir: 0", ("jours d’avance", "30", "0")),
        ("prevenir: 30\n", "", ("jours d’avance", "30", "")),
        ("echeance: Fin du prêt\n", "", ("échéance", "Fin du prêt", "")),
        (
            "Rendu, clos",
            "Rendue, clos",
            ("états", "Pris (pris), Rendu (rendu : oui)", "Pris (pris), Rendue (rendu : oui)"),
        ),
        (", clos: true", "", ("états", "Pris (pris), Rendu (rendu : oui)", "Pris (pris), Rendu (rendu)")),
        ("grande: grande", "grande: vaste", None),
        ("type: date", "type: mot", None),
        ("colonnes: mois", "colonnes: taille", ("tableau", "objets × mois", "objets × taille")),
        ("prevenir: 30", "prevenir: 30\nannuaire: true", ("dans l’annuaire", "", "oui")),
        ("prevenir: 30", "prevenir: 30\ngarde: 12", ("mois gardés", "", "12")),
    ],
)
def test_a_change_of_a_register_is_told(put: str, by: str, told: tuple[str, ...] | None) -> None:
    found = differences(of(PRET), of(PRET.replace(put, by)))
    assert found
    if told:
        assert [astuple(one) for one in found] == [told]


def test_an_order_that_changes_is_told() -> None:
    one = of(BUS)
    other = one.model_copy(update={"mesures": one.mesures[::-1]})
    assert [str(each) for each in differences(one, other)] == ["ordre des nombres : venus, titres → titres, venus"]


def test_nothing_is_told_of_what_says_the_same_and_something_otherwise() -> None:
    files = (Path(__file__).parents[2] / "contrats" / "natures").glob("*.yaml")
    own = [one for file in sorted(files) for one in load(file.read_text(encoding="utf-8"))]
    known = [*shipped_files(), *own]
    for one in known:
        assert differences(one, of(dump([one]))) == []
    for one, other in permutations(known[:8], 2):
        assert differences(one, other)


def test_a_kind_that_begins_is_told_whole() -> None:
    assert {one.champ for one in differences(None, of(BUS))} == {
        *("nom", "forme", "une entrée parle de", "nombre ajouté", "nourrit")
    }
