"""A layout told by example: one line shown, all alike follow; what it says leaves and comes back."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tenir.cli.main import main
from tenir.lecteur.brouillon import lire
from tenir.lecteur.gabarit import (
    Gabarit,
    GabaritRefuse,
    formes_vues,
    lire_gabarit,
    par_exemple,
    suivraient,
    verifier_colonne,
)
from tenir.lecteur.lexique import lexique
from tenir.lecteur.lignes import Texte
from tenir.lecteur.structure.roles import Role
from tenir.lecteur.texte import read_text
from tenir.lecteur.vues import colonnes_vues, etiquettes_vues

DOCUMENT = """CONTRAT DE VILLE FICTIF DE VALBERGE 2024-2030

Bouquet 1 : Apprendre

Graine 1 : Lire le soir
On lit à la médiathèque, sans inscription.
Qui s’y colle : CCAS

Graine 2 : Compter le matin
On compte au centre social.
Qui s’y colle : France Travail

Bouquet 2 : Circuler

Graine 3 : Prêter des vélos
Cinquante vélos sont prêtés.
Qui s’y colle : Croix-Rouge
"""


def _texte() -> Texte:
    return Texte(read_text(DOCUMENT.encode()))


def _taught() -> Gabarit:
    texte = _texte()
    gabarit = (
        Gabarit().avec(regle=par_exemple(texte, 5, Role.FICHE)).avec(regle=par_exemple(texte, 3, Role.ORIENTATION))
    )
    return gabarit.avec(etiquette=("Qui s’y colle", "pilotes"))


def test_one_line_shown_speaks_for_all_that_look_like_it() -> None:
    texte = _texte()
    regle = par_exemple(texte, 5, Role.FICHE)
    assert regle.forme == "mot:graine"
    assert [entete.titre for entete in suivraient(texte, regle)] == [
        "Lire le soir",
        "Compter le matin",
        "Prêter des vélos",
    ]


def test_the_whole_is_read_again_with_what_was_shown() -> None:
    contrat = lire(_texte().document, _taught()).contrat
    assert [o.titre_imprime for o in contrat.orientations] == ["Apprendre", "Circuler"]
    actions = [a for o in contrat.orientations for a in o.actions]
    assert [a.titre_imprime for a in actions] == ["Lire le soir", "Compter le matin", "Prêter des vélos"]
    assert [p.nom for a in actions for p in a.pilotes] == ["CCAS", "France Travail", "Croix-Rouge"]


def test_a_label_of_one_document_is_forgotten_after_it() -> None:
    lire(_texte().document, _taught())
    assert lexique().rubrique("Qui s’y colle") is None


def test_a_gabarit_leaves_and_comes_back_unchanged() -> None:
    assert lire_gabarit(_taught().ecrire()) == _taught()


def test_the_forms_of_a_document_are_shown_with_what_they_are_taken_for() -> None:
    seen = {vue.forme: (vue.fois, vue.role) for vue in formes_vues(_texte(), _taught())}
    assert seen["mot:graine"] == (3, Role.FICHE)
    assert seen["mot:bouquet"] == (2, Role.ORIENTATION)


def test_a_form_said_to_be_nothing_holds_nothing() -> None:
    texte = _texte()
    gabarit = _taught().avec(regle=par_exemple(texte, 5, Role.RIEN))
    assert not any(vue.role is Role.FICHE for vue in formes_vues(texte, gabarit))


@pytest.mark.parametrize("text", ["roles: [", "roles: [{forme: x}]", "roles: [{forme: x, role: dragon}]", "inconnu: 1"])
def test_a_file_that_is_no_gabarit_is_refused(text: str) -> None:
    with pytest.raises(GabaritRefuse):
        lire_gabarit(text)


def test_a_rubric_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(GabaritRefuse, match="pilotes"):
        lire_gabarit("etiquettes: {Qui: dragon}")


def test_a_line_that_opens_nothing_teaches_nothing() -> None:
    with pytest.raises(GabaritRefuse, match="n’ouvre rien"):
        par_exemple(_texte(), 6, Role.FICHE)


def test_the_command_teaches_then_reads(tmp_path: Path) -> None:
    document, gabarit, sortie = tmp_path / "c.txt", tmp_path / "g.yaml", tmp_path / "x.yaml"
    document.write_text(DOCUMENT, encoding="utf-8")
    taught = ["--exemple", "5=fiche", "--exemple", "3=orientation", "--etiquette", "Qui s’y colle=pilotes"]
    shown = CliRunner().invoke(main, ["gabarit", str(document), *taught, "--sortie", str(gabarit)])
    assert shown.exit_code == 0, shown.output
    assert "3 intertitres de cette forme" in shown.output
    read = CliRunner().invoke(main, ["lire", str(document), "--gabarit", str(gabarit), "--sortie", str(sortie)])
    assert "2 orientations, 3 actions" in read.output


@pytest.mark.parametrize("exemple", ["cinq=fiche", "5=dragon", "6=fiche"])
def test_an_example_that_says_nothing_is_refused(tmp_path: Path, exemple: str) -> None:
    document = tmp_path / "c.txt"
    document.write_text(DOCUMENT, encoding="utf-8")
    assert CliRunner().invoke(main, ["gabarit", str(document), "--exemple", exemple]).exit_code == 2


TABLEAU = """CONTRAT DE VILLE FICTIF DE VALBERGE 2024-2030

Programme

Bouquet|Graine|Ce que l’on plante|Qui sème|Avec l’aide de
Apprendre|Lire|Lire le soir à voix haute|CCAS|Maison de l’emploi, du lien et de la formation
Apprendre|Lire|Prêter des livres|France Travail|CAF
Apprendre|Compter|Compter le matin|CCAS|Maison de l’emploi, du lien et de la formation et CAF
Circuler|Rouler|Prêter des vélos|Croix-Rouge|CAF
"""
COLONNES = {
    "Bouquet": "axe",
    "Graine": "orientation",
    "Ce que l’on plante": "intitulé",
    "Qui sème": "pilotes",
    "Avec l’aide de": "services associés",
}


def _columns_told() -> Gabarit:
    return lire_gabarit("colonnes:\n" + "".join(f"  {tete}: {dit}\n" for tete, dit in COLONNES.items()))


def test_columns_told_once_give_every_row_its_place() -> None:
    contrat = lire(read_text(TABLEAU.encode()), _columns_told()).contrat
    assert [(axe.titre_imprime, [o.titre_imprime for o in axe.orientations]) for axe in contrat.axes] == [
        ("Apprendre", ["Lire", "Compter"]),
        ("Circuler", ["Rouler"]),
    ]
    actions = [a for o in contrat.orientations for a in o.actions]
    assert [a.titre_imprime or a.texte for a in actions] == [
        "Lire le soir à voix haute",
        "Prêter des livres",
        "Compter le matin",
        "Prêter des vélos",
    ]
    assert [p.nom for a in actions for p in a.pilotes] == ["CCAS", "France Travail", "CCAS", "Croix-Rouge"]


def test_a_name_told_once_stays_whole_wherever_it_stands() -> None:
    nom = "Maison de l’emploi, du lien et de la formation"
    contrat = lire(read_text(TABLEAU.encode()), _columns_told().avec(organisme=nom)).contrat
    partners = [[p.nom for p in a.partenaires] for o in contrat.orientations for a in o.actions]
    assert partners == [[nom], ["CAF"], [nom, "CAF"], ["CAF"]]


def test_a_column_said_to_be_nothing_gives_nothing() -> None:
    gabarit = _columns_told().avec(colonne=("Qui sème", "rien"))
    contrat = lire(read_text(TABLEAU.encode()), gabarit).contrat
    assert not any(a.pilotes for o in contrat.orientations for a in o.actions)


def test_a_label_said_to_be_nothing_opens_nothing() -> None:
    gabarit = _taught().avec(etiquette=("Qui s’y colle", "rien"))
    contrat = lire(_texte().document, gabarit).contrat
    assert not any(a.pilotes for o in contrat.orientations for a in o.actions)


def test_labels_and_columns_are_shown_with_what_they_are_taken_for() -> None:
    assert {vue.mots: (vue.fois, vue.lu) for vue in etiquettes_vues(_texte())} == {"Qui s’y colle": (3, "")}
    with _taught().dit():
        assert [vue.lu for vue in etiquettes_vues(_texte())] == ["pilotes"]
    texte = Texte(read_text(TABLEAU.encode()))
    assert [vue.mots for vue in colonnes_vues(texte)] == list(COLONNES)
    with _columns_told().dit():
        assert {vue.mots: vue.lu for vue in colonnes_vues(texte)} == COLONNES


def test_a_column_gives_nothing_that_does_not_exist() -> None:
    with pytest.raises(GabaritRefuse, match="orientation"):
        verifier_colonne("Bouquet", "dragon")
    with pytest.raises(GabaritRefuse):
        lire_gabarit("colonnes: {Bouquet: dragon}")


def test_the_command_tells_columns_and_names(tmp_path: Path) -> None:
    document, gabarit = tmp_path / "c.txt", tmp_path / "g.yaml"
    document.write_text(TABLEAU, encoding="utf-8")
    told = ["--colonne", "Graine=orientation", "--organisme", "Les Semeurs", "--sortie", str(gabarit)]
    shown = CliRunner().invoke(main, ["gabarit", str(document), *told])
    assert shown.exit_code == 0, shown.output
    assert "Ce que l’on plante" in shown.output
    said = lire_gabarit(gabarit.read_text("utf-8"))
    assert (said.colonnes, said.organismes) == ({"Graine": "orientation"}, ("Les Semeurs",))
    assert CliRunner().invoke(main, ["gabarit", str(document), "--colonne", "Graine=dragon"]).exit_code == 2
