"""The loop killed half-way through a work, then two loops at once: each step counts once."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LENT = [sys.executable, "-m", "tests.core.travail_lent"]
STEPS, MIDDLE = 60, 5
DEADLINE = 300
"""Seconds after which a work that does not end fails the test."""
TOLD = """SELECT etat, fait, (SELECT count(*) FROM core_entreedecache WHERE cache_key LIKE 'pas %') FROM core_travail"""
Told = tuple[str, int, int]
Loop = subprocess.Popen[str]


def until(reached: Callable[[Told], bool], told: Callable[[], Told]) -> Told:
    """What is told of the work once it is there."""
    end = time.monotonic() + DEADLINE
    while not reached(found := told()):
        assert time.monotonic() < end, found
        time.sleep(0.05)
    return found


@pytest.mark.parametrize("moment", ["pense", "écrit"])
def test_a_loop_killed_half_way_is_taken_over_without_a_step_lost_or_done_twice(
    ailleurs: dict[str, str], tmp_path: Path, moment: str
) -> None:
    def told() -> Told:
        with closing(sqlite3.connect(tmp_path / "tenir.sqlite3", timeout=DEADLINE)) as base:
            return base.execute(TOLD).fetchone()

    def loop(stop_at: str) -> Loop:
        command = [*LENT, "boucle", stop_at]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=ailleurs, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")

    subprocess.run([*LENT, "demander"], cwd=ROOT, env=ailleurs, check=True)
    with loop(moment) as first:
        assert first.stdout
        assert moment in (line.strip() for line in first.stdout)  # from there on, it waits to be killed
        first.kill()
    assert told() == ("en-cours", MIDDLE, MIDDLE)
    with ExitStack() as running:
        both = [running.enter_context(loop("")) for _ in range(2)]
        try:
            for one in both:
                assert one.stdout
                assert "tourne" in (line.strip() for line in one.stdout)  # from there on, it ends when asked
            assert until(lambda found: found[0] != "en-cours", told) == ("fini", STEPS, STEPS)
        finally:
            for one in both:
                one.terminate()
        assert [one.wait(timeout=DEADLINE) for one in both] == [0, 0]
