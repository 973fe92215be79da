"""The loop killed while a real server holds its answer, half-way through a campaign: nobody is written to twice."""

import ast
import asyncio
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from aiosmtpd.controller import Controller

COUNT = 60

ROOT = Path(__file__).parents[2]
LATER = (
    "import django; django.setup(); from datetime import timedelta; from django.utils import timezone; "
    "from collections import Counter; from tenir.core.models import Courriel; "
    "from tenir.core.courriels import send_due; send_due(timezone.now() + timedelta(minutes=20)); "
    "print(dict(Counter(Courriel.objects.filter(genre='point-etape').values_list('etat', flat=True))))"
)
HALF = COUNT // 2


class Boite:
    """A server that remembers to whom each message went, and answers nothing to the one in the middle, once."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.reached, self.killed = Event(), Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - its name for aiosmtpd
        """Take one message."""
        self.received.extend(envelope.rcpt_tos)
        if len(self.received) == HALF and not self.killed.is_set():
            self.reached.set()
            await asyncio.to_thread(self.killed.wait)
        return "250 OK"


@pytest.fixture
def boite() -> Iterator[tuple[Boite, int]]:
    """The server, on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    handler = Boite()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    handler.killed.set()
    controller.stop()


@pytest.fixture
def elsewhere(ailleurs: dict[str, str], boite: tuple[Boite, int]) -> dict[str, str]:
    """The environment of a site of its own, whose messages go to that server."""
    return {**ailleurs, "TENIR_SMTP": f"smtp://127.0.0.1:{boite[1]}"}


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_loop_killed_half_way_writes_to_nobody_twice(boite: tuple[Boite, int], elsewhere: dict[str, str]) -> None:
    handler, _ = boite
    run(elsewhere, "-m", "tests.points.campagne_a_part")
    loop = subprocess.Popen([sys.executable, "-m", "tenir.cli", "boucle", "--pause", "1"], cwd=ROOT, env=elsewhere)
    try:
        assert handler.reached.wait(timeout=300), "la boucle n’envoie rien"
    finally:
        loop.send_signal(signal.SIGKILL)
        loop.wait()
    assert len(handler.received) == HALF
    handler.killed.set()
    states: dict[str, int] = ast.literal_eval(run(elsewhere, "-c", LATER))
    assert max(Counter(handler.received).values()) == 1
    assert states == {"envoye": COUNT - 1, "incertain": 1}
    assert len(handler.received) == COUNT
