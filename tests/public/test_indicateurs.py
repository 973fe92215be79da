"""Indicators: their list grouped as printed, and the page of each."""

import re

import pytest

from tenir.contrat.models import ActionPrevue, Indicateur
from tenir.public.indicateurs.vues import list_lede

NNBSP = "\u202f"


def headings(html: str) -> list[str]:
    return re.findall(r'role="rowheader"[^>]*>(.*?) <span class="compte">', html)


def test_the_list_is_grouped_as_printed(fictif, page):
    printed = Indicateur.objects.of(fictif).values_list("groupe", "sous_groupe")
    groups = [" › ".join(heading for heading in both if heading) for both in printed]
    assert headings(page(fictif, "indicateurs/")) == list(dict.fromkeys(groups))


def test_groups_keep_their_order_when_their_rows_are_sorted(fictif, page):
    html = page(fictif, "indicateurs/", sort="-code")
    assert headings(html) == headings(page(fictif, "indicateurs/"))
    assert html.index(">Part des entreprises") < html.index(">Nombre de permanences")
    assert 'aria-sort="descending"' in html


def test_the_list_filters_by_orientation_group_and_target(fictif, codes, exported):
    rows = exported(fictif, "indicateurs.csv")
    covering = [row["Code"] for row in rows if "O06" in row["Orientations couvertes"].split(", ")]
    assert codes(fictif, "indicateurs.csv", orientation="O06") == covering
    group = [row["Code"] for row in rows if row["Groupe"] == "TRAVAILLER"]
    assert codes(fictif, "indicateurs.csv", groupe="TRAVAILLER") == group
    assert codes(fictif, "indicateurs.csv", cible="avec") == ["I09"]
    assert "I09" not in codes(fictif, "indicateurs.csv", cible="sans")


def test_the_list_tells_what_is_repeated(fictif, codes, exported):
    assert codes(fictif, "indicateurs.csv", repetition="repetes") == ["I03", "I11", "I15", "I17"]
    assert {"I15", "I17"}.isdisjoint(codes(fictif, "indicateurs.csv", repetition="premiers"))
    told = {row["Code"]: row["Répétition"] for row in exported(fictif, "indicateurs.csv")}
    assert told["I03"] == "répété sous le code I17"
    assert told["I17"] == "répète I03"


def test_several_repeats_are_told_together(fictif, page):
    Indicateur.objects.filter(espace=fictif, code="I18").update(
        repete=Indicateur.objects.get(espace=fictif, code="I03")
    )
    assert "répété sous les codes I17 et I18" in page(fictif, "indicateurs/")


def test_no_reading_is_public_and_the_list_says_so(fictif, page):
    html = page(fictif, "indicateurs/")
    assert html.count("pas de donnée") == Indicateur.objects.of(fictif).count()
    assert "Aucune mesure n’est publiée." in html


def test_the_page_shows_the_target_or_its_absence(fictif, page):
    assert "82\u00a0% en 2030" in page(fictif, "indicateurs/I09")
    assert "Le contrat ne fixe aucune cible." in page(fictif, "indicateurs/I01")


def test_the_page_and_the_export_show_the_value_it_starts_from(petit, page, exported):
    assert re.search(r"Valeur de départ.{0,80}?>4<", " ".join(page(petit, "indicateurs/I01").split()))
    assert exported(petit, "indicateurs.csv")[0]["Valeur de départ"] == "4"


def test_the_page_says_what_is_missing_to_follow_it(fictif, page):
    html = page(fictif, "indicateurs/I01")
    for label in ("Cible", "Unité", "Qui le renseigne", "Valeur de départ"):
        assert label in html
    assert html.count("Non fourni") == 5


def test_the_page_shows_the_orientations_covered_and_their_actions(fictif, page):
    html = page(fictif, "indicateurs/I09")
    for action in ActionPrevue.objects.of(fictif).principales().filter(orientation__code="O06"):
        assert f"/actions/{action.code}" in html
    assert "/actions/O01-A01" not in html


def test_a_withdrawn_action_is_not_shown(fictif, page):
    ActionPrevue.objects.filter(espace=fictif, code="O06-A01").update(retire=True)
    assert "/actions/O06-A01" not in page(fictif, "indicateurs/I09")


def test_a_repeat_leads_to_its_first_and_back(fictif, page):
    assert f'href="/contrats/{fictif.slug}/indicateurs/I03"' in page(fictif, "indicateurs/I17")
    assert f'href="/contrats/{fictif.slug}/indicateurs/I17"' in page(fictif, "indicateurs/I03")


def test_an_unknown_indicator_and_one_of_another_contract_are_not_found(fictif, petit, client):
    assert client.get(f"/contrats/{fictif.slug}/indicateurs/I99").status_code == 404
    assert client.get(f"/contrats/{petit.slug}/indicateurs/I09").status_code == 404


def test_a_contract_without_indicator_says_so(vide, page):
    html = page(vide, "indicateurs/")
    assert "n’imprime aucun indicateur" in html
    assert "Aucun indicateur pour l’instant." in html


@pytest.mark.parametrize("path", ["indicateurs/", "indicateurs/I01", "indicateurs/?sort=-libelle&cible=avec"])
def test_the_number_of_queries_does_not_depend_on_the_contract(fictif, petit, queries, path):
    assert queries(fictif, path) == queries(petit, path)


@pytest.mark.parametrize(
    ("counts", "start"),
    [
        ((0, 0, 0), "Le contrat n’imprime aucun indicateur\u00a0: rien ne dit comment on saura."),
        ((1, 1, 0), f"Un indicateur{NNBSP}; aucun n’a de cible."),
        ((18, 16, 1), f"Seize indicateurs, dont deux sont imprimés une seconde fois{NNBSP}; un seul a une cible."),
        ((3, 2, 2), f"Deux indicateurs, dont un est imprimé une seconde fois{NNBSP}; deux ont une cible."),
    ],
)
def test_the_list_opens_with_a_sentence_that_agrees(counts, start):
    assert list_lede(*counts).startswith(start)
