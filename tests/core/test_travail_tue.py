"""The loop killed half-way through a work, then two loops at once: each step counts once."""

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[2]
STEPS = 60
DEADLINE = 300
TOLD = """SELECT etat, fait, (SELECT count(*) FROM core_entreedecache WHERE cache_key LIKE 'pas %') FROM core_travail"""


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_loop_killed_half_way_is_taken_over_without_a_step_lost_or_done_twice(
    ailleurs: dict[str, str], tmp_path: Path
) -> None:
    lent = [sys.executable, "-m", "tests.core.travail_lent"]

    def told() -> tuple[str, int, int]:
        with closing(sqlite3.connect(tmp_path / "tenir.sqlite3", timeout=20)) as base:
            return base.execute(TOLD).fetchone()

    def loop() -> "subprocess.Popen[bytes]":
        return subprocess.Popen([*lent, "boucle"], cwd=ROOT, env=ailleurs, stdout=subprocess.DEVNULL)

    def until(reached) -> tuple[str, int, int]:
        end = time.monotonic() + DEADLINE
        while not reached(found := told()):
            assert time.monotonic() < end, found
            time.sleep(0.01)
        return found

    run(ailleurs, *lent[1:], "demander")
    first = loop()
    try:
        until(lambda found: found[1] >= 5)
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    etat, fait, rows = told()
    assert etat == "en-cours"
    assert 5 <= fait == rows < STEPS
    others = [loop(), loop()]
    try:
        assert until(lambda found: found[0] != "en-cours") == ("fini", STEPS, STEPS)
    finally:
        for one in others:
            one.terminate()
    assert [one.wait(timeout=DEADLINE) for one in others] == [0, 0]
