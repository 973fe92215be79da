"""What must hold of a kind whose things last: each rule breaks one line of a register, and says what to do."""

import pytest

from tenir.fichier.fautes import Faute
from tenir.natures.catalogue import entire, shipped, shipped_files
from tenir.natures.descriptions import answer, crossing, deadline, state, told
from tenir.natures.enums import TypeDeChamp
from tenir.natures.modeles import Champ, NatureEntiere
from tenir.natures.phrases import asks
from tenir.natures.validation import validate
from tests.fabriques import edited

PRET = """nature: pret
libelle: Prêt de salle
pluriel: prêts de salle
forme: objet
sujet: un prêt
nom: Quelle salle ?
echeance: Fin du prêt
prevenir: 30
mesures:
  - code: usages
    libelle: Usages
    unite: usages
    choix:
      reunion: réunion
      cours: cours
etats:
  - code: demande
    libelle: Demandé
  - code: accorde
    libelle: Accordé
  - code: rendu
    libelle: Rendu
    clos: true
champs:
  - code: taille
    libelle: Taille
    type: choix
    choix:
      petite: petite
      grande: grande
  - code: jours
    libelle: Jours
    type: plusieurs
    choix:
      semaine: en semaine
      samedi: le samedi
  - code: consignes
    libelle: Consignes
    type: mot
grille: {lignes: taille, colonnes: jours}
"""
"""A register that says all that it may."""
FETE = "nature: fete\nlibelle: Fête\nforme: séance\nsujet: une fête\n"


def faults(text: str, *changes: tuple[str, str]) -> tuple[Faute, ...]:
    return validate(edited(text, *changes)).fautes


def whole(text: str) -> NatureEntiere:
    found = validate(text)
    assert found.fautes == ()
    return entire(found.natures[0], {one.nature: one for one in (*shipped_files(), *found.natures)})


def test_a_register_that_says_all_that_it_may_is_valid() -> None:
    assert validate(PRET).fautes == ()
    assert whole(PRET).lasts


ETATS = PRET[PRET.index("etats:") : PRET.index("champs:")]
RULES = [
    # (what is replaced, by what, path, said, remedy)
    (ETATS, "", "forme", "au moins un état", "Ajoutez « etats »"),
    ("nom: Quelle salle ?\n", "", "forme", "comment on demande ce qui nomme", "Ajoutez « nom »"),
    ("echeance: Fin du prêt\n", "", "prevenir", "il n’y en a pas", "Ajoutez « echeance »"),
    ("prevenir: 30", "prevenir: 900", "prevenir", "sort des bornes", "730"),
    ("code: accorde", "code: demande", "etats › 2 › code", "« demande » est écrit deux fois", "Changez ce code"),
    ("libelle: Accordé", "libelle: Demandé", "etats › 2 › libelle", "deux se disent « Demandé »", "Distinguez-les"),
    ("code: jours", "code: taille", "champs › 2 › code", "« taille » est écrit deux fois", "Changez ce code"),
    ("libelle: Jours", "libelle: Taille", "champs › 2 › libelle", "deux se disent « Taille »", "Distinguez-les"),
    ("    choix:\n      petite: petite\n      grande: grande\n", "", "champs › 1 › type", "entre des mots", "choix"),
    ("type: choix", "type: nombre", "champs › 1 › choix", "seuls « choix » et « plusieurs »", "changez le type"),
    ("type: mot", "type: texte", "champs › 3 › type", "n’est pas un choix possible", ""),
    ("prevenir: 30", "prevenir: 30\nvisible: équipe", "champs", "pas de texte libre", "Faites-en un choix"),
    ("libelle: Consignes", "libelle: Nom du locataire", "champs › 3 › libelle", "(« locataire »)", "n’en suit aucune"),
    ("code: consignes", "code: usages", "champs › 3 › code", "désigne déjà autre chose", "Changez ce code"),
    ("code: consignes", "code: objets", "champs › 3 › code", "désigne déjà autre chose", "Changez ce code"),
    ("prevenir: 30", "prevenir: 30\ngarde: 12", "garde", "ce que l’équipe seule lit", "visible: équipe"),
    (
        "lignes: taille",
        "lignes: consignes",
        "grille › lignes",
        "ne peut pas croiser « consignes »",
        "jours, mois, objets",
    ),
    ("colonnes: jours", "colonnes: taille", "grille", "deux fois la même chose", "Changez les colonnes"),
    ("colonnes: jours", "colonnes: usages", "grille", "ne montre rien", "une mesure et « objets »"),
    ("sujet: un prêt", "sujet: un locataire", "sujet", "désignerait une personne", "Comptez plutôt"),
    (
        "libelle: Prêt de salle",
        "libelle: Dossiers de familles",
        "libelle",
        "désignerait une personne",
        "Comptez plutôt",
    ),
]


@pytest.mark.parametrize(("old", "new", "path", "said", "remedy"), RULES)
def test_a_register_that_would_not_hold_is_refused(old: str, new: str, path: str, said: str, remedy: str) -> None:
    found = faults(PRET, (old, new))
    fault = next(one for one in found if one.chemin == path)
    assert said in fault.message
    assert remedy in fault.remede


def test_what_the_team_alone_reads_is_in_no_directory() -> None:
    closed = "prevenir: 30\nvisible: équipe\nannuaire: true"
    found = faults(PRET, ("prevenir: 30", closed), ("type: mot", "type: date"))
    assert [fault.chemin for fault in found] == ["annuaire"]
    assert "les habitants ne trouvent pas" in found[0].message


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("etats", "etats:\n  - {code: a, libelle: A}"),
        ("champs", "champs:\n  - {code: a, libelle: A, type: date}"),
        ("nom", "nom: Quelle fête ?"),
        ("echeance", "echeance: Fin"),
        ("annuaire", "annuaire: true"),
    ],
)
def test_what_takes_place_one_day_has_nothing_of_what_lasts(field: str, said: str) -> None:
    assert validate(FETE).fautes == ()
    (fault,) = faults(f"{FETE}{said}\n")
    assert fault.chemin.split(" › ")[0] == field
    assert f"seul un objet a « {field} »" in fault.message


@pytest.mark.parametrize(
    ("lignes", "colonnes"), [("usages", "mois"), ("objets", "usages"), ("objets", "mois"), ("jours", "taille")]
)
def test_a_grid_crosses_two_fields_or_a_measure_with_months_or_things(lignes: str, colonnes: str) -> None:
    grid = (f"grille: {{lignes: {lignes}, colonnes: {colonnes}}}", "grille: {lignes: taille, colonnes: jours}")
    assert faults(PRET, grid[::-1]) == ()


def test_a_session_crosses_what_it_counts_by_choice_with_the_months_and_has_no_things() -> None:
    mesures = "mesures:\n  - {code: sujets, libelle: Sujets, unite: sujets, choix: {a: A, b: B}}\n"
    assert faults(f"{FETE}{mesures}grille: {{lignes: sujets, colonnes: mois}}\n") == ()
    (fault, *_) = faults(f"{FETE}{mesures}grille: {{lignes: objets, colonnes: sujets}}\n")
    assert fault.chemin == "grille › lignes"


def test_a_register_needs_no_rhythm_and_may_have_one() -> None:
    assert faults(PRET, ("prevenir: 30", "prevenir: 30\nperiode: année")) == ()


def test_a_model_of_registers_may_leave_its_states_to_others() -> None:
    assert faults(PRET, (ETATS, ""), ("nom: Quelle salle ?\n", "generique: true\n")) == ()


def test_a_register_that_is_changed_keeps_its_states_its_fields_and_their_choices() -> None:
    known = (*shipped_files(), *validate(PRET).natures)

    def changed(*changes: tuple[str, str]) -> list[tuple[str, str]]:
        return [(fault.chemin, fault.message) for fault in validate(edited(PRET, *changes), known).fautes]

    assert changed(("libelle: Accordé", "libelle: Prêté"), ("petite: petite", "petite: moins de 20 places")) == []
    assert changed(("code: accorde", "code: prete")) == [
        ("etats", "l’état « accorde » a pu servir, et ne se retire pas.")
    ]
    (retyped,) = changed(("type: mot", "type: date"))
    assert retyped[0] == "champs › 3 › type"
    (fewer,) = changed(("      petite: petite\n", ""))
    assert fewer == ("champs › 1 › choix", "le choix « petite » a pu servir, et ne se retire pas.")


def test_a_child_takes_all_that_it_does_not_say_and_adds_its_own_fields() -> None:
    child = "nature: pret-ecole\nest: pret\nlibelle: Prêt d’école\nnom: Quelle école ?\nchamps:\n"
    found = validate(f"{child}  - {{code: cle, libelle: Clé rendue, type: oui-non}}\n---\n{PRET}")
    assert found.fautes == ()
    one = entire(found.natures[0], {one.nature: one for one in found.natures})
    assert (one.nom, one.echeance, one.prevenir) == ("Quelle école ?", "Fin du prêt", 30)
    assert [etat.code for etat in one.etats] == ["demande", "accorde", "rendu"]
    assert [champ.code for champ in one.champs] == ["taille", "jours", "consignes", "cle"]
    assert one.grille == whole(PRET).grille


def test_a_child_keeps_the_states_of_what_it_is() -> None:
    child = "nature: pret-ecole\nest: pret\nlibelle: Prêt d’école\netats:\n  - {code: accorde, libelle: Accordé}\n"
    found = validate(f"{child}---\n{PRET}").fautes
    assert {fault.chemin for fault in found} == {"pret-ecole › etats"}


def test_a_class_is_no_pupil() -> None:
    classe = (("libelle: Prêt de salle", "libelle: Classe"), ("sujet: un prêt", "sujet: une classe"))
    assert faults(PRET, *classe) == ()
    (fault, *_) = faults(PRET, classe[0], ("sujet: un prêt", "sujet: un élève"))
    assert fault.chemin == "sujet"


def test_a_register_says_what_it_follows_in_french() -> None:
    one = whole(PRET)
    assert asks(one) == "Registre ; états : demandé, accordé, rendu."
    assert [state(etat, one) for etat in one.etats] == [
        *("Demandé (à l’entrée)", "Accordé", "Rendu (plus rien n’est attendu)")
    ]
    assert [answer(champ) for champ in one.champs] == [
        *("un choix : petite, grande", "un ou plusieurs choix : en semaine, le samedi", "quelques mots")
    ]
    assert told(one) == [
        ("On demande", "Quelle salle ?"),
        ("Échéance", "Fin du prêt ; on prévient 30 jours avant"),
        ("Tableau", "Taille × Jours"),
    ]


@pytest.mark.parametrize(
    ("prevenir", "said"), [("", "60 jours avant"), ("prevenir: 1\n", "1 jour avant"), ("prevenir: 0\n", "le jour même")]
)
def test_a_deadline_says_when_one_is_warned(prevenir: str, said: str) -> None:
    assert deadline(whole(edited(PRET, ("prevenir: 30\n", prevenir)))) == f"Fin du prêt ; on prévient {said}"


def test_a_grid_is_told_by_the_words_of_what_it_crosses() -> None:
    grid = ("grille: {lignes: taille, colonnes: jours}", "grille: {lignes: objets, colonnes: usages}")
    assert crossing(whole(edited(PRET, grid))) == "Prêts de salle × Usages"
    assert crossing(shipped()["convention"]) == ""


def test_every_type_of_field_has_its_words() -> None:
    assert len({answer(Champ(code="x", libelle="X", type=one)) for one in TypeDeChamp}) == len(TypeDeChamp)
