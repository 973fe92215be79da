"""The normalised text of a text file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenir.lecteur.document import LectureRefusee
from tenir.lecteur.lecture import lire_document, read_content
from tenir.lecteur.texte import bullet, folio, read_text
from tenir.lecteur.vocabulaire import Vocabulaire


def texts(content: str) -> list[str]:
    return [ligne.texte for ligne in read_text(content.encode()).lignes]


def test_lines_are_kept_one_for_one() -> None:
    assert texts("un\n\n  deux \r\ntrois") == ["un", "", "  deux ", "trois"]


def test_the_text_is_made_of_the_lines_and_reads_the_same_again() -> None:
    document = read_text(b"un\nPage | 3\ndeux")
    assert document.texte == "un\n\ndeux\n"
    assert read_text(document.texte.encode()).texte == document.texte


def test_soft_hyphens_and_invisible_characters_go() -> None:
    assert texts("\ufefforien\u00adtation de la ci\u00ad\ntoyenneté\u200b ﬁnancée") == [
        "orientation de la ci-",
        "toyenneté financée",
    ]


def test_a_folio_is_removed_and_remembered() -> None:
    document = read_text(b"fin\n\nPage | 33 \n\nsuite\nPage | 34\n")
    assert [ligne.texte for ligne in document.lignes] == ["fin", "", "", "", "suite", ""]
    assert document.retirees == ((33, "Page | 33"), (34, "Page | 34"))
    assert document.lignes[4].page == 34
    assert document.lignes[0].page is None


def paged(*bodies: str, head: str = "Contrat de ville de Fictive", foot: str = "{n} / 5") -> str:
    return "\f".join(f"{head}\n{body}\n{foot.format(n=n)}\n" for n, body in enumerate(bodies, start=1))


def test_running_headers_and_footers_are_removed_and_remembered() -> None:
    document = read_text(paged("un", "deux", "trois", "quatre", "cinq").encode())
    assert [ligne.texte for ligne in document.lignes if ligne.texte] == ["un", "deux", "trois", "quatre", "cinq"]
    assert len(document.retirees) == 10
    assert document.retirees[1] == (1, "1 / 5")
    assert [ligne.page for ligne in document.lignes if ligne.texte] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("head", ["FICHE ACTION N° {n}", "Orientation {n}", "o Action", "{n}. Titre qui change : {n}"])
def test_what_numbers_an_item_is_no_running_header(head: str) -> None:
    pages = "\f".join(f"{head.format(n=n)}\ntexte {'abcde'[n]}\n" for n in range(5))
    assert not read_text(pages.encode()).retirees


def test_two_pages_that_open_alike_are_no_running_header() -> None:
    assert not read_text(b"OBJECTIFS\nun\n\fOBJECTIFS\ndeux\n\fFin\n\fAnnexe\n").retirees


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("o Créer", "Créer"),
        ("• Créer", "Créer"),
        ("\uf0b7 Créer", "Créer"),
        ("-Commune", "Commune"),
        (" - 12 logements", "12 logements"),
        ("→ EN : Fonds", "EN : Fonds"),
    ],
)
def test_a_printed_bullet_is_known(line: str, words: str) -> None:
    width = bullet(line)
    assert width is not None
    assert line[width:] == words


@pytest.mark.parametrize("line", ["ou bien", "-12 %", "on", "l’État", "1. Titre", ""])
def test_what_is_no_bullet_is_not_taken_for_one(line: str) -> None:
    assert bullet(line) is None


def test_a_bullet_set_in_is_inside_the_one_above() -> None:
    document = read_text(b"o un\n    - deux\no trois\nprose")
    assert [ligne.puce for ligne in document.lignes] == [0, 1, 0, None]


@pytest.mark.parametrize(
    ("line", "number"), [("12", 12), ("- 7 -", 7), ("Page 4/60", 4), ("page 3 sur 9", 3), ("2024", None)]
)
def test_a_folio_is_a_number_alone(line: str, number: int | None) -> None:
    assert folio(line) == number


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["la ci-", "toyenneté"], "la citoyenneté"),
        (["l’agglo-", "mération"], "l’agglomération"),
        (["le centre-", "ville", "au centre-ville du bourg"], "le centre-ville"),
        (["Songe-et-", "Brume"], "Songe-et-Brume"),
        (["en intra-", "et en inter"], "en intra- et en inter"),
        (["un mot", "et un autre"], "un mot et un autre"),
        (["SIGNA-", "TAIRES"], "SIGNATAIRES"),
        (["ci-", "dessous"], "ci-dessous"),
    ],
)
def test_a_word_cut_by_a_line_end_is_made_whole(lines: list[str], joined: str) -> None:
    assert Vocabulaire(lines).join(lines[0], lines[1]) == joined


@given(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Co", "Zl", "Zp")), max_size=30)))
def test_no_word_of_a_text_is_lost_or_moved(lines: list[str]) -> None:
    content = "\n".join(["début", *lines, "fin"])
    document = read_content(content.encode())
    kept = [text for _page, text in document.retirees]
    read = [ligne.texte for ligne in document.lignes]
    assert len(read) == len(lines) + 2
    assert sum(map(len, "".join(read).split())) + sum(map(len, "".join(kept).split())) <= 2 * len(content)
    assert read[0] == "début"
    assert read[-1] == "fin"


def test_the_contract_of_coutras_loses_its_two_folios_and_nothing_else(coutras_document: Path) -> None:
    raw = coutras_document.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    document = lire_document(coutras_document)
    assert [page for page, _text in document.retirees] == [33, 41]
    changed = [a for a, ligne in zip(raw, document.lignes, strict=True) if a != ligne.texte]
    assert [text.strip() for text in changed] == ["Page | 33", "Page | 41"]


@pytest.mark.parametrize(
    "content", [b"", b"  \n\n ", bytes(range(128, 256)), "texte".encode("utf-16")[:-1], b"\x01\x02\x03" * 99]
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(LectureRefusee):
        read_content(content)
