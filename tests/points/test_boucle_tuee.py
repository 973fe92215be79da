"""The loop killed half-way through two hundred messages to a real server: nobody is written to twice."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

ROOT = Path(__file__).parents[2]
LATER = (
    "import django; django.setup(); from datetime import timedelta; from django.utils import timezone; "
    "from tenir.core.courriels import send_due; print(send_due(timezone.now() + timedelta(minutes=20)))"
)
STATES = (
    "import django; django.setup(); from collections import Counter; from tenir.core.models import Courriel; "
    "print(dict(Counter(Courriel.objects.filter(genre='point-etape').values_list('etat', flat=True))))"
)


class Boite:
    """A server that takes its time, and remembers to whom each message went."""

    def __init__(self) -> None:
        self.received: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - its name for aiosmtpd
        """Take one message."""
        self.received.extend(envelope.rcpt_tos)
        time.sleep(0.01)
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
    controller.stop()


@pytest.fixture
def elsewhere(tmp_path: Path, boite: tuple[Boite, int]) -> dict[str, str]:
    """The environment of a site of its own, whose messages go to that server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TENIR_")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tenir.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "TENIR_VAR": str(tmp_path),
        "TENIR_LOCAL": "1",
        "TENIR_SMTP": f"smtp://127.0.0.1:{boite[1]}",
    }


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_loop_killed_half_way_writes_to_nobody_twice(boite: tuple[Boite, int], elsewhere: dict[str, str]) -> None:
    handler, _ = boite
    run(elsewhere, "manage.py", "migrate", "--verbosity=0")
    run(elsewhere, "-m", "tests.points.deux_cents")
    loop = subprocess.Popen([sys.executable, "-m", "tenir.cli", "boucle", "--pause", "1"], cwd=ROOT, env=elsewhere)
    while len(handler.received) < 80 and loop.poll() is None:
        time.sleep(0.005)
    loop.send_signal(signal.SIGKILL)
    loop.wait()
    assert 80 <= len(handler.received) < 200
    told = run(elsewhere, "-c", LATER)
    states: dict[str, int] = eval(run(elsewhere, "-c", STATES))  # noqa: S307 - printed by our own line above
    assert max(Counter(handler.received).values()) == 1
    doubtful = states.get("incertain", 0)
    assert doubtful <= 1, told
    assert states == {"envoye": 200 - doubtful, **({"incertain": 1} if doubtful else {})}
    assert 200 - doubtful <= len(handler.received) <= 200
