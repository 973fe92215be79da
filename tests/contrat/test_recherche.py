"""Searching one contract: one list of cases, for both databases."""

from collections.abc import Iterator
from copy import deepcopy

import pytest

from tenir.contrat.models import EntreeDeRecherche
from tenir.contrat.recherche import MAX_RESULTS, between_spaces, search
from tenir.habilitations.models import EspaceDeContrat
from tests.fabriques import BREF, charger, correction, document, edited
from tests.partage import shared

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]

SEARCHED = edited(
    BREF,
    ("            source: 9\n", "            source: 9\n            dispositifs: [Fonds « 50% famille_s »]\n"),
    ("parties:\n", "indicateurs:\n  - {code: I01, libelle: Nombre d’élèves aidés à l’école, groupe: Cohésion}\n"
                   "lieux:\n  - {code: L01, nom: Œuvres du Bas-Côté}\nparties:\n"),
)  # fmt: skip


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker) -> Iterator[EspaceDeContrat]:
    with shared(django_db_blocker, lambda: charger(SEARCHED, document=document()).espace) as loaded:
        yield loaded


@pytest.fixture
def espace(_loaded: EspaceDeContrat, db: None) -> EspaceDeContrat:
    return deepcopy(_loaded)


def codes(espace: EspaceDeContrat, question: str) -> set[str]:
    return {entry.code for entries in search(espace, question).groupes.values() for entry in entries}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        # accents, capitals, apostrophes
        ("eleves", {"I01"}),
        ("ÉLÈVES", {"I01"}),
        ("l'école", {"I01"}),
        ("l’ecole", {"I01"}),
        ("oeuvre", {"L01"}),
        ("bas côté", {"L01"}),
        # plurals, both ways
        ("élève", {"I01"}),
        ("œuvres", {"L01"}),
        ("accueils", {"O01-A01"}),
        # the beginning of a word, and not its middle
        ("coh", {"I01"}),
        ("ohésion", set()),
        # every word asked, in any order
        ("école élève", {"I01"}),
        ("élève parent", set()),
        ("ouvrir lieu", {"O01-A01"}),
        # small words do not count
        ("l’accueil des", {"O01-A01"}),
        # codes
        ("O01-A01", {"O01-A01"}),
        ("g01", {"G01"}),
        # signed words that no title holds
        ("bassin", {"S01-E01"}),
        # schemes, and every spelling of a body
        ("fonds famille_s", {"O01-F01"}),
        ("Caisse d’allocations familiales", {"O01-A01", "O01-F01", "S01", "S01-E01"}),
        ("préfecture", {"G01"}),
        # nothing
        ("", set()),
        ("   ", set()),
        ("le la les de", set()),
        ("…?!", set()),
        ("inexistant", set()),
        # signs that a database could take for its own
        ("%", set()),
        ("_", set()),
        ("50%", {"O01-F01"}),
        ("'", set()),
        ("' OR 1=1 --", {"O01"}),  # the words « or » and « 1 »: « Orientation 1 »
        ("\\", set()),
        ("\x00", set()),
        ("a" * 5000, set()),
        ("👨", set()),
    ],
)
def test_a_question_finds_its_items(espace: EspaceDeContrat, question: str, found: set[str]) -> None:
    assert codes(espace, question) == found


@pytest.mark.parametrize("question", ["Zoé", "exemplaire", "ZOE EXEMPLAIRE", "exempl"])
def test_a_masked_name_is_never_indexed(espace: EspaceDeContrat, question: str) -> None:
    assert codes(espace, question) == set()
    assert not any(
        "exemplaire" in f"{entry.mots}{entry.titre}{entry.extrait}".casefold()
        for entry in EntreeDeRecherche.objects.all()
    )


def test_results_are_grouped_by_kind_in_a_fixed_order(espace: EspaceDeContrat) -> None:
    groups = search(espace, "parents").groupes
    assert list(groups) == ["orientation", "action prévue", "engagement"]


def test_what_answers_by_its_title_comes_first(espace: EspaceDeContrat) -> None:
    before = "          - {code: O01-A02, titre: Autre, note: Ouvrir plus tard}\n"
    charger(edited(SEARCHED, ("        actions:\n", f"        actions:\n{before}")), motif=correction())
    found = search(espace, "ouvrir").groupes["action prévue"]
    assert [entry.code for entry in found] == ["O01-A01", "O01-A02"]


def test_one_contract_never_answers_for_another(espace: EspaceDeContrat) -> None:
    other = charger(edited(SEARCHED, ("slug: hameau-2024-2030", "slug: autre"), ("élèves aidés", "collégiens"))).espace
    assert codes(other, "élèves") == set()
    assert codes(espace, "collégiens") == set()


def test_a_withdrawn_item_is_no_longer_found(espace: EspaceDeContrat) -> None:
    rows = "indicateurs:\n  - {code: I01, libelle: Nombre d’élèves aidés à l’école, groupe: Cohésion}\n"
    gone = edited(SEARCHED, (rows, ""), ("parties:\n", "codes_retires:\n  - {code: I01}\nparties:\n"))
    charger(gone, motif=correction())
    assert codes(espace, "élèves") == set()


def test_a_search_stops_at_its_limit_and_says_so(espace: EspaceDeContrat) -> None:
    rows = "".join(f"  - {{code: ART{n}, titre: Tout pareil}}\n" for n in range(1, MAX_RESULTS + 20))
    many = charger(
        edited(BREF, ("slug: hameau-2024-2030", "slug: long"), ("axes:\n", f"articles:\n{rows}axes:\n"))
    ).espace
    result = search(many, "pareil")
    assert (result.total, result.tronque) == (MAX_RESULTS, True)
    assert search(espace, "élèves").tronque is False


def test_a_search_takes_one_query(espace: EspaceDeContrat, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        search(espace, "parents accueil")


def test_the_words_kept_stand_between_spaces() -> None:
    assert between_spaces(["Les élèves", "et l’école", "élève"]) == " les eleve et l ecole "
    assert between_spaces(["…"]) == ""
