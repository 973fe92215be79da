"""The loop that `make run` starts beside the site ends with it, however the site ends."""

import os
import subprocess
import sys

from scripts import gunicorn_conf

STARTS = """
import os, subprocess, sys
subprocess.Popen(
    [sys.executable, "-m", "tenir.cli", "boucle", "--pause", "1", "--parent", str(os.getpid())],
    pass_fds=[int(sys.argv[1])], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
)
os.abort()
"""
"""A site that starts its loop and is killed at once."""


def test_it_ends_when_the_site_is_killed(ailleurs: dict[str, str]) -> None:
    read, held = os.pipe()
    subprocess.run([sys.executable, "-c", STARTS, str(held)], env=ailleurs, pass_fds=[held], check=False)
    os.close(held)
    with os.fdopen(read, "rb") as end:
        assert end.read() == b"", "the end comes when the loop, which alone still holds the other side, ends"


def test_it_does_not_start_before_the_port_is_that_of_the_site() -> None:
    assert not hasattr(gunicorn_conf, "on_starting")
    assert "boucle" in gunicorn_conf.when_ready.__code__.co_consts
