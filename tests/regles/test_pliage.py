"""One fact once, its places behind it: rows of a rule that say the same thing are one, and lose nothing."""

from tenir.regles.anomalie import Ligne
from tenir.regles.pliage import plier


def row(regle: str, code: str, phrase: str, lignes: str = "3") -> Ligne:
    return Ligne(regle, "à corriger", code, lignes, phrase, "Faites.", f"Orientation {code}")


def test_a_sentence_said_twice_is_said_once_with_how_many_times() -> None:
    one, other = row("GOV002", "O1", "« X » n’est personne.", "3"), row("GOV002", "O2", "« X » n’est personne.", "9")
    (folded,) = plier([one, other])
    assert folded.phrase == "« X » n’est personne. (2 fois)"
    assert (folded.code, folded.lignes, folded.ou) == ("O1, O2", "3, 9", "Orientation O1 ; Orientation O2")


def test_sentences_that_differ_by_one_quote_list_what_they_quote() -> None:
    said = [row("GOV004", f"G{n}", f"Rien ne dit qui préside « Comité « {n} » ».") for n in (1, 2)]
    (folded,) = plier(said)
    assert folded.phrase == "Rien ne dit qui préside « Comité « 1 » », « Comité « 2 » »."


def test_a_rule_of_every_part_is_one_row_that_keeps_each_sentence() -> None:
    (folded,) = plier([row("FIN001", "O1", "2 lignes vides : A, B."), row("FIN001", "O2", "1 ligne vide : C.")])
    assert folded.phrase == "En 2 endroits. O1 : 2 lignes vides : A, B. O2 : 1 ligne vide : C."


def test_what_is_said_of_two_things_stays_two_rows_in_its_place() -> None:
    said = [
        row("STR003", "O1", "Le protocole l’appelle « A », ses pages « B »."),
        row("RED003", "E1", "« envisage » : rien ne dira si c’est fait."),
        row("STR003", "O2", "Le protocole l’appelle « C », ses pages « D »."),
    ]
    assert plier(said) == said


def test_another_remedy_or_gravity_is_another_row() -> None:
    one = row("GOV004", "G1", "Rien ne dit qui préside « A ».")
    other = Ligne("GOV004", "à améliorer", "G2", "4", "Rien ne dit qui préside « B ».", "Faites.")
    assert plier([one, other]) == [one, other]


def test_nothing_is_nothing() -> None:
    assert plier([]) == []
