"""The funders' catalogue: lines, schemes each once, and who announces what where."""

import pytest

from tenir.contrat.models import Dispositif, LigneDeCredits
from tenir.fichier.mots import plain
from tenir.public.credits.lignes import lede
from tenir.public.credits.tableau import build

pytestmark = pytest.mark.deux_bases

NBSP = "\u00a0"
PAGES = ("credits/", "credits/dispositifs/", "credits/tableau/")


def test_the_list_shows_every_line_in_the_order_of_the_contract(fictif, codes):
    assert codes(fictif, "credits.csv") == list(LigneDeCredits.objects.of(fictif).values_list("code", flat=True))


def test_a_line_withdrawn_leaves_the_three_pages(petit, page, codes):
    LigneDeCredits.objects.of(petit).update(retire=True)
    assert codes(petit, "credits.csv") == []
    for path in PAGES:
        assert "Fonds des parents" not in page(petit, path)


def test_a_line_left_empty_is_said_to_announce_nothing(fictif, page, exported):
    shown = page(fictif, "credits/", vide="oui", orientation="O01")
    assert shown.count("rien n’est annoncé") == 3
    assert {row["Ce qui est annoncé"] for row in exported(fictif, "credits.csv", vide="oui")} == {""}
    assert all(row["Ce qui est annoncé"] for row in exported(fictif, "credits.csv", vide="non"))


def test_the_list_filters_by_recognised_funder(fictif, exported):
    found = exported(fictif, "credits.csv", financeur="caf-songe-et-brume")
    assert {row["Organisation"] for row in found} == {"Caisse d’allocations familiales de la Songe-et-Brume"}
    assert (
        len(found) == LigneDeCredits.objects.of(fictif).filter(organisation__identifiant="caf-songe-et-brume").count()
    )


def test_the_list_filters_by_a_funder_that_nobody_recognised(fictif, exported, page):
    found = exported(fictif, "credits.csv", financeur="nom-fondation")
    assert [row["Financeur imprimé"] for row in found] == ["Fondation", "Fondation"]
    assert "non reconnue" in page(fictif, "credits/", financeur="nom-fondation")


def test_the_list_filters_by_orientation_nature_and_words(fictif, codes, exported):
    assert {code[:3] for code in codes(fictif, "credits.csv", orientation="O04")} == {"O04"}
    assert {row["Nature"] for row in exported(fictif, "credits.csv", nature="spécifique")} == {"spécifique"}
    assert codes(fictif, "credits.csv", q="MOBILITÉS departement") == ["O02-F02"]


@pytest.mark.une_base
@pytest.mark.parametrize(
    ("path", "status"),
    [("credits/", 422), ("credits.csv", 400), ("credits/dispositifs/", 422), ("credits/dispositifs.xlsx", 400)],
)
def test_a_filter_that_cannot_be_read_is_refused(fictif, client, path, status):
    answer = client.get(f"/contrats/{fictif.slug}/{path}", {"financeur": "personne"})
    assert answer.status_code == status
    assert "Sélectionnez un choix valide" in answer.content.decode()


def test_organisations_sort_in_french(fictif, exported):
    names = [row["Organisation"] for row in exported(fictif, "credits.csv", sort="organisation")]
    known = [name for name in names if name]
    assert known == sorted(known, key=plain)
    assert known.index("État") < known.index("Région Grand-Ponant")
    assert names[-1] == ""  # those that nobody recognised come last


def test_each_scheme_stands_once_with_all_its_spellings(fictif, exported):
    rows = exported(fictif, "credits/dispositifs.csv")
    assert len(rows) == Dispositif.objects.filter(ligne__espace=fictif).values("cle").distinct().count()
    programme = next(row for row in rows if row["Dispositif"] == "Programme 147, politique de la ville")
    assert programme["Imprimé"].count("BOP 147") > 1
    assert programme["Annoncé par"] == "État"


def test_a_scheme_is_found_by_a_spelling_and_keeps_the_others(fictif, exported):
    found = exported(fictif, "credits/dispositifs.csv", q="bop forums")
    assert [row["Dispositif"] for row in found] == ["Programme 147, politique de la ville"]
    assert len(found[0]["Orientations"].split(" ; ")) > 5


def test_filtering_schemes_by_funder_keeps_the_other_funders_of_each(fictif, exported):
    every = {row["Dispositif"]: row for row in exported(fictif, "credits/dispositifs.csv")}
    found = exported(fictif, "credits/dispositifs.csv", financeur="etat")
    assert found
    assert all(row == every[row["Dispositif"]] for row in found)
    assert all("État" in row["Annoncé par"] for row in found)


def test_the_table_counts_schemes_and_tells_empty_from_absent(fictif):
    table = build(fictif)
    rows = {row.financeur.cle: row for row in table.rangees}
    for row in table.rangees:
        for code, case in row.cases.items():
            lines = list(LigneDeCredits.objects.of(fictif).filter(orientation__code=code))
            own = [line for line in lines if _same(line, row.financeur)]
            schemes = Dispositif.objects.filter(ligne__in=own).values("cle").distinct().count()
            assert case.texte == (str(schemes) if schemes else "vide" if own else ""), (row.financeur, code)
    assert rows["nom-fondation"].total == 0


def _same(line: LigneDeCredits, funder) -> bool:
    return (line.organisation.nom if line.organisation else line.financeur) == funder.nom


def test_the_table_leaves_as_a_file(fictif, exported):
    rows = {row["Financeur"]: row for row in exported(fictif, "credits/tableau.csv")}
    assert rows["Bpifrance"]["O01"] == "vide"
    assert rows["Bpifrance"]["O04"] == ""
    assert int(rows["Région Grand-Ponant"]["O01"]) == 2


def test_the_lede_agrees_with_its_counts():
    assert lede(0, 0, 0) == "Le contrat ne nomme aucun financeur."
    assert lede(1, 1, 1) == f"1{NBSP}financeur est nommé sur 1{NBSP}ligne de crédits ; 1 n’annonce rien."
    assert lede(3, 0, 2).endswith("; chacune annonce au moins un dispositif.")


def test_a_name_of_scheme_is_escaped(petit, page):
    Dispositif.objects.filter(ligne__espace=petit).update(nom="<script>", nom_usuel="<b>", cle="b")
    for path in PAGES:
        assert "<script>" not in page(petit, path)


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_contract_has_its_pages(vide, page, path):
    assert "<h1>" in page(vide, path)


@pytest.mark.parametrize("path", [*PAGES, "credits.csv", "credits/dispositifs.csv", "credits/tableau.csv"])
def test_queries_do_not_grow_with_the_contract(fictif, petit, queries, path):
    assert queries(fictif, path) == queries(petit, path)
