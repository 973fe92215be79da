"""Governance: the bodies, what orders them, the articles of the protocol."""

import pytest

from tenir.contrat.models import CodeRetire, InstanceDeGouvernance, OrganismeCite
from tenir.public.gouvernance.vues import lede

pytestmark = pytest.mark.deux_bases


def test_the_list_shows_every_body_with_chairs_members_roles_and_rhythm(fictif, exported):
    rows = {row["Code"]: row for row in exported(fictif, "gouvernance.csv")}
    assert list(rows) == [f"G{n:02}" for n in range(1, 9)]
    assert rows["G04"]["Préside ou anime"] == "Songe Agglo ; France Travail"
    assert "conseil citoyen (deux voix)" in rows["G01"]["Composition"]
    assert rows["G02"]["Rôle"].startswith("instruire les dossiers ; ")
    assert rows["G03"]["Réunions par an"] == "24"
    assert rows["G02"]["Règles d’ordre"].startswith("Se tenir dans les deux mois")


def test_what_the_contract_does_not_say_is_said(petit, page):
    shown = page(petit, "gouvernance/")
    assert "à désigner" in shown
    assert "non précisé" in shown
    assert "aucune règle d’ordre" in shown


def test_bodies_are_found_by_who_sits_there_and_by_words(fictif, codes):
    assert codes(fictif, "gouvernance.csv", organisme="songe-habitat") == ["G05"]
    assert codes(fictif, "gouvernance.csv", q="assemblees") == ["G07"]


def test_a_rule_of_order_names_both_bodies_and_its_lines(fictif, page):
    shown = page(fictif, "gouvernance/")
    assert f'href="/contrats/{fictif.slug}/document/?lignes=212,213[1-83]#l212"' in shown
    assert "lignes 212, 213" in shown


def test_a_rule_shows_on_the_page_of_each_body_it_orders(fictif, page):
    rule = "Se tenir dans les deux mois qui précèdent"
    assert rule in page(fictif, "gouvernance/G02")
    assert rule in page(fictif, "gouvernance/G01")
    assert rule not in page(fictif, "gouvernance/G07")


def test_the_page_of_a_body_leads_to_the_signatories_who_chair_it(fictif, page):
    shown = page(fictif, "gouvernance/G04")
    assert f'<a href="/contrats/{fictif.slug}/signataires/S02">Songe Agglo</a>' in shown
    assert "Préside ou anime\u00a0: Songe Agglo et France Travail. Rythme\u00a0: une fois par trimestre." in shown


def test_the_page_of_a_body_says_what_it_lacks(petit, page):
    shown = page(petit, "gouvernance/G01")
    assert "Le contrat ne dit pas qui préside. Aucun rythme n’est écrit." in shown


def test_the_articles_have_their_anchors_and_their_words(fictif, page, exported):
    shown = page(fictif, "gouvernance/")
    assert '<li id="ART1">' in shown
    assert "Article 3\u00a0: Chaque signataire mobilise" in shown
    assert [row["Code"] for row in exported(fictif, "gouvernance/articles.csv")] == [f"ART{n}" for n in range(1, 8)]


def test_an_unknown_body_does_not_exist_and_a_moved_one_leads_on(fictif, client):
    assert client.get(f"/contrats/{fictif.slug}/gouvernance/G99").status_code == 404
    CodeRetire.objects.create(espace=fictif, code="G99", remplace_par="G01")
    answer = client.get(f"/contrats/{fictif.slug}/gouvernance/G99")
    assert (answer.status_code, answer["Location"]) == (301, f"/contrats/{fictif.slug}/gouvernance/G01")


def test_the_body_of_another_contract_does_not_exist_here(fictif, petit, client):
    assert client.get(f"/contrats/{petit.slug}/gouvernance/G08").status_code == 404


def test_a_body_withdrawn_does_not_exist(petit, client, codes):
    InstanceDeGouvernance.objects.of(petit).update(retire=True)
    assert client.get(f"/contrats/{petit.slug}/gouvernance/G01").status_code == 404
    assert codes(petit, "gouvernance.csv") == []


def test_the_lede_agrees_with_its_counts():
    assert lede([]) == "Le contrat n’écrit aucune instance."
    assert lede(["chaque année"]) == "Une instance ; le contrat écrit à quel rythme chacune se réunit."
    assert lede(["", ""]) == "Deux instances ; le contrat n’écrit le rythme d’aucune."
    assert lede(["chaque année", "", ""]).endswith("n’écrit pas le rythme de 2\u00a0instances.")


def test_names_are_escaped(petit, page):
    OrganismeCite.objects.filter(instance__espace=petit).update(nom="<script>")
    assert "<script>" not in page(petit, "gouvernance/") + page(petit, "gouvernance/G01")


def test_an_empty_contract_has_its_page(vide, page):
    assert "Le contrat n’écrit aucune instance." in page(vide, "gouvernance/")


@pytest.mark.parametrize("path", ["gouvernance/", "gouvernance.csv", "gouvernance/G01", "gouvernance/articles.csv"])
def test_queries_do_not_grow_with_the_contract(fictif, petit, queries, path):
    assert queries(fictif, path) == queries(petit, path)
