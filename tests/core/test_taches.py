"""The loop: what is due runs once, whoever asks, and what fails or is killed is seen and tried again."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from django.core.cache.backends.db import DatabaseCache
from django.db import connection

from tenir.cli.main import main
from tenir.core import nuit, taches
from tenir.core.models import EntreeDeCache, Execution, TacheDeFond
from tenir.core.piece import Piece
from tenir.core.taches import Tache, next_run, run_due
from tests.pieces import only

pytestmark = pytest.mark.deux_bases

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 10, 12, tzinfo=PARIS)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No task but those of the test."""
    only(monkeypatch)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moments when the task « essai », hourly, was called."""
    called: list[datetime] = []

    def act(now: datetime) -> str:
        called.append(now)
        return "Fait."

    only(monkeypatch, Piece("essai", tasks=[Tache("essai", act, HOUR)]))
    return called


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PARIS).astimezone(UTC)


def test_a_task_runs_when_it_is_due_and_not_before(db: None, calls: list[datetime]) -> None:
    for minutes in (0, 1, 59, 60, 61):
        run_due(NOW + timedelta(minutes=minutes))
    assert calls == [NOW, NOW + HOUR]
    assert {(run.etat, run.bilan) for run in Execution.objects.all()} == {("reussie", "Fait.")}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (local(2026, 3, 10, 1, 59), local(2026, 3, 10, 2)),
        (local(2026, 3, 10, 2), local(2026, 3, 11, 2)),
        (local(2026, 3, 28, 12), local(2026, 3, 29, 3)),  # 2 o'clock does not exist that night: the clock jumps to 3
        (local(2026, 10, 24, 12), local(2026, 10, 25, 2)),
    ],
)
def test_a_daily_task_runs_at_its_hour_summer_and_winter(after: datetime, expected: datetime) -> None:
    assert next_run(Tache("x", str, DAY, time(2)), after) == expected


def test_a_failure_is_written_tried_again_soon_and_stops_no_other(
    db: None, calls: list[datetime], caplog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(now: datetime) -> str:
        raise OSError("disque plein")

    only(monkeypatch, Piece("essai", tasks=[Tache("panne", fail, DAY), *taches.declared()]))
    run_due(NOW)
    assert Execution.objects.get(tache__nom="panne").bilan == "OSError : disque plein"
    assert calls == [NOW]
    assert [run.etat for run in run_due(NOW + taches.RETRY)] == ["echouee"]


def test_a_process_killed_in_the_middle_leaves_a_lease_that_runs_out(db: None, calls: list[datetime]) -> None:
    row = TacheDeFond.objects.create(nom="essai", prochaine_le=NOW)
    assert taches._take(row, NOW, HOUR)  # then nothing: it was killed
    Execution.objects.create(tache=row, debut=NOW)
    assert run_due(NOW + timedelta(minutes=59)) == []
    assert len(run_due(NOW + HOUR)) == 1
    assert [run.etat for run in Execution.objects.order_by("pk")] == ["interrompue", "reussie"]


def test_a_task_that_outlived_its_lease_does_not_give_back_that_of_another(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(now: datetime) -> str:
        TacheDeFond.objects.update(bail="autre", bail_jusqu_a=now + HOUR)
        return "Fait."

    only(monkeypatch, Piece("essai", tasks=[Tache("lente", slow, HOUR)]))
    run_due(NOW)
    assert TacheDeFond.objects.get().bail == "autre"


def together(count: int, act) -> list[object]:
    """What several threads, each with its own connection, get from the same act at the same time."""
    if connection.vendor != "postgresql":
        pytest.skip("deux connexions : PostgreSQL seulement")  # SQLite in memory gives each thread its own database
    found: list[object] = []
    start = threading.Barrier(count)

    def one() -> None:
        start.wait()
        found.append(act())
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_several_loops_one_alone_runs_a_task(transactional_db: None, calls: list[datetime]) -> None:
    TacheDeFond.objects.create(nom="essai", prochaine_le=NOW)
    runs = together(4, lambda: len(run_due(NOW)))
    assert sorted(runs) == [0, 0, 0, 1]
    assert len(calls) == 1


def test_attempts_are_counted_together_by_all_processes(transactional_db: None) -> None:
    """The lock that sign-in counts under (`cache.add`) is won once, whoever asks at the same time."""
    made = DatabaseCache("core_entreedecache", {})
    assert sorted(together(6, lambda: made.add("compte:lock", True))) == [False] * 5 + [True]
    assert EntreeDeCache.objects.count() == 1


@pytest.fixture
def nightly(db: None, settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The tasks of the night, in a folder of their own."""
    settings.VAR, settings.MEDIA_ROOT, settings.SAUVEGARDES = tmp_path, tmp_path / "documents", str(tmp_path)
    settings.RELEVES = tmp_path / "releves.csv"
    only(monkeypatch, Piece("core", tasks=nuit.nightly()))
    return tmp_path


def test_each_night_keeps_the_ends_of_the_trace_and_fourteen_backups(nightly: Path) -> None:
    for day in range(16):
        run_due(NOW + day * DAY)
    assert {run.etat for run in Execution.objects.all()} == {"reussie"}
    kept = sorted(path.name for path in nightly.glob("*.zip"))
    assert (len(kept), kept[0], kept[-1]) == (14, "tenir-2026-03-12.zip", "tenir-2026-03-25.zip")
    assert (nightly / "releves.csv").exists()


def test_the_command_runs_what_is_due_and_says_it(nightly: Path) -> None:
    told = CliRunner().invoke(main, ["boucle", "--une-fois"])
    assert told.exit_code == 0
    assert [line.split(" : ")[0] for line in told.output.splitlines()] == ["relever-trace", "menage", "sauvegarder"]
    assert CliRunner().invoke(main, ["boucle", "--une-fois"]).output == ""


def test_the_command_fails_when_a_task_fails(nightly: Path, settings) -> None:
    settings.SAUVEGARDES = str(nightly / "absent")
    told = CliRunner().invoke(main, ["boucle", "--une-fois"])
    assert told.exit_code == 1
    assert "sauvegarder : échouée. FileNotFoundError" in told.output
