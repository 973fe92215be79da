"""The formatter of templates: what it cuts, what it leaves."""

import pytest

from scripts.gabarits import WIDTH, cut, templates, wrapped

WORDS = " ".join(["mot"] * 80)


def test_no_template_has_a_line_that_could_be_cut() -> None:
    assert [path.name for path in templates() if wrapped(path.read_text()) != path.read_text()] == [], "make fix"


def test_no_template_has_a_line_over_the_width() -> None:
    long = [path.name for path in templates() for line in path.read_text().split("\n") if len(line) > WIDTH]
    assert long == [], "a tag of Django that long: say it in fewer words, or in the view"


def test_a_long_line_is_cut_between_two_words() -> None:
    pieces = list(cut(f"<p>{WORDS}</p>"))
    assert max(len(piece) for piece in pieces) <= WIDTH
    assert " ".join(pieces) == f"<p>{WORDS}</p>"


@pytest.mark.parametrize(
    "held",
    [
        pytest.param('{% include "a.html" with titre="' + WORDS + '" only %}', id="a tag of Django"),
        pytest.param("{{ " + WORDS.replace(" ", "|") + " }}", id="a variable"),
        pytest.param(f'<p title="{WORDS}">', id="a quoted value"),
        pytest.param(f'<p class="a {{% if b == "c" %}}{WORDS}{{% endif %}}">', id="a tag in a quoted value"),
    ],
)
def test_what_holds_together_is_never_cut_inside(held: str) -> None:
    assert [piece for piece in cut(f"{held} {held}") if piece.count(held.split()[0]) > 1] == []
    assert "".join(cut(f"{held} {held}")).count(held[3:]) == 2


def test_the_words_of_a_pre_are_left_as_they_are() -> None:
    assert wrapped(f"<pre>{WORDS}</pre>") == f"<pre>{WORDS}</pre>"
