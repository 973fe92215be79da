"""Searching: results by kind, words marked, codes that lead straight, nothing found, too much found."""

from datetime import date

import pytest

from tenir.contrat import recherche as moteur
from tenir.contrat.models import ActionPrevue, CodeRetire, EntreeDeRecherche
from tenir.contrat.recherche import SEARCHED
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.recherche import KINDS, PER_GROUP, excerpt

pytestmark = pytest.mark.deux_bases

NBSP = "\u00a0"


def marked(text: str, *asked: str) -> str:
    """An excerpt with its found words between brackets."""
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in excerpt(text, asked))


def test_every_kind_that_is_searched_has_its_heading():
    assert {model.genre for model in SEARCHED} == KINDS.keys()


def test_results_are_grouped_by_kind_with_their_counts(fictif, page, exported):
    shown = page(fictif, "recherche/", q="emploi")
    found = exported(fictif, "recherche.csv", q="emploi")
    for genre in {row["Nature"] for row in found}:
        count = sum(row["Nature"] == genre for row in found)
        assert f'{KINDS[genre]} <span class="compte">{count}</span>' in shown
    assert f"{len(found)}{NBSP}éléments répondent à «{NBSP}emploi{NBSP}»." in shown


def test_accents_plurals_and_case_are_forgiven(fictif, codes):
    assert codes(fictif, "recherche.csv", q="PARENTALITES") == codes(fictif, "recherche.csv", q="parentalité") != []


def test_a_group_shows_its_first_results_and_leads_to_the_rest(fictif, page, exported):
    found = exported(fictif, "recherche.csv", q="pa", genre="action prévue")
    assert {row["Nature"] for row in found} == {"action prévue"}
    assert len(found) > PER_GROUP, "the question must find more actions than a group shows"
    shown = page(fictif, "recherche/", q="pa")
    assert "genre=action+pr%C3%A9vue" in shown
    whole = page(fictif, "recherche/", q="pa", genre="action prévue")
    assert all(f">{row['Code']}<" in whole for row in found)
    assert "Signataires <span" not in whole


def test_an_unknown_kind_shows_every_kind(fictif, codes, page):
    assert codes(fictif, "recherche.csv", q="emploi", genre="zut") == codes(fictif, "recherche.csv", q="emploi")
    assert page(fictif, "recherche/", q="emploi", genre="zut").count('class="resultats"') > 3


@pytest.mark.parametrize(
    ("typed", "path"), [("O07", "orientations/O07"), ("o01-a02", "actions/O01-A02"), (" T03 ", "quartier/#T03")]
)
def test_a_code_leads_straight_to_its_item(fictif, client, typed, path):
    answer = client.get(f"/contrats/{fictif.slug}/recherche/", {"q": typed})
    assert (answer.status_code, answer["Location"]) == (302, f"/contrats/{fictif.slug}/{path}")


def test_a_code_that_moved_leads_where_its_item_stands(fictif, client):
    CodeRetire.objects.create(espace=fictif, code="O01-A99", remplace_par="O01-A01")
    answer = client.get(f"/contrats/{fictif.slug}/recherche/", {"q": "O01-A99"})
    assert answer["Location"] == f"/contrats/{fictif.slug}/actions/O01-A01"


def test_the_code_of_another_contract_leads_nowhere(fictif, petit, client):
    assert client.get(f"/contrats/{petit.slug}/recherche/", {"q": "O07"}).status_code == 200


@pytest.mark.une_base
@pytest.mark.parametrize("question", ["", "   ", "de la", "?!"])
def test_a_question_without_a_word_gets_advice(fictif, page, question):
    shown = page(fictif, "recherche/", q=question)
    assert "tout se cherche ici" in shown
    assert "Un ou deux mots suffisent" in shown


def test_nothing_found_gets_advice(fictif, page):
    shown = page(fictif, "recherche/", q="hippopotame")
    assert f"Rien ne répond à «{NBSP}hippopotame{NBSP}» dans ce contrat." in shown
    assert "Essayez autrement" in shown


def test_too_much_found_is_said(fictif, page, monkeypatch):
    monkeypatch.setattr(moteur, "MAX_RESULTS", 5)
    shown = page(fictif, "recherche/", q="quartier")
    assert "premiers éléments sont montrés" in shown


def test_the_words_found_are_marked_with_their_accents_and_plurals():
    assert (
        marked("Soutenir les Parentalités, et l’emploi.", "parentalite") == "Soutenir les [Parentalités], et l’emploi."
    )
    assert marked("L’emploi des femmes", "emploi", "femme") == "L’[emploi] des [femmes]"


def test_a_long_text_is_cut_between_words_around_the_first_word_found():
    text = "avant " * 100 + "logement " + "après " * 100
    shown = marked(text.strip(), "logement")
    assert shown.startswith("… avant")
    assert "[logement]" in shown
    assert shown.endswith("après …")
    assert len(shown) < 400


def test_an_excerpt_that_is_one_endless_word_is_still_cut_or_kept():
    assert marked("a" * 900 + " emploi", "emploi").endswith("[emploi]")


def test_a_text_without_the_word_gives_no_excerpt():
    assert excerpt("rien", ["emploi"]) == []
    assert excerpt("", ["emploi"]) == []


def test_a_question_is_escaped(fictif, page):
    assert "<script>" not in page(fictif, "recherche/", q="<script>alert()</script>")


def test_the_export_names_the_contract_and_the_address_of_each_result(fictif, exported):
    row = next(row for row in exported(fictif, "recherche.csv", q="parentalité"))
    assert "fictif" in row["Contrat"]
    assert row["Adresse"].startswith(f"http://testserver/contrats/{fictif.slug}/")


def test_an_entry_of_each_kind_has_an_address(fictif, client):
    for genre in KINDS:
        entry = EntreeDeRecherche.objects.filter(espace=fictif, genre=genre).first()
        assert entry, genre
        assert client.get(f"/contrats/{fictif.slug}/codes/{entry.code}", follow=True).status_code == 200


def test_an_empty_contract_can_be_searched(vide, page):
    assert "Rien ne répond" in page(vide, "recherche/", q="emploi")


@pytest.mark.parametrize("path", ["recherche/?q=parents", "recherche.csv?q=parents", "recherche/"])
def test_queries_do_not_grow_with_the_contract(fictif, petit, queries, path):
    assert queries(fictif, path) <= queries(petit, path) + 2  # petit finds no action, whose state is asked for


def test_the_words_of_a_resident_find_those_of_the_contract_after_its_own(fictif, page, exported):
    found = [row["Code"] for row in exported(fictif, "recherche.csv", q="boulot")]
    assert found == [row["Code"] for row in exported(fictif, "recherche.csv", q="emploi")] != []
    shown = page(fictif, "recherche/", q="boulot")
    assert f"Le contrat dit aussi{NBSP}: «{NBSP}emploi{NBSP}»" in shown
    assert "<mark>" in shown
    assert "Le contrat dit aussi" not in page(fictif, "recherche/", q="emploi")


def test_a_result_says_where_it_stands_as_its_page_does(fictif, page, exported):
    FicheAction.objects.filter(espace=fictif, action__code="O01-A01").update(
        statut="en-cours", statut_depuis=date(2026, 3, 1), fin_prevue=date(2026, 6, 30)
    )
    titre = ActionPrevue.objects.of(fictif).get(code="O01-A01").titre
    stamp = 'tampon-retard">En cours, en retard<'
    assert stamp in page(fictif, "recherche/", q=titre)
    assert stamp in page(fictif, "actions/O01-A01")
    rows = {row["Code"]: row["État"] for row in exported(fictif, "recherche.csv", q=titre)}
    assert rows["O01-A01"] == "en cours, en retard"
    EspaceDeContrat.objects.filter(pk=fictif.pk).update(publie_engagements=False)
    promises = exported(fictif, "recherche.csv", q="emploi", genre="engagement")
    assert {row["État"] for row in promises} == {"non publié"}
