"""Long works: each step counts once or not at all, whatever is killed, cancelled or run twice."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tenir.core.models import EntreeDeCache, EntreeDeTrace, Travail
from tenir.core.piece import Piece
from tenir.core.trace import Auteur
from tenir.core.travaux import boucle, fichiers
from tenir.core.travaux.boucle import advance_works, step, take, waiting
from tenir.core.travaux.chantier import ArretDemande, Chantier, Fin, Pas, Suivi, TravailRefuse
from tenir.core.travaux.demande import ChantierInconnu, Demande, ask_for_work, ask_to_stop
from tests.core.test_taches import together
from tests.exemples import SHARED, few
from tests.pieces import only

pytestmark = pytest.mark.deux_bases

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
LEASE = timedelta(minutes=2)
SOMEONE = Auteur(7, "CCAS")
STEPS = 4


class Tuee(BaseException):
    """The process is killed here: nothing after it runs."""


@dataclass
class Essai:
    """A work of four steps that leaves one row a step, and what the test does to it."""

    undone: int = 0
    before: Callable[[], None] = field(default=lambda: None)
    after: Callable[[], None] = field(default=lambda: None)

    def avancer(self, travail: Travail, suivi: Suivi) -> Pas | Fin:
        self.before()
        rank = travail.marque.get("rang", 0)

        def ecrire() -> None:
            EntreeDeCache.objects.create(cache_key=f"{travail.pk}/{rank}", value="", expires=NOW)
            self.after()

        if rank == STEPS - 1:
            return Fin("Fait.", suite="/ici/", ecrire=ecrire)
        return Pas({"rang": rank + 1}, rank + 1, STEPS, f"Pas {rank + 1}", ecrire)

    def defaire(self, travail: Travail) -> None:
        self.undone += 1


class Muet:
    """Hears how far a step is, in place of the thread of the loop; asks to stop after some words, if told to."""

    def __init__(self, *_loop: object, after: int | None = None) -> None:
        self.left = after

    def __enter__(self) -> "Muet":
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing is held."""

    def dire(self, fait: int, total: int | None, phrase: str) -> None:
        """Hear one word."""
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise ArretDemande


@pytest.fixture(autouse=True)
def essai(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> Essai:
    """The one kind of work of these tests."""
    settings.MEDIA_ROOT = tmp_path
    found = Essai()
    only(monkeypatch, Piece("essai", works={"essai": Chantier(found.avancer, "fiche.bulk", found.defaire, LEASE)}))
    return found


def asked(cle: str = "", depose: bytes = b"") -> Travail:
    demande = Demande("essai", "Un essai", "/retour/", depose=depose, nom_depose="a.txt", cle=cle)
    return ask_for_work(demande, chaine="contrat/vallon", auteur=SOMEONE)


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def rows() -> list[str]:
    return sorted(key.rsplit("/")[-1] for key in EntreeDeCache.objects.values_list("cache_key", flat=True))


def killed() -> None:
    raise Tuee


def told() -> list[tuple[str, str, str]]:
    return list(EntreeDeTrace.objects.order_by("rang").values_list("genre", "champ", "apres"))


def test_a_work_is_done_step_by_step_to_its_end(db: None) -> None:
    travail = asked()
    assert waiting(NOW)
    (over,) = advance_works(at(NOW))
    assert (over.pk, over.etat, over.phrase, over.suite) == (travail.pk, "fini", "Fait.", "/ici/")
    assert (over.fait, over.total, over.marque, over.bail) == (STEPS, STEPS, {}, "")
    assert rows() == ["0", "1", "2", "3"]
    assert not waiting(NOW)


def test_asking_and_stopping_leave_a_trace_with_who_and_for_whom(db: None) -> None:
    ask_to_stop(asked(), auteur=SOMEONE)
    assert told() == [("travail", "demande", "Un essai"), ("travail", "arrêt", "Un essai")]
    assert set(EntreeDeTrace.objects.values_list("acteur", "pour")) == {(7, "CCAS")}


def test_two_demands_of_one_key_are_one_work_until_it_is_over(db: None) -> None:
    assert asked("a") == asked("a")
    assert asked("b") != asked("a")
    advance_works(at(NOW))
    assert asked("a").etat == "en-attente"
    assert Travail.objects.count() == 3


def test_a_kind_that_no_room_brings_is_refused(db: None) -> None:
    with pytest.raises(ChantierInconnu):
        ask_for_work(Demande("autre", "x", "/"), chaine="plateforme", auteur=SOMEONE)


def test_a_work_is_asked_by_someone(db: None) -> None:
    with pytest.raises(ValueError, match="person"):
        ask_for_work(Demande("essai", "x", "/"), chaine="plateforme", auteur=Auteur(commande="tenir"))


def test_killed_in_the_middle_of_a_step_it_goes_on_from_the_last_one_after_the_lease(db: None, essai: Essai) -> None:
    asked()
    travail = take(NOW)
    step(travail, at(NOW))
    essai.after = killed
    with pytest.raises(Tuee):
        step(travail, at(NOW))
    essai.after = lambda: None
    assert rows() == ["0"]
    assert advance_works(at(NOW + LEASE - timedelta(seconds=1))) == []
    assert [one.etat for one in advance_works(at(NOW + LEASE))] == ["fini"]
    assert rows() == ["0", "1", "2", "3"]


def test_what_a_loop_that_lost_its_lease_still_does_does_not_count(db: None) -> None:
    asked()
    slow = take(NOW)
    other = take(NOW + LEASE)
    assert other is not None
    with pytest.raises(ArretDemande):
        step(slow, at(NOW + LEASE))
    assert rows() == []
    step(other, at(NOW + LEASE))
    assert rows() == ["0"]


def test_what_waits_is_cancelled_at_once_and_its_file_leaves(db: None, tmp_path: Path) -> None:
    travail = asked(depose=b"lu")
    assert [path.read_bytes() for path in (tmp_path / "travaux").iterdir()] == [b"lu"]
    assert ask_to_stop(travail, auteur=SOMEONE)
    assert travail.etat == "annule"
    assert list((tmp_path / "travaux").iterdir()) == []
    assert not ask_to_stop(travail, auteur=SOMEONE)
    assert advance_works(at(NOW)) == []


def test_what_is_under_way_stops_between_two_steps_and_is_taken_back(db: None, essai: Essai) -> None:
    travail = asked()
    calls = iter([None, None, lambda: ask_to_stop(travail, auteur=SOMEONE)])
    essai.before = lambda: (act := next(calls)) and act()
    (over,) = advance_works(at(NOW))
    assert (over.etat, over.phrase, over.fait) == ("annule", "Annulé.", 2)
    assert rows() == ["0", "1"]
    assert essai.undone == 1


def test_a_stop_asked_of_a_work_whose_loop_was_killed_is_heard_by_the_next(db: None, essai: Essai) -> None:
    travail = asked()
    step(take(NOW), at(NOW))
    ask_to_stop(travail, auteur=SOMEONE)
    travail.refresh_from_db()
    assert travail.etat == "en-cours"
    assert [one.etat for one in advance_works(at(NOW + LEASE))] == ["annule"]
    assert (rows(), essai.undone) == (["0"], 1)


def test_a_loop_that_stops_leaves_the_work_to_the_next_at_once(db: None, essai: Essai) -> None:
    asked()
    stopped: list[bool] = []
    essai.after = lambda: stopped.append(True)
    advance_works(at(NOW), stop=lambda: bool(stopped))
    assert (Travail.objects.get().bail, rows()) == ("", ["0"])
    assert [one.etat for one in advance_works(at(NOW))] == ["fini"]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(TravailRefuse("Ce fichier est vide."), "Ce fichier est vide."), (OSError("x"), boucle.UNEXPECTED)],
)
def test_a_failure_says_one_french_sentence_and_stops_no_other(
    db: None, essai: Essai, error: Exception, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        essai.before = lambda: None
        raise error

    essai.before = fail
    asked()
    asked()
    with caplog.at_level(logging.CRITICAL):
        over = advance_works(at(NOW))
    assert [(one.etat, one.erreur) for one in over] == [("echoue", sentence), ("fini", "")]
    assert essai.undone == 1


def test_a_step_that_kills_its_process_each_time_is_not_tried_for_ever(db: None, essai: Essai) -> None:
    asked()
    essai.before = killed
    for turn in range(boucle.TRIES):
        with pytest.raises(Tuee):
            advance_works(at(NOW + turn * LEASE))
    (over,) = advance_works(at(NOW + boucle.TRIES * LEASE))
    assert (over.etat, over.erreur) == ("echoue", boucle.STUCK)


def test_a_kind_that_is_no_longer_done_says_so(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked()
    only(monkeypatch)
    assert [one.erreur for one in advance_works(at(NOW))] == [boucle.UNKNOWN]


def test_a_file_that_is_made_is_kept_for_a_time_then_leaves_with_its_row(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(travail: Travail, suivi: Suivi) -> Fin:
        with travail.depose.open("rb") as given_file:
            return Fin("Écrit.", fichier=given_file.read() * 2, nom_du_fichier="bilan.txt")

    only(monkeypatch, Piece("essai", works={"essai": Chantier(make, "fiche.bulk")}))
    asked(depose=b"lu")
    (over,) = advance_works(at(NOW))
    (path,) = (tmp_path / "travaux").iterdir()
    assert (path.read_bytes(), over.nom_du_fichier, over.depose.name) == (b"lulu", "bilan.txt", "")
    assert "bilan" not in path.name
    fichiers.clean(NOW + timedelta(days=7))
    assert Travail.objects.exists()
    assert fichiers.clean(NOW + timedelta(days=8)) == "Travaux anciens retirés : 1."
    assert not Travail.objects.exists()
    assert not path.exists()


def test_a_file_that_a_killed_process_left_without_a_row_leaves_after_a_day(db: None, tmp_path: Path) -> None:
    travail = asked(depose=b"lu")
    (tmp_path / "travaux" / "perdu.txt").write_bytes(b"x")
    fichiers.clean(datetime.now(UTC) + timedelta(hours=23))
    assert (tmp_path / "travaux" / "perdu.txt").exists()
    fichiers.clean(datetime.now(UTC) + timedelta(hours=25))
    assert [f"travaux/{path.name}" for path in (tmp_path / "travaux").iterdir()] == [travail.depose.name]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"etat": "perdu"}, "etat"),
        ({"fin": NOW}, "fin"),
        ({"etat": "fini"}, "fin"),
        ({"bail": "a"}, "bail"),
        ({"bail": "a", "bail_jusqu_a": NOW}, "bail"),
        ({"fait": 3, "total": 2}, "fait"),
        ({"erreur": "x"}, "erreur"),
        ({"etat": "echoue", "fin": NOW}, "erreur"),
        ({"suite": "/x/"}, "suite"),
        ({"etat": "fini", "fin": NOW, "fichier": "x"}, "nom_du_fichier"),
    ],
)
def test_the_database_holds_a_work_to_its_rules(db: None, changed: dict[str, object], code: str) -> None:
    travail = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        Travail.objects.filter(pk=travail.pk).update(**changed)
    constraints = [one for one in Travail._meta.constraints if one.violation_error_code == code]
    assert [str(one.violation_error_message) for one in constraints if "." in str(one.violation_error_message)]


ACTS = st.sampled_from(["take", "step", "killed before", "killed while writing", "cancel", "lease", "loop", "lost"])


@given(acts=st.lists(ACTS, max_size=25))
@few(30, SHARED)
def test_whatever_happens_each_step_counts_once_or_not_at_all(db: None, essai: Essai, acts: list[str]) -> None:
    with transaction.atomic():
        try:
            _live(essai, acts)
        finally:
            transaction.set_rollback(True)


def _live(essai: Essai, acts: list[str]) -> None:
    """Two loops, clumsy, one of which is often killed; after each act, what is written is what the mark says."""
    essai.before = essai.after = lambda: None
    travail, moment = asked(), NOW
    held: list[Travail] = []
    for act in acts:
        if act == "lease":
            moment += LEASE
        elif act == "cancel":
            ask_to_stop(travail, auteur=SOMEONE)
        elif act == "loop":
            advance_works(at(moment))
        elif act == "take" and (found := take(moment)):
            held.append(found)
        elif held:
            _clumsy(essai, act, held[-1] if act == "step" else held.pop(0), moment)
        _counts(travail)
    moment += LEASE
    advance_works(at(moment))
    travail.refresh_from_db()
    assert not travail.ouvert
    assert travail.etat != "fini" or rows() == ["0", "1", "2", "3"]
    assert travail.etat == "fini" or travail.arret_le or travail.erreur == boucle.STUCK


def _clumsy(essai: Essai, act: str, travail: Travail, moment: datetime) -> None:
    essai.before = killed if act == "killed before" else (lambda: None)
    essai.after = killed if act == "killed while writing" else (lambda: None)
    if act != "lost" and travail.ouvert:
        with suppress(ArretDemande, Tuee):
            step(travail, at(moment))
    essai.before = essai.after = lambda: None


def _counts(travail: Travail) -> None:
    travail.refresh_from_db()
    done = STEPS if travail.etat == "fini" else travail.fait
    assert rows() == [str(rank) for rank in range(done)]


def test_of_several_loops_one_alone_has_a_work(transactional_db: None) -> None:
    asked()
    found = together(4, lambda: take(NOW))
    assert len([one for one in found if one]) == 1


def test_several_loops_together_do_each_step_once(transactional_db: None) -> None:
    for _ in range(3):
        asked()
    together(4, lambda: advance_works(at(NOW)))
    assert len(rows()) == 3 * STEPS
    assert {one.etat for one in Travail.objects.all()} == {"fini"}


def test_a_step_that_lasts_tells_how_far_it_is_and_hears_that_it_must_stop(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("deux connexions : PostgreSQL seulement")
    monkeypatch.setattr("tenir.core.travaux.suivi.BEAT", 0.01)
    seen: list[tuple[int, str]] = []

    def long(travail: Travail, suivi: Suivi) -> Fin:
        while True:
            suivi.dire(3, 9, "Troisième")
            row = Travail.objects.get(pk=travail.pk)
            if row.fait and not seen:
                seen.append((row.fait, row.phrase))
                ask_to_stop(row, auteur=SOMEONE)

    only(monkeypatch, Piece("essai", works={"essai": Chantier(long, "fiche.bulk")}))
    asked()
    assert [one.etat for one in advance_works()] == ["annule"]
    assert seen == [(3, "Troisième")]
