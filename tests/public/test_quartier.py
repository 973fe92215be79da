"""The quarter: facts with their source, printed figures with their doubts, places, lessons."""

import pytest

from tenir.contrat.models import Donnee, Enseignement, Lieu
from tenir.public.quartier.vues import lede
from tenir.territoire.models import Territoire


def test_the_quarter_is_told_with_its_population_and_who_counted_it(fictif, page):
    shown = page(fictif, "quartier/")
    assert (
        "La Filature – Trois-Ponts, à Virelande-sur-Songe\u00a0: 1\u202f864\u00a0habitants. Source\u00a0: INSEE, 2018."
        in shown
    )
    for fact in ("QN99901M", "INSEE 99901", "SIREN 999010028"):
        assert fact in shown


def test_a_population_that_is_not_given_is_said_to_be_missing(petit, page):
    Territoire.objects.filter(espaces=petit).update(population=None, origine_population="")
    shown = page(petit, "quartier/")
    assert "population non fournie" in shown
    assert "Non fourni" in shown


def test_several_quarters_are_counted(petit):
    petit.territoires.add(Territoire.objects.create(nature="qpv", code="QN99903M", nom="Le Bourg"))
    assert lede(petit) == "Deux quartiers prioritaires."


def test_every_figure_of_the_diagnosis_has_its_anchor_on_the_page(fictif, page):
    shown = page(fictif, "quartier/")
    for code in Donnee.objects.of(fictif).filter(orientation=None).values_list("code", flat=True):
        assert f'id="{code}"' in shown


def test_a_doubt_is_shown_with_its_sentence(fictif, page, exported):
    assert "deux chiffres sont sans doute inversés" in page(fictif, "quartier/")
    doubtful = exported(fictif, "quartier/donnees.csv", statut="contestée")
    assert len(doubtful) == Donnee.objects.of(fictif).exclude(doute="").count()
    assert all(row["À vérifier"] for row in doubtful)


def test_a_figure_never_travels_alone(fictif, exported):
    row = next(row for row in exported(fictif, "quartier/donnees.csv") if row["Code"] == "T01")
    told = ("Imprimé", "Unité", "Période", "Périmètre", "Source citée", "Statut", "Valeur lue")
    assert [row[column] for column in told] == [
        "1 846", "habitants", "2018", "quartier", "INSEE", "contestée", "1846",
    ]  # fmt: skip


def test_what_a_figure_lacks_is_said_on_the_page_and_empty_in_the_file(petit, page, exported):
    assert "non citée" in page(petit, "quartier/donnees/")
    assert exported(petit, "quartier/donnees.csv")[0]["Source citée"] == ""


def test_a_part_comes_under_its_whole(fictif, codes, page):
    listed = codes(fictif, "quartier/donnees.csv")
    for part in Donnee.objects.of(fictif).exclude(partie_de=None).select_related("partie_de"):
        assert listed.index(part.code) > listed.index(part.partie_de.code)
    assert "dont</span> Demandeurs d’emploi toutes catégories, femmes" in page(
        fictif, "quartier/donnees/", orientation="O01"
    )


def test_a_part_printed_before_its_whole_still_comes_under_it(fictif, codes):
    whole = Donnee.objects.of(fictif).get(code="O01-D05")
    Donnee.objects.of(fictif).filter(code="O01-D01").update(partie_de=whole)
    listed = codes(fictif, "quartier/donnees.csv", orientation="O01")
    assert listed[-2:] == ["O01-D05", "O01-D01"]


def test_the_list_filters_by_place_period_source_and_words(fictif, codes, exported):
    assert all(code.startswith("T") for code in codes(fictif, "quartier/donnees.csv", orientation="diagnostic"))
    assert {code[:3] for code in codes(fictif, "quartier/donnees.csv", orientation="O07")} == {"O07"}
    for name, column in (("perimetre", "Périmètre"), ("periode", "Période"), ("origine", "Source citée")):
        value = exported(fictif, "quartier/donnees.csv")[0][column]
        assert {row[column] for row in exported(fictif, "quartier/donnees.csv", **{name: value})} == {value}
    assert codes(fictif, "quartier/donnees.csv", q="MEDECINS generaliste") == ["O07-D01"]


def test_places_and_lessons_have_their_anchors_and_their_files(fictif, page, codes):
    shown = page(fictif, "quartier/")
    for rows, path in ((Lieu.objects, "lieux"), (Enseignement.objects, "enseignements")):
        expected = list(rows.of(fictif).values_list("code", flat=True))
        assert codes(fictif, f"quartier/{path}.csv") == expected
        assert all(f'<li id="{code}">' in shown for code in expected)
    assert "limite" in shown


def test_a_label_is_escaped(petit, page):
    Donnee.objects.of(petit).update(libelle="<script>", doute="<script>", statut="contestée")
    assert "<script>" not in page(petit, "quartier/") + page(petit, "quartier/donnees/")


def test_an_empty_contract_has_its_pages(vide, page):
    assert "Le contrat ne nomme aucun quartier prioritaire." in page(vide, "quartier/")
    assert "Le contrat n’imprime aucune donnée chiffrée." in page(vide, "quartier/donnees/")


@pytest.mark.parametrize(
    "path",
    ["quartier/", "quartier/donnees/", "quartier/donnees.csv", "quartier/lieux.csv", "quartier/enseignements.csv"],
)
def test_queries_do_not_grow_with_the_contract(fictif, petit, queries, path):
    assert queries(fictif, path) == queries(petit, path)
