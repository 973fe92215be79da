"""Promises: their list over every signatory, and the page of each."""

from datetime import date

import pytest

from tenir.contrat.models import Engagement, Orientation
from tenir.engagements.models import NouvelleDEngagement, SuiviDEngagement
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.signataires.engagements import list_lede

pytestmark = pytest.mark.deux_bases


def test_the_list_shows_every_promise_and_no_heading(fictif, codes):
    assert codes(fictif, "engagements.csv") == list(
        Engagement.objects.of(fictif).comptes().values_list("code", flat=True)
    )


def test_what_the_caf_promised_on_parenthood_is_found_by_words(fictif, codes):
    """The word stands in the heading above the promises; « CAF » is a spelling of the signatory's name."""
    found = ["S07-E02", "S07-E03", "S07-E04"]
    assert codes(fictif, "engagements.csv", q="caf parentalite") == found
    assert codes(fictif, "engagements.csv", q="Parentalités", signataire="S07") == found


def test_words_that_no_promise_holds_together_find_nothing(fictif, page):
    assert "Aucun engagement ne répond à ces filtres." in page(fictif, "engagements/", q="caf introuvable")


@pytest.mark.parametrize("path", ["engagements/", "actions/"])
def test_a_very_long_question_is_answered(fictif, page, path):
    assert "ne répond à ces filtres" in page(fictif, path, q="aa bb cc dd " * 16)


def test_the_list_filters_by_orientation_served_and_by_form(fictif, exported, codes):
    rows = exported(fictif, "engagements.csv")
    column = "Orientations servies, rapprochement proposé par Tenir"
    serving = [row["Code"] for row in rows if "O06" in row[column].split(", ")]
    assert codes(fictif, "engagements.csv", orientation="O06") == serving
    prose = [row["Code"] for row in rows if row["Forme"] == "prose"]
    assert codes(fictif, "engagements.csv", forme="prose") == prose


def test_the_promises_that_serve_no_orientation_are_found(petit, codes):
    assert codes(petit, "engagements.csv", orientation="aucune") == []
    Engagement.objects.get(espace=petit).orientations.clear()
    assert codes(petit, "engagements.csv", orientation="aucune") == ["S01-E01"]


def test_the_export_says_under_what_and_for_which_orientation(fictif, exported):
    row = next(row for row in exported(fictif, "engagements.csv") if row["Code"] == "S07-E02")
    assert "fictif" in row["Contrat"]
    assert row["Sous l’intitulé"] == "S07-E01 Petite enfance et parentalité"
    assert row["Titres des orientations servies"].startswith("O06 ")
    assert row["Lignes du document"] == "377"
    assert row["Mots signés"]


def test_the_sheet_holds_the_same_list(fictif, client):
    response = client.get(f"/contrats/{fictif.slug}/engagements.xlsx", {"signataire": "S07"})
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{fictif.slug}-engagements.xlsx"'


def test_an_unknown_format_is_not_found(fictif, client):
    assert client.get(f"/contrats/{fictif.slug}/engagements.pdf").status_code == 404


def test_a_promise_shows_its_words_its_signatory_and_what_it_is_under(fictif, page):
    html = page(fictif, "engagements/S07-E02")
    promise = Engagement.objects.get(espace=fictif, code="S07-E02")
    assert promise.mots in html
    assert "Document signé, ligne 377" in html
    assert "Petite enfance et parentalité" in html
    assert f'href="/contrats/{fictif.slug}/signataires/S07"' in html


def test_a_promise_shows_the_orientations_it_serves_as_our_reading(fictif, page):
    html = page(fictif, "engagements/S07-E02")
    assert "Rapprochement proposé par Tenir, le contrat ne l’écrit pas." in html
    assert "Tenir le rapproche de l’orientation O06." in html
    assert f'href="/contrats/{fictif.slug}/orientations/O06"' in html


def test_a_withdrawn_orientation_is_not_shown_as_served(petit, page):
    Orientation.objects.filter(espace=petit).update(retire=True)
    assert "Aucune orientation ne lui est rapprochée." in page(petit, "engagements/S01-E01")


def test_a_heading_shows_the_promises_it_groups(fictif, page):
    html = page(fictif, "engagements/S07-E01")
    assert "Cet intitulé regroupe trois engagements et n’est pas compté lui-même." in html
    assert all(f'id="S07-E0{rank}"' in html for rank in (2, 3, 4))
    assert 'id="S07-E06"' not in html


def test_one_walks_among_the_promises_of_one_signatory(fictif, page):
    last = Engagement.objects.of(fictif).filter(signataire__code="S07").last()
    html = page(fictif, f"engagements/{last.code}")
    assert 'rel="prev"' in html
    assert 'rel="next"' not in html


def test_an_unknown_promise_and_one_of_another_contract_are_not_found(fictif, petit, client):
    assert client.get(f"/contrats/{fictif.slug}/engagements/S07-E99").status_code == 404
    assert client.get(f"/contrats/{petit.slug}/engagements/S07-E02").status_code == 404


def test_a_contract_without_promise_says_so(vide, page):
    assert "Aucun signataire n’a encore écrit d’engagement." in page(vide, "engagements/")


def test_markup_in_a_title_is_shown_and_never_run(petit, page):
    Engagement.objects.filter(espace=petit).update(titre="<script>alert(1)</script>")
    for path in ("engagements/", "engagements/S01-E01", "signataires/S01", "actions/O01-A01"):
        html = page(petit, path)
        assert "<script>" not in html, path
        assert "&lt;script&gt;" in html, path


@pytest.mark.parametrize("path", ["engagements/", "engagements/S01-E01", "engagements/?q=a&sort=-titre"])
def test_the_number_of_queries_does_not_depend_on_the_contract(fictif, petit, queries, path):
    assert queries(fictif, path) <= queries(petit, path)  # S01-E01 of the first is a heading, which has no news


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((0, 0, 0), "Aucun signataire n’a encore écrit d’engagement."),
        ((1, 1, 0), "Un engagement d’un signataire, chacun rapproché d’une orientation au moins."),
        ((65, 12, 1), "Soixante-cinq engagements de douze signataires, dont un n’est rapproché d’aucune orientation."),
        ((153, 19, 17), "153\u00a0engagements de dix-neuf signataires, "
                        "dont dix-sept ne sont rapprochés d’aucune orientation."),
    ],
)  # fmt: skip
def test_the_list_opens_with_a_sentence_that_agrees(counts, sentence):
    assert list_lede(*counts) == sentence


def promise(espace: EspaceDeContrat, **fields: object) -> SuiviDEngagement:
    rows = SuiviDEngagement.objects.filter(espace=espace, engagement__code="S01-E02")
    rows.update(etat_depuis=date(2026, 3, 12), **fields)
    return rows.get()


def test_where_a_promise_stands_is_read_by_anyone_with_why_and_its_news(fictif, page, exported, codes):
    suivi = promise(fictif, etat="tenu-en-partie", motif="Une permanence sur deux.", attendu_pour=date(2026, 6, 30))
    NouvelleDEngagement.objects.create(suivi=suivi, le=date(2026, 9, 1), texte="La seconde ouvre bientôt.")
    html = page(fictif, "engagements/S01-E02").replace("\xa0", " ")
    for words in ("Tenu en partie, en retard", "depuis le 12 mars 2026", "Une permanence sur deux.", "30 juin 2026",
                  "1er septembre 2026", "La seconde ouvre bientôt."):  # fmt: skip
        assert words in html, words
    for path in ("engagements/", "signataires/S01", "orientations/O02"):
        assert "Tenu en partie, en retard" in page(fictif, path), path
    assert "1 est tenu en partie" in page(fictif, "engagements/").replace("\xa0", " ")
    assert codes(fictif, "engagements.csv", etat="tenu-en-partie") == ["S01-E02"]
    assert codes(fictif, "engagements.csv", etat="en-retard") == ["S01-E02"]
    row = exported(fictif, "engagements.csv", etat="tenu-en-partie")[0]
    assert (row["Où il en est"], row["Depuis le"], row["En retard"]) == ("tenu en partie", "2026-03-12", "oui")
    assert (row["Raison"], row["Dernière nouvelle"]) == ("Une permanence sur deux.", "La seconde ouvre bientôt.")


def test_where_the_team_keeps_it_nothing_of_it_is_read_and_that_is_said(fictif, page, exported):
    suivi = promise(fictif, etat="non-tenu", motif="Motif gardé.")
    NouvelleDEngagement.objects.create(suivi=suivi, le=date(2026, 9, 1), texte="Nouvelle gardée.")
    EspaceDeContrat.objects.filter(pk=fictif.pk).update(publie_engagements=False)
    for path in ("engagements/S01-E02", "engagements/", "signataires/S01", "orientations/O02"):
        html = page(fictif, path)
        assert "gardé" not in html, path
        assert "Non tenu" not in html, path
    for path in ("engagements/S01-E02", "engagements/", "signataires/S01"):
        assert "l’état des engagements" in page(fictif, path), path
    rows = exported(fictif, "engagements.csv")
    assert {(row["Où il en est"], row["Raison"], row["Dernière nouvelle le"]) for row in rows} == {
        ("non publié", "non publié", "non publié")
    }
