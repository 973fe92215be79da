"""What was not read is said, and what looks misread is doubted."""

from tenir.lecteur.avis import Atelier
from tenir.lecteur.lignes import Texte
from tenir.lecteur.rapport import doutes, rapport_texte
from tenir.lecteur.soupcons import soupconner
from tenir.lecteur.texte import read_text
from tests.lecteur.textes import lire_texte

ENTETE = "CONTRAT DE VILLE FICTIF DE VALBERGE 2024-2030\n\n"
DEUX = ENTETE + (
    "Orientation 1 : Lire\n\nACTIONS\n• Ouvrir la bibliothèque\n\nOrientation 2 : Compter\n\nOn compte peu ici.\n"
)


def test_a_kind_that_nothing_was_read_of_is_said_and_not_taken_for_nought() -> None:
    lecture = lire_texte(DEUX)
    assert any("Aucun signataire n’a été lu" in said for said in lecture.non_lus)
    assert not any("Aucune action" in said for said in lecture.non_lus)
    assert "Aucun indicateur n’a été lu" in rapport_texte(lecture)


def test_an_orientation_without_action_beside_others_is_doubted() -> None:
    told = {code: avis.doute for code, avis in doutes(lire_texte(DEUX))}
    assert "Aucune action n’a été lue sous ce titre" in (told["O02"] or "")
    assert "O01" not in told


def test_a_title_that_is_a_paragraph_is_doubted() -> None:
    contrat = lire_texte(DEUX).contrat
    (axe,) = contrat.axes
    first, *others = axe.orientations
    long = first.model_copy(update={"titre_imprime": " ".join(["vivre"] * 40)})
    held = axe.model_copy(update={"orientations": (long, *others)})
    atelier = Atelier(Texte(read_text(DEUX.encode())))
    soupconner(atelier, contrat.model_copy(update={"axes": (held,)}))
    assert "bien long" in (atelier.avis[first.code].doute or "")


def test_a_signatory_without_a_promise_beside_others_is_doubted() -> None:
    text = DEUX + (
        "\nLes engagements des signataires\n\n1. L’État\nL’État s’engage à :\n• payer deux postes\n\n"
        "2. La CAF\nElle existe depuis 1946.\n"
    )
    told = {code: avis.doute for code, avis in doutes(lire_texte(text))}
    assert "Aucun engagement n’a été lu pour ce signataire" in (told["S02"] or "")
