"""Undoing a gesture for ten minutes: all or nothing, never over what someone else wrote, and the trace tells both."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.core.trace import breaks, heads
from tenir.core.typographie import typo
from tenir.ecran.annulation.annuler import ChangeDepuis, DejaAnnule, Irrevocable, mark_of, standing, undo
from tenir.ecran.annulation.gestes import ensemble, geste
from tenir.ecran.annulation.menage import clean
from tenir.ecran.models import Geste, LigneDeGeste
from tenir.engagements.services.engagement import tell_and_update
from tenir.fiches.models import FicheAction, Nouvelle
from tenir.fiches.services.fiche import about, update_fiche
from tenir.fiches.services.jalons import create_jalon, delete_jalon, update_jalon
from tenir.fiches.services.lot import update_bulk
from tenir.fiches.services.nouvelles import give_news, give_news_and_update, remove_partner
from tenir.fiches.services.pieces import add_piece, remove_piece
from tenir.habilitations.effacement import erase_person
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, Refus, acces_of
from tenir.habilitations.roles import Role
from tests.personnes import acces, body
from tests.vie import engagement, fiche, jalon

pytestmark = pytest.mark.deux_bases

DAY = date(2026, 9, 1)


@pytest.fixture
def of(vallon: EspaceDeContrat) -> FicheAction:
    """A fiche that « ccas » carries."""
    return fiche(vallon, pilots=("ccas",))


@pytest.fixture
def bea(vallon: EspaceDeContrat) -> Acces:
    """Someone else of the team."""
    return acces("Bea Pivot", Role.EQUIPE, vallon)


@pytest.fixture
def media(settings, tmp_path: Path) -> Callable[[], int]:
    """How many files are kept."""
    settings.MEDIA_ROOT = tmp_path
    return lambda: sum(path.is_file() for path in tmp_path.rglob("*"))


def last() -> Geste:
    found = Geste.objects.first()
    assert found
    return found


def told(code: str = "O01-A01") -> list[tuple[str, str, str, str]]:
    found = EntreeDeTrace.objects.filter(objet=code).order_by("rang")
    return list(found.values_list("champ", "avant", "apres", "motif"))


def start(by: Acces, of: FicheAction, version: int = 1) -> None:
    update_fiche(by=by, fiche=of, version=version, changes={"statut": "en-cours"})


def test_a_change_is_put_back_with_what_it_derived(of: FicheAction, equipe: Acces) -> None:
    start(equipe, of)
    undo(by=equipe, geste=last())
    of.refresh_from_db()
    assert (of.statut, of.statut_depuis, of.version) == ("", None, 3)


def test_the_trace_tells_the_gesture_and_its_undo_and_stays_whole(of: FicheAction, equipe: Acces) -> None:
    start(equipe, of)
    undo(by=equipe, geste=last())
    assert told() == [
        ("statut", "rien n’est annoncé", "en cours", ""),
        ("statut", "en cours", "rien n’est annoncé", "geste annulé"),
    ]
    assert list(breaks(heads())) == []


def test_news_undone_are_gone_and_so_is_their_day(of: FicheAction, equipe: Acces) -> None:
    give_news_and_update(by=equipe, fiche=of, texte="Le bail est signé.", version=1, changes={"statut": "en-cours"})
    undo(by=equipe, geste=last())
    of.refresh_from_db()
    assert (Nouvelle.objects.count(), of.derniere_nouvelle_le, of.statut) == (0, None, "")
    assert [after for _, _, after, motif in told() if motif] == ["", "rien n’est annoncé"]


def test_news_that_another_followed_are_not_undone_before_them(of: FicheAction, equipe: Acces, bea: Acces) -> None:
    give_news(by=equipe, fiche=of, texte="Une.")
    first = last()
    give_news(by=bea, fiche=of, texte="Deux.")
    with pytest.raises(ChangeDepuis) as refused:
        undo(by=equipe, geste=first)
    assert "changé depuis par Bea Pivot" in refused.value.objets[0].depuis
    undo(by=bea, geste=last())
    undo(by=equipe, geste=first)
    of.refresh_from_db()
    assert (Nouvelle.objects.count(), of.derniere_nouvelle_le) == (0, None)


def test_what_was_written_over_since_is_left_as_it_is(of: FicheAction, equipe: Acces, bea: Acces) -> None:
    start(equipe, of)
    mine = last()
    update_fiche(by=bea, fiche=of, version=2, changes={"statut": "realisee"})
    with pytest.raises(ChangeDepuis):
        undo(by=equipe, geste=mine)
    of.refresh_from_db()
    assert (of.statut, of.version, len(told())) == ("realisee", 3, 2)


def test_a_row_changed_without_a_gesture_is_seen_too(of: FicheAction, equipe: Acces) -> None:
    start(equipe, of)
    FicheAction.objects.update(motif="autrement")
    with pytest.raises(ChangeDepuis) as refused:
        undo(by=equipe, geste=last())
    assert refused.value.objets[0].depuis == "changé depuis"


def test_a_jalon_removed_comes_back_as_it_was(of: FicheAction, equipe: Acces) -> None:
    step = jalon(of, DAY, revise_le=date(2026, 10, 1))
    delete_jalon(by=equipe, jalon=step)
    undo(by=equipe, geste=last())
    back = of.jalons.get()
    assert (back.pk, back.titre, back.prevu_le, back.revise_le) == (step.pk, step.titre, DAY, date(2026, 10, 1))


def test_a_jalon_added_then_changed_by_another_is_not_undone(of: FicheAction, equipe: Acces, bea: Acces) -> None:
    made = create_jalon(by=equipe, fiche=of, titre="Signer", prevu_le=DAY)
    mine = last()
    update_jalon(by=bea, jalon=made, changes={"titre": "Signer le bail"})
    with pytest.raises(ChangeDepuis):
        undo(by=equipe, geste=mine)
    assert of.jalons.get().titre == "Signer le bail"


def test_nothing_is_undone_after_ten_minutes_and_one_second(of: FicheAction, equipe: Acces) -> None:
    start(equipe, of)
    made = last()
    with horloge.simulated(made.le + timedelta(minutes=10, seconds=1)), pytest.raises(Irrevocable):
        undo(by=equipe, geste=made)
    with horloge.simulated(made.le + timedelta(minutes=9, seconds=59)):
        undo(by=equipe, geste=made)


def test_undoing_twice_is_undoing_once(of: FicheAction, equipe: Acces) -> None:
    start(equipe, of)
    undo(by=equipe, geste=last())
    with pytest.raises(DejaAnnule):
        undo(by=equipe, geste=last())
    assert len(told()) == 2


def test_a_partner_undoes_her_own_gestures_and_the_team_those_of_all(
    of: FicheAction, equipe: Acces, ccas: Acces
) -> None:
    start(ccas, of)
    undo(by=equipe, geste=last())
    start(equipe, of, version=3)
    with pytest.raises(Refus, match="est réservé"):
        undo(by=ccas, geste=last())


def test_who_lost_the_right_to_change_lost_that_of_undoing(of: FicheAction, ccas: Acces) -> None:
    start(ccas, of)
    Habilitation.objects.filter(personne=ccas.personne).update(role=Role.LECTURE)
    with pytest.raises(Refus):
        undo(by=acces_of(ccas.personne), geste=last())


def test_a_constraint_met_meanwhile_refuses_the_undo(of: FicheAction, equipe: Acces) -> None:
    helper = of.partenaires.create(organisation=body("caf"), part="prête la salle")
    remove_partner(by=equipe, partenaire=helper)
    of.partenaires.create(organisation=body("caf"))
    with pytest.raises(ChangeDepuis) as refused:
        undo(by=equipe, geste=last())
    assert refused.value.objets[0].depuis == "Cet organisme est déjà partenaire de l’action."
    assert of.partenaires.get().part == ""


def test_what_changed_nothing_or_was_refused_is_no_gesture(of: FicheAction, equipe: Acces) -> None:
    step = jalon(of, DAY)
    update_jalon(by=equipe, jalon=step, changes={"titre": step.titre})
    with pytest.raises(Exception, match="pas encore venu"):
        update_jalon(by=equipe, jalon=step, changes={"atteint_le": horloge.today() + timedelta(days=1)})
    assert not Geste.objects.exists()


def test_what_is_made_in_the_past_cannot_be_undone(of: FicheAction, equipe: Acces) -> None:
    with horloge.simulated(horloge.now() - timedelta(days=30)):
        start(equipe, of)
    assert not Geste.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_gesture_is_kept_in_the_transaction_of_what_it_writes(of: FicheAction, equipe: Acces) -> None:
    with pytest.raises(transaction.TransactionManagementError), geste(equipe, about(of), "rien"):
        pass
    with transaction.atomic():
        start(equipe, of)
        transaction.set_rollback(True)
    assert not Geste.objects.exists()


# Several things at once


ALL = {"O01-A01": 1, "O01-A02": 1, "O02-A01": 1}


@pytest.fixture
def three(vallon: EspaceDeContrat, equipe: Acces) -> Geste:
    """Three fiches suspended at once."""
    for code in ALL:
        fiche(vallon, code)
    update_bulk(by=equipe, espace=vallon, versions=ALL, changes={"statut": "realisee"}, motif="comité")
    return last()


def statuses() -> list[str]:
    return list(FicheAction.objects.order_by("action__code").values_list("statut", flat=True))


def test_a_bulk_change_is_one_gesture_undone_whole(three: Geste, equipe: Acces) -> None:
    assert three.phrase == "Trois fiches modifiées (statut)."
    undo(by=equipe, geste=three, shown=mark_of(standing(three, equipe)))
    assert statuses() == ["", "", ""]


def test_of_a_bulk_change_those_that_stand_are_undone_once_seen(three: Geste, equipe: Acces, bea: Acces) -> None:
    seen = mark_of(standing(three, equipe))
    update_fiche(by=bea, fiche=FicheAction.objects.get(action__code="O01-A02"), version=2, changes={"motif": "x"})
    with pytest.raises(ChangeDepuis) as refused:
        undo(by=equipe, geste=three, shown=seen)
    assert [one.tient for one in refused.value.objets] == [True, False, True]
    assert statuses() == ["realisee"] * 3
    undo(by=equipe, geste=three, shown=mark_of(refused.value.objets))
    assert statuses() == ["", "realisee", ""]
    assert [len(told(code)) for code in ALL] == [2, 2, 2]


def test_undoing_a_bulk_change_takes_as_many_reads_whatever_its_size(
    vallon: EspaceDeContrat, equipe: Acces, django_assert_num_queries
) -> None:
    codes = {f"O01-A{rank:02}": 1 for rank in range(1, 13)}
    for code in codes:
        fiche(vallon, code)
    few = dict(list(codes.items())[:2])
    update_bulk(by=equipe, espace=vallon, versions=few, changes={"statut": "realisee"}, motif="x")
    small = last()
    update_bulk(by=equipe, espace=vallon, versions=dict.fromkeys(list(codes)[2:], 1), changes={"motif": "x"}, motif="x")
    for made in (small, last()):
        with django_assert_num_queries(3):
            standing(made, equipe)


# Files


def test_a_file_added_then_undone_goes(
    of: FicheAction, equipe: Acces, media: Callable[[], int], django_capture_on_commit_callbacks
) -> None:
    add_piece(by=equipe, fiche=of, niveau=Niveau.PUBLIC, fichier=SimpleUploadedFile("note.txt", b"vu"))
    with django_capture_on_commit_callbacks(execute=True):
        undo(by=equipe, geste=last())
    assert (of.pieces.count(), media()) == (0, 0)


def test_a_file_removed_then_undone_is_back_and_survives_the_night(
    of: FicheAction, equipe: Acces, media: Callable[[], int], django_capture_on_commit_callbacks
) -> None:
    piece = add_piece(by=equipe, fiche=of, niveau=Niveau.PUBLIC, fichier=SimpleUploadedFile("note.txt", b"vu"))
    with django_capture_on_commit_callbacks(execute=True):
        remove_piece(by=equipe, piece=piece)
        undo(by=equipe, geste=last())
    with django_capture_on_commit_callbacks(execute=True):
        assert clean(horloge.now() + timedelta(hours=3)) == "Gestes retirés : 2."
    with of.pieces.get().fichier.open() as opened:
        assert opened.read() == b"vu"


def test_without_its_file_a_piece_does_not_come_back(of: FicheAction, equipe: Acces, media: Callable[[], int]) -> None:
    piece = add_piece(by=equipe, fiche=of, niveau=Niveau.PUBLIC, fichier=SimpleUploadedFile("note.txt", b"vu"))
    name, storage = piece.fichier.name, piece.fichier.storage
    remove_piece(by=equipe, piece=piece)
    storage.delete(name)
    with pytest.raises(ChangeDepuis):
        undo(by=equipe, geste=last())


def test_each_night_removes_the_gestures_that_are_over_and_no_other(of: FicheAction, equipe: Acces) -> None:
    start(equipe, of)
    assert clean(horloge.now()) == "Gestes retirés : 0."
    assert clean(horloge.now() + timedelta(minutes=10)) == "Gestes retirés : 1."
    assert not LigneDeGeste.objects.exists()


# Erasure


def test_an_erased_person_leaves_no_gesture_nor_her_number_in_those_of_others(
    vallon: EspaceDeContrat, of: FicheAction, equipe: Acces, ccas: Acces, bea: Acces
) -> None:
    start(ccas, of)
    update_fiche(by=equipe, fiche=of, version=2, changes={"personne_en_charge": ccas.personne})
    give_news(by=bea, fiche=of, texte="Autre chose.")
    create_jalon(by=bea, fiche=of, titre="Signer", prevu_le=DAY)
    erase_person(by=acces("Ada Sommet", Role.ADMINISTRATION), personne=ccas.personne, motif="à sa demande")
    assert [one.phrase for one in Geste.objects.all()] == [typo("Action O01-A01 : jalon « Signer » ajouté.")]


# Promises


def test_what_is_said_of_a_promise_is_undone_whole(vallon: EspaceDeContrat, equipe: Acces) -> None:
    suivi = engagement(vallon)
    tell_and_update(by=equipe, suivi=suivi, version=1, changes={"etat": "en-cours"}, texte="Lancé.")
    undo(by=equipe, geste=last())
    suivi.refresh_from_db()
    assert (suivi.etat, suivi.etat_depuis, suivi.derniere_nouvelle_le, suivi.nouvelles.count()) == ("", None, None, 0)


# What is never undone


def test_an_answer_accepted_is_a_gesture_that_is_never_undone(of: FicheAction, equipe: Acces) -> None:
    with transaction.atomic(), ensemble(equipe, of.espace, lambda _: "Réponse acceptée.", definitif="Corrigez."):
        give_news(by=equipe, fiche=of, texte="Dit par un autre.")
    made = last()
    with pytest.raises(Irrevocable, match="Corrigez"):
        undo(by=equipe, geste=made)
    assert not Geste.objects.undoable(horloge.now()).exists()


def test_news_under_an_answer_accepted_since_are_not_undone(of: FicheAction, equipe: Acces) -> None:
    give_news(by=equipe, fiche=of, texte="Une.")
    mine = last()
    with transaction.atomic(), ensemble(equipe, of.espace, lambda _: "Réponse acceptée.", definitif="Corrigez."):
        give_news(by=equipe, fiche=of, texte="Dit par un autre.")
    with pytest.raises(ChangeDepuis):
        undo(by=equipe, geste=mine)
    of.refresh_from_db()
    assert of.derniere_nouvelle_le == horloge.today()
