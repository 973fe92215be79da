"""How `make run` serves: two processes on this machine."""

from gunicorn.arbiter import Arbiter

wsgi_app = "tenir.config.wsgi:application"
workers = 2
# Browsers open connections in advance and leave them idle: a process with one thread would wait on them.
threads = 4
preload_app = True
control_socket_disable = True
loglevel = "warning"


def when_ready(server: Arbiter) -> None:
    """Print the address, once it answers."""
    host, port = server.address[0]
    print(f"\n    Tenir répond sur http://{host}:{port}/   (Ctrl-C pour l’arrêter)\n", flush=True)
