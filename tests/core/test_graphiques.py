"""Charts: an image with a name, the house colours, nothing that the content policy refuses."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from lxml import etree

from tenir import core
from tenir.core import graphiques
from tenir.core.graphiques import SERIES, TRAITS, draw, to_svg

CSS = (Path(core.__file__).parent / "static/core/base.css").read_text()
HOSTILE = '</text><script>alert(1)</script><a href="https://exemple.test" style="x" onclick="y">'

pytestmark = pytest.mark.urls("tests.core.urls_composants")


def spec(word: str = "visites", **more: object) -> dict:
    return {
        "width": 200,
        "height": 100,
        "data": {"values": [{"jour": "2026-01-01", "valeur": 1234.5, "mot": word}]},
        "mark": "text",
        "encoding": {
            "x": {"field": "jour", "type": "temporal", "axis": {"format": "%b %Y"}, "title": word},
            "y": {"field": "valeur", "type": "quantitative"},
            "text": {"field": "mot"},
        },
        **more,
    }


def drawn(word: str = "visites", **more: object) -> str:
    return to_svg(spec(word, **more), name="essai", titre="Les visites", description="Une visite.")


def test_a_drawing_is_an_image_with_a_name_and_a_description() -> None:
    root = etree.fromstring(drawn())
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "essai-titre essai-desc"
    assert [(one.get("id"), one.text) for one in root[:2]] == [
        ("essai-titre", "Les visites"),
        ("essai-desc", "Une visite."),
    ]


def test_nothing_of_a_drawing_asks_for_a_style_a_script_or_a_link() -> None:
    for element in etree.fromstring(drawn(HOSTILE)).iter():
        assert element.tag.removeprefix("{http://www.w3.org/2000/svg}") in graphiques._ELEMENTS
        named = {"role", "aria-labelledby", "id"}
        assert set(element.attrib) <= graphiques._ATTRIBUTES | named, element.attrib


def test_a_text_of_someone_stays_a_text() -> None:
    texts = [one.text for one in etree.fromstring(drawn(HOSTILE)).iter("{*}text")]
    assert HOSTILE in texts
    assert "<script" not in drawn(HOSTILE)


def test_characters_that_no_drawing_could_hold_are_left_out() -> None:
    svg = to_svg(spec("a\x0bb\x1f\uffffc"), name="essai", titre="d\x0be", description="f\x00g")
    root = etree.fromstring(svg)
    assert "abc" in [one.text for one in root.iter("{*}text")]
    assert [root[0].text, root[1].text] == ["de", "fg"]


def test_a_name_of_someone_stays_a_text() -> None:
    svg = to_svg(spec(), name="essai", titre=HOSTILE, description=HOSTILE)
    assert "<script" not in svg
    assert etree.fromstring(svg)[0].text == HOSTILE


def test_figures_and_days_are_in_french() -> None:
    svg = drawn(encoding=spec()["encoding"] | {"text": {"field": "valeur", "type": "quantitative", "format": ",.1f"}})
    texts = [one.text for one in etree.fromstring(svg).iter("{*}text")]
    assert any(re.fullmatch(r"1\s234,5", text) for text in texts), texts
    assert any("janv." in text for text in texts), texts


def test_letters_are_in_the_face_of_the_house() -> None:
    faces = {one.get("font-family") for one in etree.fromstring(drawn()).iter("{*}text")}
    assert {face.strip("\"'") for face in faces} == {"Source Sans 3"}


def test_the_same_chart_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawn("unique")
    monkeypatch.setattr(graphiques.vl_convert, "vegalite_to_svg", lambda *_, **__: pytest.fail("drawn again"))
    assert drawn("unique") == first


def test_a_specification_fetches_nothing_outside() -> None:
    with pytest.raises(ValueError, match=r"(?i)not allowed|allowed_base_url|external data url"):
        drawn(data={"url": "https://exemple.test/a.json"})


def test_the_palette_is_that_of_the_style_sheet() -> None:
    assert tuple(re.findall(r"\.axe-\d \{ --axe: (#[0-9a-f]{6})", CSS)) == SERIES
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", CSS))
    for name in ("ENCRE", "ENCRE_2", "FILET", "FILET_FORT", "FEUILLE"):
        assert getattr(graphiques, name) == tokens[name.lower().replace("_", "-")]


def test_no_two_series_share_their_dash() -> None:
    assert len({tuple(dash) for dash in TRAITS}) == len(SERIES)


def test_a_chart_comes_in_two_widths_with_its_signs_in_words() -> None:
    chart = draw(lambda width: {**spec(), "width": width}, name="a", titre="T", description="D", legende="● validé")
    html = render_to_string("core/components/graphique.html", {"chart": chart})
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 4
    assert "<figcaption>● validé</figcaption>" in html
    widths = [int(etree.fromstring(one).get("width")) for one in (chart.large, chart.etroit)]
    assert widths[0] > 600 > 360 > widths[1]
