"""What a kind says of itself, in French."""

import pytest

from tenir.natures.catalogue import Catalogue, catalogue
from tenir.natures.ecriture import load
from tenir.natures.modeles import Alimentation
from tenir.natures.phrases import asks, formula, split, together
from tests.fabriques import CONTRATS

COUTRAS: Catalogue = catalogue(load((CONTRATS / "natures" / "coutras-2024-2030.yaml").read_text("utf-8")))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            "cafe-logement",
            "Séance ; une seule réponse obligatoire : combien de personnes sont venues ; nourrit l’indicateur I07.",
        ),
        ("ronde", "Séance ; aucune réponse obligatoire."),
        ("decompte", "Décompte par trimestre."),
        (
            "repas-servis",
            "Décompte par mois ; une seule réponse obligatoire : combien de repas et de petits déjeuners avez-vous "
            "servis.",
        ),
        (
            "etat-de-parc",
            "État par an ; une seule réponse obligatoire : combien de logements avez-vous dans le quartier ; "
            "nourrit les indicateurs I08 et I11.",
        ),
    ],
)
def test_a_kind_says_in_one_sentence_what_it_asks_and_feeds(code: str, sentence: str) -> None:
    assert asks(COUTRAS[code]) == sentence


@pytest.mark.parametrize(
    ("code", "calcul", "mesure", "modalite", "said"),
    [
        ("cafe-logement", "compte", None, None, "nombre de cafés-logement"),
        ("etat-de-parc", "compte", None, None, "nombre d’états du parc social"),
        ("pssm", "somme", "formes", None, "total de « Personnes formées »"),
        ("pssm", "somme", "formes", "quartier:oui", "total de « Personnes formées » (habitent le quartier)"),
        ("etat-de-parc", "dernier", "logements", None, "dernière valeur connue de « Logements »"),
        ("atelier", "max", "presents", None, "plus grande valeur de « Présents »"),
        ("cafe-logement", "somme", "questions", "choix:bail", "total de « Questions posées » (bail)"),
    ],
)
def test_a_formula_is_a_sentence(code: str, calcul: str, mesure: str | None, modalite: str | None, said: str) -> None:
    fed = Alimentation(indicateur="I07", calcul=calcul, mesure=mesure, modalite=modalite)
    assert formula(fed, COUTRAS[code]) == said


def test_a_measure_says_how_its_values_make_one_and_what_is_asked_beside_it() -> None:
    presents, questions = COUTRAS["cafe-logement"].mesures
    assert together(presents) == "s’ajoutent d’une entrée à l’autre"
    assert split(presents) == "par sexe, par âge, selon le quartier"
    assert split(questions).startswith("bail, charges, travaux")
    attente = COUTRAS["etat-des-groupes-fle"].mesure("attente")
    assert attente is not None
    assert together(attente) == "la dernière valeur connue de chaque organisme et de chaque lieu"
