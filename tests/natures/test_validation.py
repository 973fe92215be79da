"""What `tenir nature valider` says of a file of kinds: the line, the path, the fault and the remedy, in French."""

import pytest

from tenir.fichier.fautes import Faute
from tenir.natures.catalogue import entire, shipped_files
from tenir.natures.modeles import Nature
from tenir.natures.validation import validate
from tests.fabriques import edited

CAFE = """nature: cafe-logement
est: atelier
libelle: Café-logement
pluriel: cafés-logement
themes: [logement]
actions: [O05-A02]
mesures:
  - code: questions
    libelle: Questions posées
    unite: questions
    choix:
      bail: Bail
      charges: Charges
alimente:
  - {indicateur: I07, calcul: compte}
"""
COMPTE = """nature: repas
libelle: Repas servis
forme: décompte
sujet: une période
periode: mois
principale: repas
mesures:
  - code: repas
    libelle: Repas
    unite: repas
    vraisemblable: [0, 2000]
  - code: convives
    libelle: Convives
    unite: personnes
    parts: [sexe]
"""


def faults(text: str, *changes: tuple[str, str]) -> tuple[Faute, ...]:
    return validate(edited(text, *changes)).fautes


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize("text", [CAFE, COMPTE, f"---\n{CAFE}---\n{COMPTE}", f"{CAFE}---\n# rien\n"])
def test_a_file_without_a_fault_gives_its_kinds(text: str) -> None:
    validation = validate(text)
    assert validation.fautes == ()
    assert [one.nature for one in validation.natures] == [code for code in ("cafe-logement", "repas") if code in text]


SHAPE = [
    # (what is replaced, by what, words at the faulty line once replaced, path, said, remedy)
    ("libelle: Café-logement\n", "", "nature: cafe", "libelle", "le champ « libelle » manque", "Ajoutez-le"),
    ("themes: [", "theme: [", "theme: [", "theme", "n’existe pas ici", "Vouliez-vous écrire « themes »"),
    ("est: atelier", "commentaire: x", "commentaire", "commentaire", "n’existe pas ici", "s’écrit dans « mesures »"),
    ("nature: cafe-logement", "nature: Café", "nature: Café", "nature", "n’a pas la forme", "des minuscules"),
    ("[O05-A02]", "[café]", "actions: [café]", "actions › 1", "n’a pas la forme", "comme « O05-A02 »"),
    ("indicateur: I07", "indicateur: café", "indicateur: café", "indicateur", "n’a pas la forme", "comme « I07 »"),
    ("calcul: compte", "calcul: moyenne", "calcul: moyenne", "calcul", "n’a pas la forme", "compte, somme"),
    ("est: atelier", "forme: cours", "forme: cours", "forme", "n’est pas un choix", "séance, décompte, état ou objet"),
    ("bail: Bail", "Bail: Bail", "Bail: Bail", "choix › Bail", "« Bail » n’a pas la forme", "des minuscules"),
    ("bail: Bail", "yes: Bail", "choix:", "choix", "n’est pas un texte", "guillemets"),
    (
        "    choix:\n      bail: Bail\n      charges: Charges\n",
        "    choix: bail\n",
        "choix: bail",
        "choix",
        "« bail »",
        "",
    ),
    (
        "unite: questions",
        "unite: x\n    vraisemblable: 3",
        "vraisemblable: 3",
        "vraisemblable",
        "Deux nombres",
        "[1, 60]",
    ),
    (
        "unite: questions",
        "unite: x\n    vraisemblable: [a, 2]",
        "vraisemblable",
        "vraisemblable › 1",
        "« a »",
        "nombre",
    ),
    ("unite: questions", "unite: x\n    texte: libre", "texte: libre", "texte", "n’existe pas ici", ""),
    ("charges: Charges", "bail: Charges", "bail: Charges", "", "est écrit deux fois", ""),
    ("nature: cafe-logement", "- nature", "- nature", "", "pas du YAML lisible", ""),
]


@pytest.mark.parametrize(("old", "new", "at", "path", "said", "remedy"), SHAPE)
def test_a_file_that_has_not_the_shape_of_a_kind(
    old: str, new: str, at: str, path: str, said: str, remedy: str
) -> None:
    text = edited(CAFE, (old, new))
    fault = validate(text).fautes[0]
    assert said in fault.message
    assert remedy in f"{fault.message} {fault.remede}"
    assert path in fault.chemin
    if "YAML" not in said:
        assert fault.ligne == line_of(text, at)


@pytest.mark.parametrize("text", ["", "---\n", "- a", "café"])
def test_a_file_that_holds_no_kind_says_how_one_begins(text: str) -> None:
    (fault,) = validate(text).fautes
    assert "commence par des champs" in fault.message


RULES = [
    (CAFE, "est: atelier", "est: attelage", "est", "« attelage » n’existe pas", ""),
    (CAFE, "est: atelier", "est: cafe-logement", "est", "elle-même", ""),
    (CAFE, "est: atelier", "sujet: une séance", "forme", "Dites la forme", ""),
    (CAFE, "est: atelier", "forme: séance", "sujet", "Dites de quoi parle", ""),
    (CAFE, "est: atelier", "est: atelier\nforme: état", "forme", "ne change pas", "Reprenez"),
    (CAFE, "est: atelier", "est: atelier\nperiode: mois", "periode", "pas de période", "Retirez"),
    (CAFE, "est: atelier", "est: atelier\nprincipale: venues", "principale", "pas de mesure « venues »", ""),
    (CAFE, "est: atelier", "est: atelier\nprincipale: questions", "principale", "sans total", "Choisissez"),
    (CAFE, "    unite: questions\n", "    unite: questions\n    parts: [sexe]\n", "parts", "seuls des gens", "Retirez"),
    (CAFE, "unite: questions", "unite: passages\n    parts: [sexe]", "parts", "n’a pas de total", "deux mesures"),
    (CAFE, "unite: questions", "unite: q\n    vraisemblable: [1, 2]", "vraisemblable", "n’a pas de total", "Retirez"),
    (CAFE, "unite: questions", "unite: habitants", "unite", "désigne des gens", "« passages »"),
    (CAFE, "charges: Charges", "charges: Bail", "choix › charges", "deux choix se disent « Bail »", "Distinguez"),
    (CAFE, "code: questions", "code: presents", "unite", "son type ne change pas", "un autre code"),
    (CAFE, "calcul: compte", "calcul: somme", "calcul", "demande une mesure", "Ajoutez « mesure »"),
    (CAFE, "calcul: compte", "calcul: compte, mesure: presents", "mesure", "compte les entrées", "Retirez « mesure »"),
    (
        CAFE,
        "calcul: compte",
        "calcul: somme, mesure: venues",
        "mesure",
        "pas de mesure « venues »",
        "presents, questions",
    ),
    (CAFE, "calcul: compte", "calcul: somme, mesure: questions", "mesure", "sans total", "choix:bail"),
    (CAFE, "calcul: compte", "calcul: somme, mesure: presents, modalite: x", "modalite", "« x »", "sexe:f"),
    (
        CAFE,
        "  - {indicateur: I07, calcul: compte}\n",
        2 * "  - {indicateur: I07, calcul: compte}\n",
        "2",
        "déjà dit",
        "",
    ),
    (COMPTE, "periode: mois\n", "", "forme", "un décompte a une période", "trimestre"),
    (COMPTE, "forme: décompte", "forme: état", "mesures › 1", "dire comment plusieurs relevés", "cumul: dernier"),
    (COMPTE, "code: convives", "code: repas", "mesures › 2 › code", "« repas » est écrite deux fois", "autre code"),
    (COMPTE, "parts: [sexe]", "cumul: somme", "cumul", "ne s’ajoutent pas", "« passages »"),
    (COMPTE, "parts: [sexe]", "parts: [sexe, sexe]", "parts", "demandée deux fois", "Gardez-la"),
    (COMPTE, "[0, 2000]", "[20, 2]", "vraisemblable", "ne va pas en montant", "[1, 60]"),
    (COMPTE, "[0, 2000]", "[-1, 2]", "vraisemblable", "ne va pas en montant", ""),
    (COMPTE, "[0, 2000]", "[0.5, 2]", "vraisemblable", "nombre entier", "decimales"),
    (COMPTE, "sujet: une période", "sujet: une élève", "sujet", "désignerait une personne", "Comptez plutôt"),
    (COMPTE, "sujet: une période", "sujet: une situation", "sujet", "désignerait une personne", "Comptez plutôt"),
    (COMPTE, "libelle: Repas servis", "libelle: Élève nourri", "libelle", "(« eleve »)", "Comptez plutôt"),
    (COMPTE, "nature: repas", "nature: dossier-eleve", "nature", "désignerait une personne", "Comptez plutôt"),
    (COMPTE, "libelle: Repas servis", "libelle: Repas\npluriel: Élève", "pluriel", "désignerait", "Comptez plutôt"),
]


@pytest.mark.parametrize(("text", "old", "new", "path", "said", "remedy"), RULES)
def test_a_kind_that_would_not_hold_is_refused(
    text: str, old: str, new: str, path: str, said: str, remedy: str
) -> None:
    (fault, *_) = faults(text, (old, new))
    assert said in fault.message
    assert remedy in fault.remede
    assert fault.chemin.endswith(path) or f"{path} ›" in fault.chemin


def fed(calcul: str, mesure: str) -> tuple[Faute, ...]:
    return validate(f"{COMPTE}alimente:\n  - {{indicateur: I07, calcul: {calcul}, mesure: {mesure}}}\n").fautes


def test_different_people_feed_no_sum_and_things_do() -> None:
    (fault,) = fed("somme", "convives")
    assert fault.chemin == "alimente › 1 › calcul"
    assert "des personnes différentes ne s’ajoutent pas" in fault.message
    assert fed("max", "convives") == fed("somme", "repas") == ()


def test_a_fault_says_its_kind_and_its_own_line_in_a_file_of_several() -> None:
    text = edited(f"{CAFE}---\n{COMPTE}", ("[0, 2000]", "[20, 2]"))
    (fault,) = validate(text).fautes
    assert fault.chemin == "repas › mesures › 1 › vraisemblable"
    assert fault.ligne == line_of(text, "[20, 2]")


def test_kinds_of_one_file_may_be_one_another_in_any_order() -> None:
    child = "nature: cafe-energie\nest: cafe-logement\nlibelle: Café-énergie\n"
    assert validate(f"{child}---\n{CAFE}").fautes == ()
    assert [fault.chemin for fault in validate(child).fautes] == ["est"]


def test_a_code_serves_once_in_a_file() -> None:
    (fault,) = validate(f"{CAFE}---\n{edited(CAFE, ('pluriel: cafés-logement', 'pluriel: cafés'))}").fautes
    assert "écrite deux fois dans ce fichier" in fault.message


def test_a_fault_of_shape_hides_no_kind_as_unknown() -> None:
    child = "nature: cafe-energie\nest: cafe-logement\nlibelle: Café-énergie\n"
    broken = edited(CAFE, ("libelle: Café-logement\n", ""))
    assert [fault.chemin for fault in validate(f"{child}---\n{broken}").fautes] == ["cafe-logement › libelle"]


def test_a_kind_that_is_changed_keeps_the_type_of_its_measures_and_its_form() -> None:
    former = validate(COMPTE).natures
    known = (*shipped_files(), *former)
    assert validate(edited(COMPTE, ("libelle: Repas servis", "libelle: Petits déjeuners")), known).fautes == ()
    (fault,) = validate(edited(COMPTE, ("unite: repas", "unite: plats")), known).fautes
    assert "la mesure « repas » existe déjà" in fault.message
    found = validate(edited(COMPTE, ("forme: décompte", "forme: séance"), ("periode: mois\n", "")), known).fautes
    assert [fault.chemin for fault in found] == ["forme"]


def test_a_change_that_would_break_a_kind_that_comes_of_it_is_refused() -> None:
    former = validate(edited(CAFE, ("calcul: compte", "calcul: somme, mesure: presents"))).natures
    known = (*shipped_files(), *former)
    bare = "nature: atelier\nlibelle: Atelier\nforme: séance\nsujet: une séance\n"
    (fault,) = validate(bare, known).fautes
    assert "« Café-logement », qui en part, ne tiendrait plus : elle n’a pas de mesure « presents »" in fault.message
    assert validate(f"{bare}---\n{CAFE}", known).fautes == ()
    retyped = f"{bare}mesures:\n  - {{code: questions, libelle: Q, unite: demandes}}\n"
    assert "son type ne change pas" in validate(retyped, (*shipped_files(), *validate(CAFE).natures)).fautes[0].message


def test_a_kind_that_did_not_hold_before_does_not_stop_the_change_of_another() -> None:
    (old,) = validate(CAFE).natures
    known = (*shipped_files(), old.model_copy(update={"libelle": "Dossier famille"}))
    atelier = "nature: atelier\nlibelle: Ateliers\nforme: séance\nsujet: une séance\n"
    assert validate(atelier, known).fautes == ()


def test_an_inherited_measure_may_be_said_again_in_other_words() -> None:
    again = """  - code: presents
    libelle: Habitants venus
    unite: passages
    parts: [quartier]
  - code: questions
"""
    text = edited(CAFE, ("  - code: questions\n", again))
    validation = validate(text)
    assert validation.fautes == ()
    known = {one.nature: one for one in (*shipped_files(), *validation.natures)}
    assert [one.libelle for one in entire(known["cafe-logement"], known).mesures] == [
        "Habitants venus",
        "Questions posées",
    ]


def test_no_field_of_a_kind_asks_for_words() -> None:
    """What is given under a kind is numbers: an entry has its title and its note, and a kind adds no other text."""
    asked = Nature.model_fields["mesures"].annotation
    assert "Mesure" in str(asked)
    for field in ("type", "texte", "reponse", "question_libre"):
        assert faults(CAFE, ("    unite: questions\n", f"    unite: questions\n    {field}: texte\n"))
