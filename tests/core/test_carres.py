"""Squares: told by a shape before a colour, named, counted in words, drawn alike on pages and alone."""

import re
from itertools import combinations

import pytest
from lxml import etree

from tenir.core.carres import BLANC, FORMES, Carre, Motif, Rang, Signe, drawing, legend, listed, ranked, sentence

FAITE, MUETTE = (
    Signe(Motif.COCHE, "faite", "faites"),
    Signe(Motif.VIDE, "dont rien n’est dit", seul="rien n’en est dit"),
)
ATTRIBUTES = {"fill", "stroke", "stroke-width", "stroke-dasharray", "d", "cx", "cy", "r"}


def test_every_drawing_is_told_from_the_others_without_its_colours():
    grey = {motif: re.sub("#(?!ffffff)[0-9a-f]{6}", "ink", drawn) for motif, drawn in FORMES.items()}
    assert set(grey) == set(Motif)
    for one, other in combinations(grey.values(), 2):
        assert one != other


@pytest.mark.parametrize("motif", Motif)
def test_a_drawing_is_made_of_shapes_alone_on_a_white_ground(motif):
    root = etree.fromstring(f"<g>{FORMES[motif]}</g>")
    assert {element.tag for element in root} <= {"path", "circle"}
    assert {name for element in root for name in element.attrib} <= ATTRIBUTES
    assert BLANC in FORMES[motif]


def test_a_row_says_in_words_what_it_shows_in_its_order():
    row = Rang("Une orientation", (Carre(MUETTE, "A"), Carre(FAITE, "B"), Carre(FAITE, "C")), ordre=(FAITE, MUETTE))
    assert row.phrase == "2 faites, 1 dont rien n’est dit"
    assert [one.mots for one in legend(row.carres, row.ordre)] == ["2 faites", "1 dont rien n’est dit"]
    assert [one.nom for one in ranked(row.carres, row.ordre)] == ["B", "C", "A"]


def test_a_row_without_squares_says_what_it_was_given():
    assert Rang("Une orientation", (), vide="Rien n’y est prévu.").phrase == "Rien n’y est prévu."
    assert sentence(()) == ""


def test_a_square_is_named_with_its_state_and_leads_to_its_thing():
    html = listed([Carre(MUETTE, "O01-A01 <b>", "/la?x=1&y=2")])
    assert '<a href="/la?x=1&amp;y=2">' in html
    assert "O01-A01 &lt;b&gt;\u00a0: rien n’en est dit" in html
    assert "<a " not in listed([Carre(FAITE, "A")])


def test_a_row_drawn_alone_is_one_named_image_that_wraps():
    root = etree.fromstring(drawing([Motif.COCHE] * 45, titre="45 faites <ici>"))
    assert root.get("role") == "img"
    assert root[0].text == "45 faites <ici>"
    assert len(root) == 46
    assert (root.get("width"), root.get("height")) == ("480", "72")
