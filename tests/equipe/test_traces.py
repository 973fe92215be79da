"""Reading the trace on the screen, and erasing what it holds of a person."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.core import trace
from tenir.core.horloge import simulated
from tenir.core.models import EntreeDeTrace
from tenir.core.trace import Auteur, Fait, breaks, record
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.services import trace_of
from tests.formulaires import held, send, text
from tests.personnes import person

pytestmark = pytest.mark.deux_bases

NOON = datetime(2026, 3, 12, 11, 30, tzinfo=UTC)


def leave(espace: EspaceDeContrat | None, *faits: Fait, by: Personne | None = None, at: datetime = NOON) -> None:
    """Leave a trace at a moment."""
    auteur = Auteur(by.pk, "CCAS") if by else Auteur(commande="tenir charger")
    with transaction.atomic(), simulated(at):
        record(trace_of(espace), auteur, faits, motif="raison donnée")


@pytest.fixture
def gil(db: None) -> Personne:
    """Someone whom the trace speaks of."""
    return person("Gil Sujet")


@pytest.fixture
def told(vallon: EspaceDeContrat, colline: EspaceDeContrat, people: dict[str, Personne], gil: Personne) -> None:
    """A trace in « vallon », another in « colline »."""
    leave(vallon, Fait("action", "O01-A01", "titre", "ancien titre", "nouveau titre"))
    later = datetime(2026, 3, 13, 23, 30, tzinfo=UTC)
    leave(vallon, Fait("personne", str(gil.pk), "téléphone", "01 23", "04 56"), by=people["equipe"], at=later)
    leave(colline, Fait("action", "O09-A09", "titre", "secret de colline", ""), by=people["voisin"])


@pytest.fixture
def read(as_: Callable[[str], Client], vallon: EspaceDeContrat, told: None) -> Callable[..., str]:
    """The HTML of a page of the trace of « vallon »."""

    def page(who: str, name: str = "trace", *args: object, **query: str) -> str:
        answer = as_(who).get(reverse(name, args=[vallon.slug, *args]), query)
        assert answer.status_code == 200
        return answer.content.decode().replace("\xa0", " ")

    return page


def rows_of(page: str) -> list[dict[str, str]]:
    return list(csv.DictReader(page.lstrip("\ufeff").splitlines(), delimiter=";"))


def test_the_trace_says_who_for_whom_when_what_and_why(read: Callable[..., str], gil: Personne) -> None:
    html = read("equipe")
    for word in (
        "Basile Pivot",
        "CCAS",
        "téléphone",
        "01 23",
        "04 56",
        "raison donnée",
        f"n° {gil.pk}",
        "tenir charger",
    ):
        assert word in html
    assert "14 mars 2026, 00:30" in html, "in Paris time"


def test_the_trace_of_another_contract_does_not_show(read: Callable[..., str]) -> None:
    html = read("equipe")
    assert "secret de colline" not in html
    assert "Eve Voisin" not in html


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ({}, {"1", "2"}),
        ({"depuis": "2026-03-14"}, {"2"}),
        ({"jusque": "2026-03-13"}, {"1"}),
        ({"depuis": "2026-03-12", "jusque": "2026-03-14"}, {"1", "2"}),
        ({"auteur": "commande"}, {"1"}),
        ({"genre": "personne"}, {"2"}),
        ({"champ": "titre"}, {"1"}),
        ({"champ": "titre", "genre": "personne"}, set()),
    ],
)
def test_the_trace_leaves_as_filtered(read: Callable[..., str], query: dict[str, str], kept: set[str]) -> None:
    rows = rows_of(read("equipe", "trace-export", "csv", **query))
    assert {row["N°"] for row in rows} == kept
    assert {row["Contrat"] for row in rows} <= {"Contrat vallon"}


def test_the_trace_is_filtered_by_its_author(read: Callable[..., str], people: dict[str, Personne]) -> None:
    rows = rows_of(read("equipe", "trace-export", "csv", auteur=str(people["equipe"].pk)))
    assert [row["Qui"] for row in rows] == ["Basile Pivot"]


@pytest.mark.parametrize("query", [{"depuis": "hier"}, {"auteur": "999999"}, {"genre": "inconnu"}])
def test_a_filter_that_cannot_be_read_says_so(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, told: None, query: dict[str, str]
) -> None:
    assert as_("equipe").get(reverse("trace", args=[vallon.slug]), query).status_code == 422


def test_an_empty_trace_says_so(as_: Callable[[str], Client], vallon: EspaceDeContrat) -> None:
    html = as_("equipe").get(reverse("trace", args=[vallon.slug])).content.decode()
    assert "Aucun changement pour l’instant." in html


def test_the_history_of_a_thing_holds_that_thing_alone(read: Callable[..., str]) -> None:
    html = read("equipe", "trace-objet", "action", "O01-A01")
    assert "nouveau titre" in html
    assert "04 56" not in html


def test_the_history_of_a_person_holds_what_she_did_and_what_was_told_of_her(
    read: Callable[..., str], gil: Personne, people: dict[str, Personne]
) -> None:
    of_gil = read("equipe", "trace-personne", gil.pk)
    assert "04 56" in of_gil
    assert "nouveau titre" not in of_gil
    assert "04 56" in read("equipe", "trace-personne", people["equipe"].pk)


def test_whoever_reads_reads_her_own_history_and_no_other(
    read: Callable[..., str], as_: Callable[[str], Client], vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    leave(vallon, Fait("personne", str(people["lecture"].pk), "nom", "", "Dan"))
    assert "Trace de Dan Liseur" in read("lecture", "trace-personne", people["lecture"].pk)
    other = as_("lecture").get(reverse("trace-personne", args=[vallon.slug, people["equipe"].pk]))
    assert other.status_code == 403


def test_the_page_of_her_rights_leads_to_her_history_where_she_did_nothing_yet(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    url = reverse("trace-personne", args=[vallon.slug, people["administration"].pk])
    assert url in as_("administration").get(reverse("mes-droits", args=[vallon.slug])).content.decode()
    assert as_("administration").get(url).status_code == 200
    assert as_("equipe").get(url).status_code == 404  # nobody is found there by someone else


def test_the_names_are_read_beside_the_numbers(read: Callable[..., str], people: dict[str, Personne]) -> None:
    Personne.objects.filter(pk=people["equipe"].pk).update(nom="Nom Corrigé")
    assert "Nom Corrigé" in read("equipe")
    number = people["equipe"].pk
    erased = {
        "nom": "",
        "nom_compare": "",
        "email": "",
        "telephone": "",
        "utilisateur": None,
        "effacee_le": timezone.now(),
    }
    Personne.objects.filter(pk=number).update(**erased)
    assert f"personne n° {number}" in read("administration")


def test_what_acts_as_a_formula_leaves_as_text(read: Callable[..., str], vallon: EspaceDeContrat) -> None:
    leave(vallon, Fait("action", "O02-A01", "titre", "", "=1+1"))
    rows = rows_of(read("equipe", "trace-export", "csv"))
    assert rows[0]["Après"] == "'=1+1"


def test_what_was_typed_as_markup_shows_as_text(read: Callable[..., str], vallon: EspaceDeContrat) -> None:
    leave(vallon, Fait("action", "<b>O2</b>", "<i>titre</i>", "<script src=x>", ""))
    html = read("equipe")
    assert "<script src=x>" not in html
    assert "&lt;b&gt;O2" in html


def test_the_trace_costs_the_same_whatever_its_length(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, told: None, people: dict[str, Personne]
) -> None:
    client, url = as_("equipe"), reverse("trace", args=[vallon.slug])

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        return len(caught)

    before = count()
    authors = [people["partenaire"], people["lecture"], *(person(f"Autre {n}") for n in range(5))]
    for number, author in enumerate(authors):
        leave(vallon, Fait("action", f"O01-A{number}", f"champ {number}"), by=author)
    assert count() == before <= 9


@pytest.fixture
def erasing(as_: Callable[[str], Client], vallon: EspaceDeContrat, told: None, gil: Personne) -> tuple[Client, str]:
    """The administration before the page that erases what the trace says of someone."""
    return as_("administration"), reverse("trace-personne-effacer", args=[vallon.slug, gil.pk])


def test_erasure_shows_what_goes_and_changes_nothing_until_confirmed(erasing: tuple[Client, str]) -> None:
    client, url = erasing
    assert "04 56" in client.get(url).content.decode()
    assert not EntreeDeTrace.objects.filter(efface=True).exists()


def test_erasure_clears_the_values_tells_itself_and_leaves_the_chain_whole(
    erasing: tuple[Client, str], people: dict[str, Personne], gil: Personne
) -> None:
    client, url = erasing
    answer = client.post(url, {"motif": "demande du 2 mars"}, follow=True)
    assert "sont effacées" in answer.content.decode()
    entry = EntreeDeTrace.objects.get(genre="personne", objet=str(gil.pk))
    assert (entry.avant, entry.apres, entry.motif, entry.efface) == ("", "", "", True)
    last = EntreeDeTrace.objects.order_by("-pk").first()
    assert (last.genre, last.acteur, last.motif) == ("effacement", people["administration"].pk, "demande du 2 mars")
    assert list(breaks()) == []
    assert client.get(url).status_code == 404, "nothing is left to erase"


def test_erasure_without_a_reason_is_refused_and_keeps_the_page(erasing: tuple[Client, str]) -> None:
    client, url = erasing
    answer = client.post(url, {"motif": "  "})
    assert answer.status_code == 422
    assert "04 56" in answer.content.decode()
    assert not EntreeDeTrace.objects.filter(efface=True).exists()


def test_erasure_asks_again_when_the_trace_has_changed(
    erasing: tuple[Client, str], vallon: EspaceDeContrat, gil: Personne
) -> None:
    client, url = erasing
    page = client.get(url)
    leave(vallon, Fait("personne", str(gil.pk), "nom", "", "Gil"))
    answer = send(client, url, page, motif="demande")
    assert answer.status_code == 409
    assert "Ceci a changé depuis que vous l’avez lu" in text(answer)
    assert held(answer)["motif"] == "demande"
    assert send(client, url, answer).status_code == 302


def test_erasure_whose_own_trace_fails_erases_nothing(
    erasing: tuple[Client, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    client, url = erasing
    monkeypatch.setattr(trace, "record", fail)
    with pytest.raises(RuntimeError):
        client.post(url, {"motif": "demande"})
    assert not EntreeDeTrace.objects.filter(efface=True).exists()


def test_erasing_a_thing_leaves_the_others(erasing: tuple[Client, str], vallon: EspaceDeContrat) -> None:
    client, _ = erasing
    url = reverse("trace-objet-effacer", args=[vallon.slug, "action", "O01-A01"])
    assert client.post(url, {"motif": "donnée personnelle"}).status_code == 302
    assert list(EntreeDeTrace.objects.filter(efface=True).values_list("objet", flat=True)) == ["O01-A01"]


def test_the_way_to_erasure_shows_to_the_administration_alone(read: Callable[..., str], gil: Personne) -> None:
    assert "Effacer les valeurs" in read("administration", "trace-personne", gil.pk)
    assert "Effacer les valeurs" not in read("equipe", "trace-personne", gil.pk)


def test_the_trace_of_the_platform_is_apart(as_: Callable[[str], Client], told: None, gil: Personne) -> None:
    leave(None, Fait("habilitation", str(gil.pk), "rôle", "", "administration de la plateforme"))
    html = as_("administration").get(reverse("plateforme-trace")).content.decode()
    assert "habilitation" in html
    assert "nouveau titre" not in html
