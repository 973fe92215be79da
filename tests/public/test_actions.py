"""Planned actions: their list with its filters, and the page of each with its pilots."""

import pytest

from tenir.contrat.models import ActionPrevue, Engagement, OrganismeCite
from tenir.contrat.pilotage import Pilotage
from tenir.public.actions.vues import action_lede, lede

pytestmark = pytest.mark.deux_bases

NBSP = "\u00a0"


def test_the_list_shows_every_action_but_no_sub_action(fictif, codes):
    assert codes(fictif, "actions.csv") == list(
        ActionPrevue.objects.of(fictif).principales().values_list("code", flat=True)
    )


def test_an_action_withdrawn_leaves_the_list_and_its_page(fictif, codes, client):
    ActionPrevue.objects.filter(espace=fictif, code="O01-A01").update(retire=True)
    assert "O01-A01" not in codes(fictif, "actions.csv")
    assert client.get(f"/contrats/{fictif.slug}/actions/O01-A01").status_code == 404


def test_the_list_filters_by_axis_and_by_orientation(fictif, codes):
    assert {code[:3] for code in codes(fictif, "actions.csv", axe="A")} == {"O01", "O02", "O03"}
    assert {code[:3] for code in codes(fictif, "actions.csv", orientation="O04")} == {"O04"}


def test_a_pilot_is_found_by_its_own_actions_and_by_those_of_its_orientations(fictif, codes):
    found = codes(fictif, "actions.csv", pilote="caf-songe-et-brume")
    assert "O06-A01" in found  # names the CAF itself
    assert "O06-A02" in found  # names nobody: its orientation does
    assert not any(code.startswith("O01") for code in found)


def test_an_action_with_its_own_pilot_does_not_count_for_the_pilots_of_its_orientation(fictif, codes):
    assert "O06-A01" not in codes(fictif, "actions.csv", pilote="dsden-songe-et-brume")
    assert "O06-A02" in codes(fictif, "actions.csv", pilote="dsden-songe-et-brume")


def test_a_body_answers_for_its_services(fictif, codes):
    by_service = codes(fictif, "actions.csv", pilote="songe-agglo-habitat")
    assert by_service
    assert set(by_service) < set(codes(fictif, "actions.csv", pilote="songe-agglo"))


def test_the_list_finds_the_actions_whose_pilot_is_to_be_named(fictif, codes, exported):
    told = [row["Code"] for row in exported(fictif, "actions.csv") if row["Pilote à désigner"] == "oui"]
    assert told == codes(fictif, "actions.csv", pilote="a-designer")
    assert "O02-A01" in told  # its orientation names a working group, which is no known body
    assert "O02-A04" not in told  # names the Mission locale


def test_an_action_without_any_pilot_is_to_be_named_too(petit, codes):
    OrganismeCite.objects.filter(orientation__espace=petit, role="pilote").delete()
    assert codes(petit, "actions.csv", pilote="a-designer") == ["O01-A01"]


def test_the_list_tells_the_actions_with_a_horizon(fictif, codes, exported):
    with_horizon = codes(fictif, "actions.csv", horizon="avec")
    assert with_horizon == [row["Code"] for row in exported(fictif, "actions.csv") if row["Horizon"]]
    assert set(with_horizon).isdisjoint(codes(fictif, "actions.csv", horizon="sans"))


def test_words_are_searched_in_the_sub_actions_too(fictif, codes):
    assert codes(fictif, "actions.csv", q="bourses au PERMIS") == ["O02-A01"]


def test_words_forgive_accents_and_plurals(fictif, codes):
    assert codes(fictif, "actions.csv", q="atelier francais") == codes(fictif, "actions.csv", q="Ateliers français")
    assert "O02-A02" in codes(fictif, "actions.csv", q="atelier francais")


def test_titles_sort_in_french_order(petit, codes):
    action = ActionPrevue.objects.of(petit).principales().get()
    for code, titre in (("O01-A02", "zéro"), ("O01-A03", "École"), ("O01-A04", "effort")):
        ActionPrevue.objects.create(
            espace=petit, code=code, titre=titre, ordre=900, orientation_id=action.orientation_id
        )
    assert codes(petit, "actions.csv", sort="titre") == ["O01-A03", "O01-A04", "O01-A01", "O01-A02"]
    assert codes(petit, "actions.csv", sort="-titre") == ["O01-A02", "O01-A01", "O01-A04", "O01-A03"]


def test_an_unreadable_filter_is_said_and_shows_everything(fictif, client):
    response = client.get(f"/contrats/{fictif.slug}/actions/", {"axe": "Z"})
    assert response.status_code == 422
    assert "O01-A01" in response.content.decode()


def test_each_exported_row_says_that_the_contract_is_fictitious(fictif, exported):
    assert all("fictif" in row["Contrat"] for row in exported(fictif, "actions.csv"))


def test_the_export_carries_what_the_page_shows(fictif, exported):
    row = next(row for row in exported(fictif, "actions.csv") if row["Code"] == "O02-A01")
    assert row["Pilotes hérités de l’orientation"] == "oui"
    assert "O02-A01-3" in row["Sous-actions"]
    assert row["Lignes du document"] == "550"
    assert row["Mots signés"]


def test_an_action_with_its_own_pilot_shows_it(fictif, page):
    html = page(fictif, "actions/O06-A01")
    assert "Pilotage\u00a0: CAF." in html
    assert "Ce sont les pilotes de l’orientation" not in html
    assert f'href="/contrats/{fictif.slug}/signataires/S07"' in html


def test_an_action_without_a_pilot_shows_those_of_its_orientation_and_says_so(fictif, page):
    html = page(fictif, "actions/O06-A02")
    assert "Ce sont les pilotes de l’orientation" in html
    assert "DSDEN" in html


def test_a_pilot_who_is_no_known_body_is_to_be_named(fictif, page):
    assert "à désigner" in page(fictif, "actions/O02-A01")
    assert "à désigner" not in page(fictif, "actions/O02-A04")


def test_the_sub_actions_have_their_anchor_and_their_address(fictif, page, client):
    assert 'id="O02-A01-1"' in page(fictif, "actions/O02-A01")
    response = client.get(f"/contrats/{fictif.slug}/actions/O02-A01-1")
    assert response.status_code == 302
    assert response["Location"].endswith("/actions/O02-A01#O02-A01-1")


def test_the_page_shows_the_signed_words_with_their_lines(fictif, page):
    html = page(fictif, "actions/O02-A02")
    assert "Document signé, ligne 555" in html
    assert ActionPrevue.objects.get(espace=fictif, code="O02-A02").mots in html


def test_without_the_document_the_words_are_said_to_be_absent(petit, page):
    ActionPrevue.objects.filter(espace=petit, code="O01-A01").update(source="12-13")
    assert "document absent" in page(petit, "actions/O01-A01")


def test_the_page_shows_partners_horizon_money_indicators_and_promises(petit, page):
    html = page(petit, "actions/O01-A01")
    assert "Les voisins" in html
    assert f"Horizon annoncé{NBSP}: 2026." in html
    assert f'href="/contrats/{petit.slug}/orientations/O01#credits"' in html
    assert "Parents accueillis" in html
    assert "Aider les parents" in html
    assert "le contrat ne l’écrit pas" in html


def test_the_quarters_that_an_action_names_are_shown_and_exported(petit, page, exported):
    for path in ("actions/O01-A01", "orientations/O01"):
        assert "Les Brumes, Le Songe" in page(petit, path)
    assert exported(petit, "actions.csv")[0]["Quartiers"] == "Les Brumes, Le Songe"


def test_a_withdrawn_promise_is_not_shown(petit, page):
    Engagement.objects.filter(espace=petit).update(retire=True)
    assert "Aider les parents" not in page(petit, "actions/O01-A01")


def test_where_an_action_is_printed_is_told(fictif, page):
    action = ActionPrevue.objects.of(fictif).exclude(imprimee_sous="").get()
    assert "Imprimée sous" in page(fictif, f"actions/{action.code}")


def test_one_walks_from_an_action_to_the_next(fictif, page):
    html = page(fictif, "actions/O02-A01")
    assert f'rel="prev" href="/contrats/{fictif.slug}/actions/O01-A05"' in html
    assert f'rel="next" href="/contrats/{fictif.slug}/actions/O02-A02"' in html


@pytest.mark.parametrize("code", ["O99-A01", "O02", "n-importe-quoi"])
def test_an_unknown_code_is_not_found(fictif, client, code):
    assert client.get(f"/contrats/{fictif.slug}/actions/{code}").status_code == 404


def test_the_action_of_another_contract_is_not_found(petit, fictif, client):
    assert client.get(f"/contrats/{petit.slug}/actions/O02-A01").status_code == 404


def test_a_contract_without_action_says_so(vide, page):
    assert "ne prévoit encore aucune action" in page(vide, "actions/")


@pytest.mark.parametrize("path", ["actions/", "actions/O01-A01", "actions/?sort=titre&pilote=caf-songe-et-brume"])
def test_the_number_of_queries_does_not_depend_on_the_contract(fictif, petit, queries, path):
    assert queries(fictif, path) == queries(petit, path)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((0, 0, 0), "Le contrat ne prévoit encore aucune action."),
        ((1, 1, 1), f"Une action prévue{NBSP}: une nomme son propre pilote, une annonce un horizon."),
        ((8, 0, 0), f"Huit actions prévues{NBSP}: aucune ne nomme son propre pilote, aucune n’annonce d’horizon."),
        ((40, 2, 7), f"Quarante actions prévues{NBSP}: deux nomment leur propre pilote, sept annoncent un horizon."),
    ],
)
def test_the_list_opens_with_a_sentence_that_agrees(counts, sentence):
    assert lede(*counts) == sentence


@pytest.mark.parametrize(
    ("names", "inherited", "start"),
    [
        ([], True, "Personne n’est nommé pour piloter cette action"),
        (["CAF", "ARS"], True, f"L’action ne nomme pas son pilote. Pilotage de son orientation{NBSP}: CAF, ARS."),
        (["CAF"], False, f"Pilotage{NBSP}: CAF."),
    ],
)
def test_the_page_opens_with_who_pilots(names, inherited, start):
    pilots = Pilotage([OrganismeCite(nom=name) for name in names], herite=inherited)
    assert action_lede(pilots, "").startswith(start)
    assert action_lede(pilots, "").endswith("Aucun horizon n’est annoncé.")
