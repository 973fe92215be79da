"""Reading never dies: what cannot be an item is a line without a place, what is our fault is said to be ours."""

import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenir.lecteur import bornes
from tenir.lecteur.document import LectureRefusee
from tests.lecteur.textes import lire_texte

LAYOUTS = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "dispositions").glob("*.txt"))]
ODD = [*"-–•:…/o,; ", "", "()", "1.", "«»", "\t", "\x07", "\x1f", "\u2028", "\x85"]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A layout with some lines lost, repeated, moved, or left with nothing but a sign after their label."""
    lines = draw(st.sampled_from(LAYOUTS)).split("\n")
    for _ in range(draw(st.integers(1, 8))):
        at, odd = draw(st.integers(0, len(lines) - 1)), draw(st.sampled_from(ODD))
        label = lines[at].partition(":")[0]
        lines[at] = draw(
            st.sampled_from([odd, f"{odd} {lines[at]}", f"{label}: {odd}", f"{label} {odd}", f"{odd}\n{lines[at]}"])
        )
        if draw(st.booleans()):
            lines.insert(draw(st.integers(0, len(lines))), lines.pop(at))
    return "\n".join(lines)


@settings(max_examples=40)
@given(mutated())
def test_whatever_is_lost_or_moved_reading_refuses_in_its_own_words_or_reads(text: str) -> None:
    try:
        lecture = lire_texte(text)
    except LectureRefusee:
        return
    assert all(reste.raison for reste in lecture.restes)


def test_a_funder_that_is_a_sign_alone_keeps_its_line_and_says_so() -> None:
    text = (
        "CONTRAT DE VILLE 2024-2030\n\nOrientation 1 : Bouger\n\nACTIONS\n• Ouvrir un guichet\n\nFINANCEMENTS\n- : …\n"
    )
    lecture = lire_texte(text)
    assert [o.credits for axe in lecture.contrat.axes for o in axe.orientations] == [()]


def test_a_control_character_inside_a_name_is_dropped() -> None:
    text = "CONTRAT DE VILLE\n\nOrientation 1 : Bou\x07ger\n\nACTIONS\n• Ouvrir un gui\x1fchet\n"
    [orientation] = [o for axe in lire_texte(text).contrat.axes for o in axe.orientations]
    assert (orientation.titre_imprime, orientation.actions[0].texte) == ("Bouger", "Ouvrir un guichet")


def test_an_error_of_ours_is_told_as_ours_and_logged_without_the_words_of_the_document(
    caplog: pytest.LogCaptureFixture,
) -> None:
    child = (
        "from tenir.lecteur.bornes import answer\n"
        "def make(content):\n    raise KeyError(content.decode())\n"
        "answer(make)"
    )
    with caplog.at_level(logging.ERROR), pytest.raises(LectureRefusee, match="la faute est la nôtre"):
        bornes.ask_bounded(child, b"mots du document", bornes.LIMITES)
    assert "KeyError" in caplog.text
    assert "mots du document" not in caplog.text
