"""OpenDocument texts: what is printed is read, what is hidden or struck is not, hostile files are refused."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenir.lecteur.document import DocumentLu, LectureRefusee
from tenir.lecteur.lecture import read_content
from tests.exemples import few

_NS = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
)
_STYLES = """
<style:style style:name="Masque" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Barre" style:family="text">
<style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="Gras" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<text:list-style style:name="Puces"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>
<text:list-level-style-bullet text:level="2" text:bullet-char="o"/></text:list-style>
<text:list-style style:name="Nombres">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>
"""


def odt(body: str, mimetype: str = "application/vnd.oasis.opendocument.text") -> bytes:
    """The bytes of a text whose body is given."""
    out = io.BytesIO()
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {_NS}><office:automatic-styles>{_STYLES}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr("content.xml", content)
    return out.getvalue()


def _read(body: str) -> DocumentLu:
    return read_content(odt(body))


def test_headings_lists_and_tables_keep_what_the_file_knows() -> None:
    read = _read(
        '<text:h text:outline-level="2">Se déplacer</text:h>'
        '<text:list text:style-name="Puces"><text:list-item><text:p>Prêter des vélos</text:p>'
        "<text:list><text:list-item><text:p>aux lycéens</text:p></text:list-item></text:list>"
        "</text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Pilote</text:p></table:table-cell>"
        "<table:table-cell><text:p>CCAS</text:p></table:table-cell></table:table-row></table:table>"
    )
    told = [(line.texte, line.titre, line.puce, line.tableau) for line in read.lignes]
    assert told == [
        ("Se déplacer", 2, None, None),
        ("• Prêter des vélos", None, 0, None),
        ("o aux lycéens", None, 1, None),
        ("Pilote", None, None, (1, 1, 1)),
        ("CCAS", None, None, (1, 1, 2)),
    ]
    assert read.origine == "odt"


def test_numbers_of_lists_are_printed_and_start_again() -> None:
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    first = f'<text:list text:style-name="Nombres">{item.format("un")}{item.format("deux")}</text:list>'
    again = f'<text:list text:style-name="Nombres">{item.format("trois")}</text:list>'
    follows = f'<text:list text:style-name="Nombres" text:continue-numbering="true">{item.format("quatre")}</text:list>'
    lines = [line.texte for line in _read(first + again + follows).lignes]
    assert lines == ["1. un", "2. deux", "1. trois", "2. quatre"]


def test_what_is_hidden_or_struck_is_not_signed_and_it_is_said() -> None:
    read = _read(
        '<text:p>Ouvrir <text:span text:style-name="Barre">jamais</text:span> le <text:span text:style-name="Masque">à '
        "relire</text:span>samedi</text:p>"
    )
    assert read.lignes[0].texte.split() == ["Ouvrir", "le", "samedi"]
    assert any("barré" in said for said in read.remarques)
    assert any("masqué" in said for said in read.remarques)


def test_notes_and_tracked_deletions_stand_aside() -> None:
    read = _read(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>retiré</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>Gardé<text:note><text:note-body><text:p>une note</text:p>"
        "</text:note-body></text:note></text:p>"
    )
    assert [line.texte for line in read.lignes] == ["Gardé"]
    assert read.retirees == ((None, "une note"),)
    assert any("modification suivie" in said for said in read.remarques)


@pytest.mark.parametrize(
    "content",
    [
        odt("<text:p>ouvert"),
        odt("<text:p>x</text:p>", mimetype="application/vnd.oasis.opendocument.spreadsheet"),
        odt("<text:p>&bombe;</text:p>").replace(b"PK", b"PX", 1),
        odt(""),
        odt("<text:p>" + " " * 3_000_000 + "</text:p>"),
    ],
    ids=["xml coupé", "classeur", "archive abîmée", "vide", "bombe"],
)
def test_a_file_that_is_no_text_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(LectureRefusee) as refused:
        read_content(content)
    assert str(refused.value).endswith(".")


@settings(few(15))
@given(cut=st.integers(0, 2000), put=st.binary(max_size=40))
def test_a_mangled_file_raises_only_its_refusal(cut: int, put: bytes) -> None:
    content = odt("<text:h text:outline-level='1'>Orientation 1 : Lire</text:h><text:p>Prêter des livres</text:p>")
    mangled = content[:cut] + put + content[cut + len(put) :]
    try:
        assert read_content(mangled).texte
    except LectureRefusee:
        return
