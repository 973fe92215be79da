"""The history: versions, what changed item by item, the file of any version or day, the loads."""

from datetime import date

import pytest

from tenir.contrat.chargement import Motif, load_contract
from tenir.contrat.models import VersionDuContrat
from tenir.public.histoire.changements import differences
from tenir.public.histoire.vues import lede

AVENANT = VersionDuContrat.Nature.AVENANT
CORRECTION = VersionDuContrat.Nature.CORRECTION


@pytest.fixture
def amended(petit):
    """The small contract after a correction and an avenant in force from 2026."""
    first = VersionDuContrat.objects.of(petit).get().canonique
    corrected = first.replace("titre: Ouvrir un lieu d’accueil", "titre: Ouvrir un lieu pour les parents")
    load_contract(corrected, commande="tests", motif=Motif(CORRECTION, "Une coquille"))
    added = corrected.replace("lieux:\n", "lieux:\n  - code: L02\n    nom: La Mare\n")
    assert added != corrected != first
    load_contract(added, commande="tests", motif=Motif(AVENANT, "Un lieu oublié", date(2026, 1, 1)))
    return petit


def test_each_version_says_its_nature_its_reason_and_what_it_changed(amended, page, exported):
    shown = page(amended, "histoire/")
    for words in (
        "texte de départ",
        "Une coquille",
        "1\u00a0élément modifié",
        "Un lieu oublié",
        "1\u00a0élément ajouté",
    ):
        assert words in shown
    rows = exported(amended, "histoire/versions.csv")
    assert [row["Nature"] for row in rows] == ["avenant", "correction de transcription", "texte initial"]
    assert [row["En vigueur depuis le"] for row in rows] == ["2026-01-01", "2024-05-02", "2024-05-02"]


def test_the_page_of_a_version_shows_each_change_with_before_and_after(amended, page, exported):
    shown = page(amended, "histoire/2")
    assert f'href="/contrats/{amended.slug}/actions/O01-A01">O01-A01</a>' in shown
    assert "Ouvrir un lieu d’accueil" in shown
    assert "Ouvrir un lieu pour les parents" in shown
    assert exported(amended, "histoire/2.csv") == [
        {
            "Contrat": "Petit contrat (fictif)",
            "Version": "2",
            "Élément": "O01-A01",
            "Nature": "action prévue",
            "Changement": "modifié",
            "Champ": "titre abrégé",
            "Avant": "Ouvrir un lieu d’accueil",
            "Après": "Ouvrir un lieu pour les parents",
        }
    ]


def test_changes_are_those_between_a_version_and_the_one_before(amended):
    third, second, first = VersionDuContrat.objects.of(amended)
    assert [(one.code, one.nature, one.apres) for one in differences(second, third)] == [("L02", "ajouté", "La Mare")]
    assert [one.code for one in differences(first, second)] == ["O01-A01"]
    assert differences(first, first) == ()


def test_the_first_version_has_nothing_before_it(petit, page):
    assert "C’est la première version" in page(petit, "histoire/1")


@pytest.mark.parametrize("path", ["histoire/0", "histoire/9", "histoire/9.yaml", "histoire/0.yaml", "histoire/1.pdf"])
def test_a_version_or_a_format_that_is_not_there_does_not_exist(petit, client, path):
    assert client.get(f"/contrats/{petit.slug}/{path}").status_code == 404


def test_the_canonical_file_of_each_version_is_given_byte_for_byte(amended, client):
    for version in VersionDuContrat.objects.of(amended):
        answer = client.get(f"/contrats/{amended.slug}/histoire/{version.numero}.yaml")
        assert answer.content.decode() == version.canonique
        assert f"{amended.slug}-version-{version.numero}.yaml" in answer["Content-Disposition"]


@pytest.mark.parametrize(("query", "numero"), [({}, 3), ({"le": "2025-06-30"}, 2), ({"le": "01/01/2026"}, 3)])
def test_the_file_of_a_day_is_that_of_the_version_then_in_force(amended, client, query, numero):
    answer = client.get(f"/contrats/{amended.slug}/histoire/contrat.yaml", query)
    assert answer.content.decode() == VersionDuContrat.objects.get(espace=amended, numero=numero).canonique


@pytest.mark.parametrize(
    ("le", "sentence"),
    [
        ("2020-01-01", "Aucune version n’était en vigueur le 1er\u00a0janvier 2020."),
        ("zut", "Écrivez une date"),
        ("", "Choisissez une date."),
    ],
)
def test_a_day_that_has_no_file_is_explained(amended, client, le, sentence):
    answer = client.get(f"/contrats/{amended.slug}/histoire/contrat.yaml", {"le": le})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_each_load_says_when_by_which_command_and_what_it_did(fictif, page, exported):
    shown = page(fictif, "histoire/")
    assert "document signé joint" in shown
    rows = exported(fictif, "histoire/chargements.csv")
    assert [row["Commande"] for row in rows] == ["tests"]
    assert rows[0]["Ce qui a changé"].endswith("éléments créés, document signé joint")


def test_a_reason_is_escaped(amended, page):
    VersionDuContrat.objects.filter(espace=amended, numero=3).update(motif="<script>")
    assert "<script>" not in page(amended, "histoire/") + page(amended, "histoire/3")


def test_the_lede_says_which_version_binds_today():
    first = VersionDuContrat(numero=1, en_vigueur_le=date(2024, 1, 1))
    later = VersionDuContrat(numero=2, en_vigueur_le=date(2027, 1, 1))
    assert lede([], date(2026, 1, 1)) == "Ce contrat n’a encore aucune version."
    assert lede([first], date(2026, 1, 1)) == "Une version du contrat. Aujourd’hui, la version 1 est en vigueur."
    assert lede([later, first], date(2026, 1, 1)).endswith("la version 1 est en vigueur.")
    assert lede([later], date(2026, 1, 1)).endswith("Aucune n’est encore en vigueur.")


@pytest.mark.parametrize(
    "path", ["histoire/", "histoire/1", "histoire/1.csv", "histoire/1.yaml", "histoire/versions.csv"]
)
def test_queries_do_not_grow_with_the_contract(fictif, petit, queries, path):
    assert queries(fictif, path) == queries(petit, path)


def test_queries_do_not_grow_with_the_versions(amended, vide, queries):
    assert queries(amended, "histoire/") == queries(vide, "histoire/")
