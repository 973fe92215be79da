"""The signed document, line by line; and no name of a person anywhere on the site."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenir.contrat.models import DocumentSigne, EntreeDeRecherche, LigneDeCredits
from tenir.fichier.document import MASK
from tenir.fichier.source import parse_source
from tenir.public.document import cited_ranges, lede, numbers


def test_every_line_has_its_number_and_its_anchor(fictif, page):
    shown = page(fictif, "document/")
    count = len(fictif.document_signe.normalise().lignes)
    assert re.findall(r'<li id="l(\d+)"', shown) == [str(n) for n in range(1, count + 1)]


def test_the_lines_asked_are_highlighted(fictif, page):
    shown = page(fictif, "document/", lignes="20-21,23")
    assert re.findall(r'<li id="l(\d+)" class="citee"', shown) == ["20", "21", "23"]
    assert "Lignes 20 à 21, 23, surlignées." in shown


@pytest.mark.parametrize("asked", ["zut", "-1", "3-2", "1;2", "<b>", "99999-100000", "1" * 5000, "1-2,", "²"])
def test_lines_that_cannot_be_read_highlight_nothing(fictif, page, asked):
    shown = page(fictif, "document/", lignes=asked)
    assert 'class="citee"' not in shown
    assert "Les lignes demandées ne se lisent pas" in shown
    assert "<b>" not in shown


@given(st.text(max_size=60))
def test_any_question_gives_lines_of_the_document_or_none(asked):
    assert all(1 <= number <= 100 for number in numbers(cited_ranges(asked), 100))


def test_the_widest_question_costs_no_more_than_the_document():
    assert numbers(parse_source("1-999999"), 3) == {1, 2, 3}


def test_a_line_leads_to_the_item_that_it_carries(fictif, page):
    rows = page(fictif, "document/").split("<li ")
    line = next(row for row in rows if row.startswith('id="l46"'))
    assert f'href="/contrats/{fictif.slug}/gouvernance/#ART3">ART3</a>' in line
    following = next(row for row in rows if row.startswith('id="l47"'))
    assert "ART3" not in following  # said once, where it begins


def test_a_line_that_carries_several_items_names_them_all_in_the_order_of_their_columns(fictif, exported):
    line = exported(fictif, "document.csv")[473 - 1]
    assert line["Éléments"] == "O01-D02 ; O01-D03 ; O01-D04"


def test_each_part_of_the_document_has_its_anchor_and_its_place_in_the_contents(fictif, page):
    shown = page(fictif, "document/")
    parts = EntreeDeRecherche.objects.filter(espace=fictif, code__startswith="P").values_list("code", flat=True)
    assert parts
    for code in parts:
        assert shown.count(f'id="{code}"') == 1
    assert '<a href="#l60">Signature</a>' in shown


def test_an_item_withdrawn_claims_no_line(fictif, exported):
    LigneDeCredits.objects.of(fictif).filter(code="O02-F11").update(retire=True)
    assert "O02-F11" not in exported(fictif, "document.csv")[581 - 1]["Éléments"]


def test_the_lines_follow_the_document_that_is_attached_now(fictif, page):
    page(fictif, "document/")
    signed = fictif.document_signe
    signed.texte = signed.texte.replace("PROTOCOLE D’ACCORD", "AUTRE TITRE")
    signed.save()
    assert "AUTRE TITRE" in page(fictif, "document/")


def test_a_text_is_escaped(fictif, page):
    DocumentSigne.objects.filter(espace=fictif).update(texte="<script>alert()</script>\n", noms_masques="")
    assert "<script>" not in page(fictif, "document/")


def test_without_a_document_the_page_says_so_and_how_to_attach_it(petit, page, client):
    shown = page(petit, "document/", lignes="12-14")
    assert "n’est pas joint" in shown
    assert "--document" in shown
    assert "12 à 14" in shown
    assert client.get(f"/contrats/{petit.slug}/document.csv").status_code == 404


def test_the_lede_agrees_with_what_is_masked():
    assert lede(1, "").endswith("1\u00a0ligne.")
    assert lede(9, "3").endswith("Un passage qui nomme une personne est masqué.")
    assert lede(9, "3[1-2], 4").endswith("Deux passages qui nomment une personne sont masqués.")


def test_queries_do_not_grow_with_the_contract(fictif, queries):
    before = queries(fictif, "document/")
    LigneDeCredits.objects.of(fictif).exclude(code="O01-F01").update(retire=True)
    assert queries(fictif, "document/") == before <= 6


def names_of_persons(fictif) -> list[str]:
    """The two invented names that the document holds, read from its raw text."""
    raw = fictif.document_signe.normalise().lignes_brutes
    return [
        raw[span.debut - 1][span.colonne_debut - 1 : span.colonne_fin]
        for span in parse_source(fictif.document_signe.noms_masques)
    ]


def test_no_page_and_no_file_ever_shows_a_name_of_a_person(fictif, whole):
    names = names_of_persons(fictif)
    assert names == ["Aline FICTIVE", "B. IMAGINAIRE"]
    assert sum(url.startswith(f"/contrats/{fictif.slug}/") for url in whole) > 200
    for url, page in whole.items():
        text = html.unescape(page.said)
        assert not [name for name in names if name in text], url
    assert MASK in whole[f"/contrats/{fictif.slug}/document/"].said


@pytest.mark.parametrize("word", ["Aline", "IMAGINAIRE"])
def test_no_search_finds_a_name_of_a_person(fictif, client, exported, word):
    assert exported(fictif, "recherche.csv", q=word) == []
    shown = client.get(f"/contrats/{fictif.slug}/recherche/", {"q": word}).content.decode()
    assert "Rien ne répond" in shown


def test_nothing_kept_for_pages_holds_a_name_of_a_person(fictif):
    for name in names_of_persons(fictif):
        last = name.split()[-1].lower()
        assert not EntreeDeRecherche.objects.filter(espace=fictif, mots__contains=f" {last} ").exists()
        assert not EntreeDeRecherche.objects.filter(espace=fictif, extrait__contains=name).exists()
