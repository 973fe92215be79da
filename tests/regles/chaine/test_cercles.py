"""A contract told in sentences, where little is read as items: each fault is told all the same, in several wordings."""

from pathlib import Path

import pytest

from tenir.regles.anomalie import Anomalie
from tests.regles.chaine.outils import controle

CERCLES = (Path(__file__).parent / "cercles.txt").read_text()
LEGAL = "DRT003"
"""The signatories are not read here."""


def told(text: str) -> list[Anomalie]:
    every = ("CHF", "DRT", "ENG", "FIN", "GOV", "IND", "RED", "STR")
    return [one for one in controle(text.encode(), familles=every).anomalies if one.regle != LEGAL]


def test_nothing_is_said_of_the_clean_document() -> None:
    assert [(one.regle, one.phrase) for one in told(CERCLES)] == []


FORGERON = "Un forgeron y reçoit des stagiaires, par groupes de six."
VERGER = "Les sixièmes creusent, les voisins arrosent pendant l’été."
EVALUE = "Le contrat est évalué en 2027, puis en 2030."
SUIVI = "La mission du contrat relève les six indicateurs en décembre."
SANTE = "le contrat local de santé 2022-2027"
SANS_VOITURE = "Ménages sans voiture : 33 % en 2021 (Insee)."
AGES = "Âge :\nmoins de 20 ans     31 %\nde 20 à 64 ans      54 %\n65 ans et plus      25 %\n"
FAUTES = [
    ("CHF017", "dont 130 vivent", "dont 510 vivent", "510"),
    ("CHF017", "dont 130 vivent aux", "dont 510 y viennent depuis les", "510"),
    ("CHF024", SANS_VOITURE, "Allocataires sous le seuil des bas revenus : 44 % en 2021 (CAF).", "une seule mesure"),
    ("CHF024", SANS_VOITURE, "Taux de chômage du quartier : 21 % en 2020.", None),
    ("DRT006", "Il est présidé par la Région", "Il est présidé par Mme Ada Fictive, vice-présidente", "nommée"),
    ("DRT006", SUIVI, "Le référent du contrat est M. Basile Fictif, au service jeunesse.", "nommée"),
    ("ENG005", "geler les loyers de", "a repeint en 2022 les halls de", "au passé"),
    ("ENG005", "prêter deux cars chaque été", "avoir prêté deux cars en 2021 et 2022", "au passé"),
    ("ENG006", SANTE, "le contrat local de santé 2015-2020", "2015-2020"),
    ("ENG006", "programme de l’habitat 2023-2028", "programme de l’habitat 2012-2018", "2012-2018"),
    (
        "ENG009",
        "Pour Ardoise Habitat",
        "Pour la chambre d’agriculture, la présidente\nPour Ardoise Habitat",
        "agriculture",
    ),
    ("GOV010", EVALUE, "Le contrat est évalué à mi-parcours en 2027.", "finale"),
    ("IND009", "20 en 2023, 100 en 2026", "100 en 2023, 20 en 2026", "les autres mesures"),
    ("STR012", EVALUE, f"Il est public et se termine, sauf accord, le 31 décembre 2028. {EVALUE}", "2028"),
    ("CHF018", SANS_VOITURE, AGES, "110"),
    ("FIN010", "une dotation de 2 500 € par an", "une dotation de 5 200 € par an", "2 500 €"),
    ("FIN010", "verser chaque année 2 500 € au", "verser 3 500 € l’an au", "3 500 €"),
    ("GOV010", EVALUE, "Il est public.", "évaluation"),
    ("GOV010", EVALUE, "Un bilan de santé est offert aux apprentis. Il est public.", "évaluation"),
    ("GOV011", "Le cercle Toits suit ce cap. Il", "La pluie entre partout. Le bailleur", "CAP 2"),
    ("GOV012", "Pilote : Département", "Pilote : Chambre de commerce du Léon", "commerce"),
    ("GOV014", " et se réunit en mars et en octobre", "", "cercle Toits"),
    ("GOV014", " et se réunit tous les deux mois", ", avec deux membres de chaque conseil", "cercle Métiers"),
    ("GOV015", "Il est présidé par la Région et se", "Il se", "cercle Métiers"),
    ("GOV015", "Il est présidé par Ardoise Habitat et se réunit en", "Ses séances ont lieu en", "cercle Toits"),
    ("IND009", "1 100 en 2023, 820 en 2029", "820 en 2023, 1 100 en 2029", "contre son sens"),
    ("IND010", "60 en 2028", "60 en 2034", "2034"),
    ("IND010", "0 en 2024, 60 en 2028", "2024 : 0 ; 2034 : 60", "2034"),
    ("IND011", "Arbres du verger plantés", "Stagiaires reçus à la forge dans l’année", "deux fois"),
    ("IND012", "Arbres du verger plantés", "Bornes de recharge électrique posées", "n’en parle"),
    ("IND012", "Candidatures relues au guichet dans l’année", "Tonnes de bitume coulées", "n’en parle"),
    (
        "RED003",
        "geler les loyers de la rue des Couvreurs pendant les travaux",
        "porter une dynamique commune",
        "commune",
    ),
    ("RED003", "prêter deux cars", "s’inscrire pleinement dans une démarche partenariale", "démarche"),
    (
        "RED003",
        f"Planter un verger derrière le collège\n{VERGER}",
        "Favoriser le mieux vivre ensemble\nDes initiatives sont portées avec les acteurs concernés.",
        "initiatives",
    ),
    ("RED005", "Un technicien passe", "Un technicien (devis pas encore reçu) passe", "devis"),
    ("RED005", "Un technicien passe", "Un technicien (à voir avec le bailleur lundi) passe", "lundi"),
    ("RED005", "Un technicien passe", "Un technicien [montant en attente du service] passe", "montant"),
    ("RED006", "B2 – Former", "B1 – Former", "B1"),
    ("RED006", "B2 – Former", "B3 – Former", "B3"),
    ("STR009", "les six indicateurs", "les huit indicateurs", "huit"),
    ("STR010", VERGER, FORGERON, "deux fois"),
    ("STR014", "« Habiter au sec »", "« Rénover la rue »", "Rénover la rue"),
    ("STR015", "Le conseil citoyen des Ardoises", "Le conseil citoyen de la Fontaine-Bleue", "Fontaine-Bleue"),
    ("STR015", "reçoit des stagiaires", "reçoit des stagiaires du quartier de Kermorvan", "Kermorvan"),
    ("STR015", "une dotation de", "aux habitants du Moulin-Vert une dotation de", "Moulin-Vert"),
]


@pytest.mark.parametrize(("code", "old", "new", "said"), FAUTES)
def test_a_fault_is_told(code: str, old: str, new: str, said: str | None) -> None:
    assert CERCLES.count(old) == 1
    found = [one.phrase.replace("\u202f", " ") for one in told(CERCLES.replace(old, new)) if one.regle == code]
    assert bool(found) == (said is not None), found
    assert said is None or any(said in one for one in found), found


RESTE = [
    (
        "GOV014",
        "Le comité de pilotage rassemble",
        "Le groupe des parents prépare le goûter. Le comité de pilotage rassemble",
    ),
    ("RED003", "prêter deux cars chaque été", "accompagner douze familles vers les vacances"),
    ("RED003", "prêter deux cars chaque été", "soutenir l’épicerie sociale du marché"),
    ("STR010", VERGER, "Un forgeron y reçoit des élèves."),
    ("STR015", "reçoit des stagiaires", "reçoit, près de la gare du quartier de Kermorvan, des stagiaires"),
    ("STR014", "« Habiter au sec »", "« Habiter au sec » et au chaud"),
    ("RED005", "Un technicien passe", "Un technicien (attendu en octobre) passe"),
    ("FIN010", "une dotation de 2 500 € par an", "une salle, et 300 € par séance,"),
    ("IND011", "Arbres du verger plantés", "Arbres du talus plantés"),
    ("CHF017", "dont 130 vivent", "dont 130 filles vivent"),
    ("DRT006", "Pour la Région, la présidente", "Pour la Région, la présidente, Mme Ada Fictive"),
]
"""What looks like a fault and is none."""


@pytest.mark.parametrize(("code", "old", "new"), RESTE)
def test_what_only_looks_like_a_fault_is_let_pass(code: str, old: str, new: str) -> None:
    assert CERCLES.count(old) == 1
    assert [one.phrase for one in told(CERCLES.replace(old, new)) if one.regle == code] == []
