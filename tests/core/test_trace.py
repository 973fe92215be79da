"""The trace is left with the change, and nothing can be altered, removed or cut without showing."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tenir.core.horloge import now
from tenir.core.models import ChaineDeTrace, EntreeDeTrace
from tenir.core.releves import read_heads, write_heads
from tenir.core.trace import Auteur, Fait, _digest_of, _entry, _values_digest, breaks, erase, heads, record
from tests.transactions import since_now

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]
ALICE = Auteur(acteur=7, pour="Commune d’Exemple")


def leave(count: int = 3, chaine: str = "contrat/exemple") -> None:
    faits = [Fait("action prévue", f"O01-A{n:02}", "titre", "avant", f"après {n}") for n in range(count)]
    with transaction.atomic():
        record(chaine, ALICE, faits, motif="coquille")


def reasons(kept=()) -> list[tuple[int, str]]:
    return [(rupture.rang, rupture.raison) for rupture in breaks(kept)]


def test_a_trace_left_is_whole() -> None:
    leave()
    leave()
    assert reasons() == []
    assert [tete.rang for tete in heads()] == [6]


def test_a_trace_is_left_in_the_transaction_of_its_change_only() -> None:
    """That of the test is not: `tests/transactions.py`."""
    with pytest.raises(transaction.TransactionManagementError):
        record("contrat/exemple", ALICE, [Fait("contrat", "exemple")])
    with transaction.atomic():
        with since_now(), pytest.raises(transaction.TransactionManagementError):  # nor any that a request begins in
            record("contrat/exemple", ALICE, [Fait("contrat", "exemple")])
        record("contrat/exemple", ALICE, [Fait("contrat", "exemple")])


def test_a_change_undone_leaves_no_trace() -> None:
    leave()
    with transaction.atomic():
        record("contrat/exemple", ALICE, [Fait("contrat", "exemple")])
        transaction.set_rollback(True)
    assert reasons() == []
    assert EntreeDeTrace.objects.count() == 3


@pytest.mark.parametrize("champ", ["avant", "apres", "motif", "champ"])
def test_a_changed_value_shows(champ: str) -> None:
    leave()
    EntreeDeTrace.objects.filter(rang=2).update(**{champ: "autre chose"})
    assert reasons() == [(2, "ses valeurs ont été changées.")]


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("acteur", 8),
        ("pour", "un autre"),
        ("objet", "O09-A09"),
        ("commande", "rm"),
        ("genre", "x"),
    ],
)
def test_a_changed_column_shows(champ: str, valeur: object) -> None:
    leave()
    EntreeDeTrace.objects.filter(rang=2).update(**{champ: valeur})
    assert (2, "son contenu a été changé.") in reasons()


def test_a_changed_row_made_anew_with_its_digest_still_shows() -> None:
    leave()
    other = EntreeDeTrace.objects.get(rang=3)
    EntreeDeTrace.objects.filter(rang=2).update(
        avant=other.avant, apres=other.apres, sel=other.sel, empreinte_des_valeurs=other.empreinte_des_valeurs
    )
    assert (2, "son contenu a été changé.") in reasons()


def test_a_removed_row_shows() -> None:
    leave()
    EntreeDeTrace.objects.filter(rang=2).delete()
    assert (2, "une entrée a été retirée.") in reasons()


def test_a_cut_end_shows() -> None:
    leave()
    EntreeDeTrace.objects.filter(rang=3).delete()
    assert reasons() == [(2, "la fin manque : 3 entrées attendues.")]


def test_a_cut_end_told_to_the_database_shows_against_what_was_kept(tmp_path: Path) -> None:
    leave()
    write_heads(tmp_path / "releves.csv", date(2026, 11, 22))
    last = EntreeDeTrace.objects.get(rang=2)
    EntreeDeTrace.objects.filter(rang=3).delete()
    ChaineDeTrace.objects.update(longueur=2, tete=last.empreinte)
    assert reasons() == []
    assert reasons(read_heads(tmp_path / "releves.csv")) == [(3, "une fin relevée auparavant a été coupée.")]


def test_a_whole_chain_removed_shows_against_what_was_kept(tmp_path: Path) -> None:
    leave()
    write_heads(tmp_path / "releves.csv", date(2026, 11, 22))
    EntreeDeTrace.objects.all().delete()
    ChaineDeTrace.objects.all().delete()
    assert reasons(read_heads(tmp_path / "releves.csv")) == [(0, "la chaîne entière a disparu.")]


def test_an_erasure_leaves_the_chain_whole_and_is_itself_an_entry() -> None:
    leave()
    with transaction.atomic():
        assert erase("contrat/exemple", [2], ALICE, motif="demande d’une personne") == 1
    erased = EntreeDeTrace.objects.get(rang=2)
    assert (erased.avant, erased.apres, erased.motif) == ("", "", "")
    assert EntreeDeTrace.objects.get(rang=4).objet == "entrée 2"
    assert reasons() == []


def test_the_name_of_a_field_goes_too_where_it_names_someone() -> None:
    leave()
    with transaction.atomic():
        erase("contrat/exemple", [2], ALICE, motif="à sa demande", fields_of=[2])
    assert list(EntreeDeTrace.objects.order_by("rang").values_list("champ", flat=True)) == ["titre", "", "titre", ""]
    assert reasons() == []


def test_an_entry_of_the_first_form_is_proved_as_it_was_and_keeps_its_field() -> None:
    with transaction.atomic():
        head = ChaineDeTrace.objects.create(nom="contrat/exemple")
        before = _entry(head, ALICE, Fait("action prévue", "O01-A01", "titre", "avant", "après"), "coquille", now())
        before.forme = 1
        before.empreinte_des_valeurs = _values_digest(before)
        before.empreinte = _digest_of(before)
        before.save()
        ChaineDeTrace.objects.update(longueur=1, tete=before.empreinte)
        leave()
        assert reasons() == []
        erase("contrat/exemple", [1], ALICE, motif="à sa demande", fields_of=[1])
    assert EntreeDeTrace.objects.get(rang=1).champ == "titre"
    assert reasons() == []
    EntreeDeTrace.objects.filter(rang=1).update(champ="pilote")
    assert reasons() == [(1, "son contenu a été changé.")]


def test_an_erasure_that_the_trace_does_not_tell_shows() -> None:
    leave()
    EntreeDeTrace.objects.filter(rang=2).update(avant="", apres="", motif="", sel="", efface=True)
    assert reasons() == [(2, "ses valeurs sont effacées sans que la trace le dise.")]


def test_an_erasure_told_of_another_entry_does_not_tell_this_one() -> None:
    leave()
    erase("contrat/exemple", [1], ALICE, motif="à sa demande")
    EntreeDeTrace.objects.filter(rang=2).update(avant="", apres="", motif="", sel="", efface=True)
    assert reasons() == [(2, "ses valeurs sont effacées sans que la trace le dise.")]


def test_an_erasure_cannot_be_erased_nor_done_twice() -> None:
    leave()
    erase("contrat/exemple", [2], ALICE, motif="une fois")
    assert erase("contrat/exemple", [2, 4], ALICE, motif="deux fois") == 0


def test_two_chains_do_not_touch() -> None:
    leave(chaine="contrat/un")
    leave(chaine="contrat/deux")
    EntreeDeTrace.objects.filter(chaine__nom="contrat/un", rang=1).delete()
    assert {rupture.chaine for rupture in breaks()} == {"contrat/un"}


def test_heads_are_added_to_those_already_kept(tmp_path: Path) -> None:
    path = tmp_path / "var" / "releves.csv"
    leave()
    write_heads(path, date(2026, 11, 22))
    leave()
    write_heads(path, date(2026, 11, 23))
    assert [tete.rang for tete in read_heads(path)] == [3, 6]
    assert reasons(read_heads(path)) == []


def test_a_file_that_is_no_record_of_heads_is_refused_in_french(tmp_path: Path) -> None:
    (tmp_path / "releves.csv").write_text("n’importe,quoi\n1,2\n")
    with pytest.raises(ValueError, match="relevé de la trace"):
        read_heads(tmp_path / "releves.csv")


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), st.integers(0, 9)),
        max_size=5,
    )
)
def test_any_text_makes_a_whole_chain(faits: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        record("propriété", ALICE, [Fait("objet", str(n), "champ", text, text) for text, n in faits])
        assert list(breaks()) == []
        transaction.set_rollback(True)
