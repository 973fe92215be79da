"""PostgreSQL restarts under the site: the next requests are answered, those that write too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import postgresql
from tests import gabarit

ROOT = Path(__file__).parents[2]
THREADS = 4
ROUNDS = 2
ASKS = f"""
import os, sys, threading
from concurrent.futures import ThreadPoolExecutor
from django.core.wsgi import get_wsgi_application
from django.test.client import RequestFactory
site, asked = get_wsgi_application(), RequestFactory(SERVER_NAME="localhost")

def answered(request):
    told = []
    answer = site(request.environ, lambda status, headers: told.append((status, headers)))
    b"".join(answer), answer.close()
    return int(told[0][0][:3])

def look(_):
    meet.wait()
    return answered(asked.get("/compte/connexion/"))

def write(n):
    meet.wait()
    token = "a" * 32
    asked.cookies["csrftoken"] = token
    given = {{"email": f"personne{{round}}{{n}}@exemple.fr", "csrfmiddlewaretoken": token}}
    return answered(asked.post("/compte/connexion/", given, HTTP_REFERER="https://localhost/"))

meet = threading.Barrier({THREADS})
with ThreadPoolExecutor({THREADS}) as pool:
    for round in range({ROUNDS} + 1):
        codes = [*pool.map(look, range({THREADS})), *pool.map(write, range({THREADS}))]
        print(*sorted(set(codes)), flush=True)
        sys.stdin.readline()
"""


@pytest.mark.skipif(postgresql.missing() is not None, reason=str(postgresql.missing()))
def test_a_database_that_restarts_makes_no_request_fail(tmp_path: Path) -> None:
    with postgresql.temporary_cluster() as address:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("TENIR_")}
        environment |= {"TENIR_BASE": address, "TENIR_VAR": str(tmp_path), "TENIR_LOCAL": "1"}
        environment["DJANGO_SETTINGS_MODULE"] = "tenir.config.settings"
        gabarit.migrated_server(address, environment)
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
        subprocess.run(collect, cwd=ROOT, env=environment, check=True)
        asking = subprocess.Popen(
            [sys.executable, "-c", ASKS], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert asking.stdin
        assert asking.stdout
        said = [asking.stdout.readline()]
        for _ in range(ROUNDS):
            postgresql.restart(address)
            asking.stdin.write("\n")
            asking.stdin.flush()
            said.append(asking.stdout.readline())
        asking.communicate("\n", timeout=60)
        assert said == ["200 302\n"] * (ROUNDS + 1)
