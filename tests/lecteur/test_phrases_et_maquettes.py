"""What three small contracts were written for: promises in sentences, pairs of bodies, tables of funders, quarters."""

import re
from functools import cache

import pytest

from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.organismes import citer
from tests.lecteur import mesure_etrangers as mesure


@cache
def lu(nom: str) -> ContratDeVille:
    reading = mesure.lu(mesure.ICI / nom)
    assert reading is not None
    return reading[1]


def promises(nom: str, code: str) -> list[str]:
    signataires = {re.sub(r"^(?:la |l’)", "", s.nom): s for s in lu(nom).signataires}
    return [(e.texte or "").strip(" .") for e in signataires[code].engagements]


def test_each_signatory_of_a_paragraph_has_its_own_promises() -> None:
    assert promises("mise-au-point-f.docx", "commune de Marsange") == [
        "ouvrir ses équipements sportifs pendant les vacances scolaires"
    ]
    assert promises("mise-au-point-f.docx", "Caisse d’allocations familiales") == [
        "finance les postes d’animation du centre social Les Tisserands",
        "tenir une permanence hebdomadaire à Gare-Sud",
    ]


def test_a_sentence_that_promises_three_things_is_three_promises() -> None:
    assert promises("mise-au-point-g.txt", "Ville de Chanteverne-les-Mines") == [
        "faire vivre les conseils citoyens",
        "ouvrir un guichet unique",
        "rendre compte chaque année devant le conseil municipal",
    ]


def test_what_all_promise_together_is_promised_by_no_one() -> None:
    everyone = {s.nom for nom in ("f.docx", "g.txt", "h.odt") for s in lu(f"mise-au-point-{nom}").signataires}
    assert not everyone & {"parties", "Les parties", "signataires"}


@pytest.mark.parametrize(("nom", "held"), [("mise-au-point-f.docx", [2, 3, 2]), ("mise-au-point-h.odt", [3, 3, 2, 1])])
def test_a_table_of_funders_gives_each_orientation_its_lines_and_measures_nothing(nom: str, held: list[int]) -> None:
    contrat = lu(nom)
    assert [len(o.credits) for o in contrat.orientations] == held
    assert not any("€" in (d.imprime or "") or (d.valeur or 0) > 25_000 for d in contrat.diagnostic)


def test_an_amount_stays_with_its_funder() -> None:
    first = lu("mise-au-point-f.docx").orientations[0].credits[0]
    assert (first.financeur, [d.nom for d in first.dispositifs]) == ("État (programme 147)", ["42 000 €"])


def test_an_action_keeps_the_quarter_of_its_column_its_label_or_the_heading_above() -> None:
    def places(nom: str) -> dict[str, tuple[str, ...]]:
        return {a.titre: a.quartiers for o in lu(nom).orientations for a in o.actions}

    assert places("mise-au-point-f.docx")["Bus dentaire"] == ("Les Ormes",)
    assert places("mise-au-point-f.docx")["Code de la route intensif"] == ()
    assert places("mise-au-point-g.txt")["Relais des parents"] == ("Cité du Terril",)
    assert places("mise-au-point-h.odt")["Correspondants d’immeuble"] == ("Kermoal", "Les Dunes")


def test_an_indicator_keeps_where_it_starts_and_what_is_to_be_reached() -> None:
    read = {i.libelle: (i.depart, i.cible) for i in lu("mise-au-point-g.txt").indicateurs}
    assert read["nombre de familles reçues"] == ("40 en 2024", "110 en 2030")
    assert read["assiduité moyenne"] == (None, "75 % en 2030")


@pytest.mark.parametrize(
    ("printed", "bodies"),
    [
        ("la commune et le CCAS", ["la commune", "CCAS"]),
        ("BGE et ADIE", ["BGE", "ADIE"]),
        ("la mission locale et l’association Rebond", ["la mission locale", "association Rebond"]),
        ("association Loisirs et Culture", ["association Loisirs et Culture"]),
        ("Habitat et Humanisme", ["Habitat et Humanisme"]),
        ("Ville et Banlieue", ["Ville et Banlieue"]),
        ("Maison de l’emploi et de la formation", ["Maison de l’emploi et de la formation"]),
    ],
)
def test_two_bodies_are_parted_where_they_are_plainly_two(printed: str, bodies: list[str]) -> None:
    assert [body.nom for body in citer([printed], ())] == bodies


def test_the_document_itself_tells_two_bodies_apart_when_one_of_them_stands_alone() -> None:
    (orchestra,) = (a for o in lu("mise-au-point-h.odt").orientations for a in o.actions if "Orchestre" in a.titre)
    assert [b.nom for b in orchestra.pilotes] == ["Agglomération de Port-Lannec", "Conservatoire Jean-Bart"]
