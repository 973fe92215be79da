"""How `make run` serves: two processes on this machine, and the loop that sends messages beside them."""

import os
import subprocess
import sys

from gunicorn.arbiter import Arbiter

wsgi_app = "tenir.config.wsgi:application"
workers = 2
# Browsers open connections in advance and leave them idle: a process with one thread would wait on them.
threads = 4
preload_app = True
control_socket_disable = True
loglevel = "warning"


TURN = "5"
"""Seconds between two turns of the loop: in a demonstration one waits for a message."""
loop: list["subprocess.Popen[bytes]"] = []


def on_exit(server: Arbiter) -> None:
    """Stop the loop with the site."""
    for process in loop:
        process.terminate()


def when_ready(server: Arbiter) -> None:
    """Start the loop, without which no message leaves, and print the address: not before the port is ours."""
    loop.append(
        subprocess.Popen([sys.executable, "-m", "tenir.cli", "boucle", "--pause", TURN, "--parent", str(os.getpid())])
    )
    host, port = server.address[0]
    print(f"\n    Tenir répond sur http://{host}:{port}/   (Ctrl-C pour l’arrêter)\n", flush=True)
