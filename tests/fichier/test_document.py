"""The signed words: names masked, bullets dropped, cut words made whole; and what is no document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenir.fichier.document import MASK, DocumentNormalise, UnreadableDocument, decoded_document, read_document
from tenir.fichier.source import Plage, parse_source
from tests.fabriques import NOM, bref, document, plages, sources


def words(text: str, source: str = "") -> str:
    return document(text).mots(parse_source(source or f"1-{text.count(chr(10)) + 1}"))


# ── Names of persons ──────────────────────────────────────────────────────────────────────────────────────────────

SECRET = "Ⓩⓞⓔ"
"""A name in letters that nothing else holds."""
around = st.text(st.sampled_from("ab •-é\t"), max_size=8)
spans = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 30), st.integers(0, 12)), max_size=3)


@st.composite
def named_documents(draw: st.DrawFn) -> DocumentNormalise:
    """A document where every name is masked, by spans that may overlap, nest, or pass the end of a line."""
    lines, masked = [], []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        before, after = draw(around), draw(around)
        lines.append(f"{before}{SECRET}{after}")
        whole = draw(st.booleans())
        first, last = len(before) + 1, len(before) + len(SECRET)
        masked.append(Plage(number, number) if whole else Plage(number, number, first, last + draw(st.integers(0, 9))))
    masked += [Plage(line, line, first, first + more) for line, first, more in draw(spans)]
    masked += draw(st.lists(plages, max_size=2))
    return DocumentNormalise("\n".join(lines), tuple(draw(st.permutations(masked))))


@given(named_documents(), sources)
def test_a_masked_name_shows_nowhere_whatever_is_asked(signed: DocumentNormalise, source: tuple[Plage, ...]) -> None:
    shown = "\n".join(signed.lignes) + signed.mots(source)
    assert not set(SECRET) & set(shown)


@given(named_documents())
def test_masking_keeps_the_number_of_lines(signed: DocumentNormalise) -> None:
    assert len(signed.lignes) == len(signed.lignes_brutes)


@given(named_documents(), st.integers(1, 5), st.integers(1, 12), st.integers(0, 12))
def test_no_window_of_columns_shows_a_letter_of_a_name(
    signed: DocumentNormalise, line: int, first: int, more: int
) -> None:
    assert not set(SECRET) & set(signed.mots((Plage(line, line, first, first + more),)))


@pytest.mark.parametrize(
    ("masked", "line"),
    [
        ("1[5-18]", "par [nom masqué] hier"),
        ("1[5-8], 1[7-18]", "par [nom masqué] hier"),
        ("1[5-18], 1[7-9]", "par [nom masqué] hier"),
        ("1[7-9], 1[5-18]", "par [nom masqué] hier"),
        ("1", "[nom masqué]"),
        ("1, 1[5-18]", "[nom masqué]"),
        ("1[5-7], 1[16-18]", "par [nom masqué] Exempla[nom masqué] hier"),
        ("1[5-9999]", "par [nom masqué]"),
        ("7-9", "par Zoé Exemplaire hier"),
    ],
)
def test_spans_that_meet_mask_as_one(masked: str, line: str) -> None:
    signed = document("par Zoé Exemplaire hier", parse_source(masked))
    assert signed.lignes == (line,)


def test_a_blank_line_of_a_masked_range_stays_blank() -> None:
    assert document("a\n\nb", parse_source("1-3")).lignes == (MASK, "", MASK)


def test_a_source_beside_a_name_shows_its_words() -> None:
    signed = document(noms_masques=bref().spans_of_names)
    assert signed.mots(parse_source("2[1-19]")) == "Fait au Hameau, par"
    assert signed.mots(parse_source("2")) == f"Fait au Hameau, par {MASK}"
    assert NOM not in "\n".join(signed.lignes)


# ── Words ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("bullet", ["• ", "▪", "- ", "-", "o ", "\t◦ ", "– ", "➢", "\uf0b7 ", "* ", "> ", "  →"])
def test_a_bullet_is_no_word(bullet: str) -> None:
    assert words(f"{bullet}agir ensemble") == "agir ensemble"


@pytest.mark.parametrize("text", ["-5 % de chômage", "ordre public", "on agit", ">60 ans", "où agir"])
def test_what_only_looks_like_a_bullet_stays(text: str) -> None:
    assert words(text) == text


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("des loge-\nments neufs", "des logements neufs"),
        ("l’accompa-\ngnement", "l’accompagnement"),
        ("un lieu de co-\nconstruction, la co-animation", "un lieu de co-construction, la co-animation"),
        ("socio-\néconomique et socio-culturel", "socio-économique et socio-culturel"),
        ("l’après-\nmidi, un après-midi", "l’après-midi, un après-midi"),
        ("sous-\ncrire, souscrire, sous-louer", "souscrire, souscrire, sous-louer"),
        ("enfants-pa-\nrents", "enfants-parents"),
        ("une liste -\nune autre", "une liste - une autre"),
        ("Nouvelle-\nAquitaine", "Nouvelle-Aquitaine"),
        ("de 2024-\n2030", "de 2024-2030"),
        ("une action -\n-État :", "une action - -État :"),
        ("mi\u00adlieu  de\tvie", "milieu de vie"),
    ],
)
def test_a_word_cut_at_a_line_end_is_made_whole(text: str, whole: str) -> None:
    assert words(text) == whole


def test_the_pieces_of_a_source_make_one_paragraph() -> None:
    signed = document()
    assert signed.mots(parse_source("4-6")) == "Ouvrir un lieu d’accueil pour les parents du socio-économique"
    assert signed.mots(parse_source("8[39-53], 3")) == "et 12,5 enfants Orientation 1 : soutenir les parents"


@pytest.mark.parametrize("source", ["12", "12-99", "99[1-5]", "9999999"])
def test_a_source_past_the_end_has_no_words(source: str) -> None:
    assert document().mots(parse_source(source)) == ""


# ── Bytes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "est vide"),
        (b" \n\t\n", "est vide"),
        ("\ufeff".encode(), "est vide"),
        ("\u00a0\n".encode(), "est vide"),
        (b"\x89PNG\r\n\x1a\n", "n’est pas du texte"),
        (b"%PDF-1.7\n\x00", "n’est pas du texte"),
        (b"a\x00b", "n’est pas du texte"),
        (b"\xe9t\xe9 " * 999 + b"\0", "n’est pas du texte"),
        (bytes(range(128, 256)), "n’est pas du texte"),
    ],
)
def test_what_is_no_text_is_refused_in_french(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableDocument, match=said):
        read_document(content)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman"])
def test_a_text_is_read_in_the_coding_of_whatever_wrote_it(coding: str) -> None:
    text = "L’été dernier, à Fontmorte, l’État et la ville ont créé un lieu d’accueil\npour les familles déjà aidées.\n"
    assert read_document(text.encode(coding)).texte == text


def test_who_attaches_a_text_of_an_unsaid_coding_is_asked_to_check_it() -> None:
    said = "Élargir l’accès".encode("cp1252")
    assert "Vérifiez les accents" in decoded_document(said)[1][0]
    assert decoded_document("Élargir l’accès".encode())[1] == ()


@pytest.mark.parametrize("content", ["a\r\nb\r\n", "a\rb", "\ufeffa\nb\n", "a\nb"])
def test_marks_and_line_ends_do_not_move_the_lines(content: str) -> None:
    assert read_document(content.encode()).lignes == ("a", "b")


def test_the_digest_is_that_of_the_normalised_text() -> None:
    assert read_document(b"\xef\xbb\xbfa\r\nb\n").sha256 == read_document(b"a\nb\n").sha256


def test_a_page_break_does_not_make_a_line() -> None:
    assert read_document("a\fb\x0bc\u2028d\n".encode()).lignes == ("a\fb\x0bc\u2028d",)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_in_french(content: bytes) -> None:
    try:
        signed = read_document(content)
    except UnreadableDocument as refused:
        shown = str(refused)
    else:
        shown = f"Ce document {signed.mots((Plage(1, len(signed.lignes)),))}"
    assert shown.startswith("Ce document ")


@pytest.mark.parametrize("line", ["a" * 10_000_000, "a-" * 5_000_000, "a " * 5_000_000])
def test_a_line_of_ten_megabytes_is_read(line: str) -> None:
    signed = document(f"{line}-\nfin", (Plage(1, 1, 1, 3),))
    assert signed.lignes[0].startswith(MASK)
    assert signed.mots((Plage(1, 2),)).endswith("fin")
