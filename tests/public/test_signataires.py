"""Signatories: their list with its counts, and the page of each."""

import pytest

from tenir.acteurs.rattachements import with_ancestors, with_services
from tenir.contrat.models import Engagement, LigneDeCredits, OrganismeCite, Rappel
from tenir.public.signataires.vues import lede, list_lede

pytestmark = pytest.mark.deux_bases


def test_the_list_counts_promises_without_the_headings(fictif, exported):
    row = next(row for row in exported(fictif, "signataires.csv") if row["Code"] == "S07")
    promises = Engagement.objects.of(fictif).filter(signataire__code="S07")
    assert int(row["Engagements"]) == promises.comptes().count() < promises.count()


def test_the_list_counts_funding_lines_and_the_empty_ones(fictif, exported):
    row = next(row for row in exported(fictif, "signataires.csv") if row["Code"] == "S07")
    lines = LigneDeCredits.objects.of(fictif).filter(organisation__identifiant="caf-songe-et-brume")
    assert int(row["Lignes de crédits"]) == lines.count()
    assert int(row["Lignes de crédits restées vides"]) == lines.vides().count()


def test_what_a_service_pilots_counts_for_its_body(fictif, exported):
    row = next(row for row in exported(fictif, "signataires.csv") if row["Code"] == "S02")
    ids = with_services("songe-agglo")
    named = OrganismeCite.objects.filter(role="pilote", orientation__espace=fictif, organisation__identifiant__in=ids)
    assert int(row["Orientations pilotées"]) == named.values("orientation").distinct().count()
    assert named.exclude(organisation__identifiant="songe-agglo").exists()


def test_the_list_sorts_by_what_it_counts(fictif, exported):
    counts = [int(row["Engagements"]) for row in exported(fictif, "signataires.csv", sort="-nb_engagements")]
    assert counts == sorted(counts, reverse=True)


def test_the_list_filters_by_kind_and_by_any_spelling(fictif, codes):
    assert codes(fictif, "signataires.csv", nature="bailleur social") == ["S09"]
    assert codes(fictif, "signataires.csv", q="CAF") == ["S07"]


def test_the_page_shows_promises_under_their_headings_with_their_anchors(fictif, page):
    html = page(fictif, "signataires/S07")
    heading, promise = html.index('id="S07-E01"'), html.index('id="S07-E02"')
    assert heading < html.index("<h3><a href") < promise
    assert "Petite enfance et parentalité" in html


def test_promises_stand_on_three_levels(fictif, page):
    third = Engagement.objects.of(fictif).filter(niveau=3).select_related("signataire", "parent__parent").first()
    html = page(fictif, f"signataires/{third.signataire.code}")
    top, middle = third.parent.parent.code, third.parent.code
    assert html.index(f'id="{top}"') < html.index(f'id="{middle}"') < html.index(f'id="{third.code}"')


def test_the_orientations_served_are_said_to_be_our_reading(fictif, page):
    html = page(fictif, "signataires/S07")
    assert "rapprochement proposé par Tenir, le contrat ne l’écrit pas" in html
    assert f'href="/contrats/{fictif.slug}/orientations/O06"' in html


def test_what_is_recalled_or_referred_to_is_no_promise(petit, page):
    html = page(petit, "signataires/S01")
    recalled = html.index("Ce sont des bilans, non des engagements.")
    assert recalled < html.index('id="S01-R01"')
    assert html.index("Documents auxquels il se réfère") < html.index('id="S01-C01"')
    assert html.startswith("<!doctype html>")
    assert "Un engagement, une orientation pilotée, une ligne de crédits en son nom." in html


def test_a_withdrawn_recall_is_not_shown(petit, page):
    Rappel.objects.filter(espace=petit).update(retire=True)
    assert "Une aide donnée en 2023" not in page(petit, "signataires/S01")


def test_the_page_shows_what_a_service_pilots_and_names_the_service(fictif, page):
    html = page(fictif, "signataires/S02")
    assert "par Service habitat de Songe Agglo" in html


def test_the_page_shows_the_actions_that_name_it(fictif, page):
    html = page(fictif, "signataires/S07")
    assert html.index("Actions qui le nomment") < html.index("O06-A01")


def test_an_empty_funding_line_is_as_visible_as_another(fictif, page):
    html = page(fictif, "signataires/S07")
    lines = LigneDeCredits.objects.of(fictif).filter(organisation__identifiant="caf-songe-et-brume")
    assert all(f"#{line.code}" in html for line in lines)
    assert html.count("rien n’est annoncé") == lines.vides().count()


def test_the_page_shows_the_bodies_where_it_sits(petit, page):
    html = page(petit, "signataires/S01")
    assert f'href="/contrats/{petit.slug}/gouvernance/G01"' in html


def test_the_page_offers_its_promises_as_a_file(fictif, page, codes):
    link = f"/contrats/{fictif.slug}/engagements.csv?signataire=S07"
    assert link in page(fictif, "signataires/S07")
    found = codes(fictif, "engagements.csv", signataire="S07")
    assert found
    assert all(code.startswith("S07-") for code in found)


def test_an_unknown_signatory_and_one_of_another_contract_are_not_found(fictif, petit, client):
    assert client.get(f"/contrats/{fictif.slug}/signataires/S99").status_code == 404
    assert client.get(f"/contrats/{petit.slug}/signataires/S07").status_code == 404


def test_a_contract_without_signatory_says_so(vide, page):
    assert "ne nomme encore aucun signataire" in page(vide, "signataires/")


def test_a_signatory_without_anything_says_so(petit, page):
    for model in (Engagement, LigneDeCredits):
        model.objects.filter(espace=petit).update(retire=True)
    OrganismeCite.objects.filter(organisation__identifiant="caf-songe-et-brume").delete()
    html = page(petit, "signataires/S01")
    assert "n’a écrit aucun engagement" in html
    assert "Aucune orientation ni aucune action ne le nomme pilote." in html
    assert "Aucune ligne de crédits n’est à son nom." in html
    assert "aucune instance ne le nomme" in html


@pytest.mark.parametrize("path", ["signataires/", "signataires/S01", "signataires/?sort=-nom&q=a"])
def test_the_number_of_queries_does_not_depend_on_the_contract(fictif, petit, queries, path):
    assert queries(fictif, path) == queries(petit, path)


def test_a_body_answers_for_its_services_but_not_for_those_that_sign():
    assert "ccas-virelande" in with_services("commune-virelande")
    assert "france-services-virelande" in with_services("commune-virelande")
    apart = with_services("commune-virelande", apart={"ccas-virelande"})
    assert {"ccas-virelande", "france-services-virelande"}.isdisjoint(apart)
    assert "police-municipale-virelande" in apart


def test_the_bodies_above_a_service_are_named_in_order():
    assert with_ancestors("france-services-virelande") == [
        "france-services-virelande", "ccas-virelande", "commune-virelande",
    ]  # fmt: skip
    assert with_ancestors("inconnu-au-fichier") == ["inconnu-au-fichier"]


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((0, 0, 0, 0), "Aucun engagement, aucune orientation pilotée, aucune ligne de crédits en son nom."),
        ((7, 1, 6, 3), "Sept engagements, une orientation pilotée, six lignes de crédits en son nom, "
                       "dont trois restées vides."),
        ((1, 2, 1, 1), "Un engagement, deux orientations pilotées, une ligne de crédits en son nom, "
                       "dont une restée vide."),
    ],
)  # fmt: skip
def test_the_page_opens_with_a_sentence_that_agrees(counts, sentence):
    assert lede(*counts) == sentence


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((0, 0), "Ce contrat ne nomme encore aucun signataire."),
        ((2, 0), "Deux signataires ont signé le contrat, sans engagement écrit en leur nom propre."),
        ((1, 1), "Un signataire a pris 1\u00a0engagement."),
        ((12, 65), "Douze signataires ont pris ensemble 65\u00a0engagements."),
    ],
)
def test_the_list_opens_with_a_sentence_that_agrees(counts, sentence):
    assert list_lede(*counts) == sentence
