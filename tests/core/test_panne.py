"""What fails is told once: to the person with a number, to the log in one line that carries it."""

import logging
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tenir.config import urls
from tenir.core import panne
from tenir.core.journal import SansJeton, UneLigne

handler429, handler500 = urls.handler429, urls.handler500
FAILURES = [
    ZeroDivisionError("division\npar zéro"),
    OperationalError("connection refused\nIs the server running?"),
    InterfaceError("the connection is closed"),
    PermissionDenied("pas à vous"),
    Http404("absent"),
    SuspiciousOperation("étrange\ndemande"),
]


def caused(error: Exception) -> Exception:
    """The same, raised while another was told."""
    try:
        try:
            raise error
        except Exception as first:
            raise RuntimeError("à la suite\nde /point/12-abcdef/") from first
    except RuntimeError as second:
        return second


def failing(request: HttpRequest) -> HttpResponse:
    raise FAILING[0]


failing.login_required = False
urlpatterns = [*urls.urlpatterns, path("panne", failing)]
FAILING: list[Exception] = []


@pytest.fixture
def log() -> Iterator[list[str]]:
    """The lines that a server would write."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler = Kept()
    handler.setFormatter(UneLigne())
    handler.addFilter(SansJeton())
    logging.getLogger("django").addHandler(handler)
    yield lines
    logging.getLogger("django").removeHandler(handler)


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("error", [*FAILURES, *map(caused, FAILURES[:3])], ids=repr)
def test_whatever_is_raised_takes_one_line(error: Exception, log: list[str]) -> None:
    FAILING[:] = [error]
    answer = Client(raise_request_exception=False).post("/panne")
    assert answer.status_code >= 400
    (line,) = log
    assert "\n" not in line
    assert re.match(r"^(WARNING|ERROR) django\.\w+", line)
    assert "abcdef" not in line
    quoted = re.search(r"numéro.*<strong>([\w-]{9})</strong>", answer.content.decode())
    assert bool(quoted) == (answer.status_code >= 500)
    assert not quoted or f"[panne {quoted[1]}]" in line


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("error", FAILURES[1:3], ids=repr)
def test_a_database_that_does_not_answer_is_told_as_such(error: Exception) -> None:
    for raised in (error, caused(error)):
        FAILING[:] = [raised]
        answer = Client(raise_request_exception=False).get("/panne")
        assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "private, no-store")
        assert "base de données" in answer.content.decode()


@pytest.mark.urls(__name__)
def test_an_error_of_ours_says_where_it_comes_from(log: list[str]) -> None:
    FAILING[:] = [FAILURES[0]]
    assert Client(raise_request_exception=False).get("/panne").status_code == 500
    assert "ZeroDivisionError : division par zéro (tests/core/test_panne.py:" in log[0]


@pytest.mark.urls(__name__)
def test_two_failures_have_two_numbers(log: list[str]) -> None:
    FAILING[:] = [FAILURES[0]]
    for _ in range(2):
        Client(raise_request_exception=False).get("/panne")
    assert len({re.search(r"\[panne (\S+)\]", line)[1] for line in log}) == 2  # type: ignore[index]


def test_a_wrong_name_of_host_takes_one_line(log: list[str], settings) -> None:
    settings.ALLOWED_HOSTS = ["tenir.exemple.fr"]
    assert Client().get("/", headers={"host": "ailleurs.exemple.fr"}).status_code == 400
    (line,) = log
    assert "ailleurs.exemple.fr" in line
    assert "|" not in line


def test_a_server_writes_its_log_so() -> None:
    console = settings.LOGGING["handlers"]["console"]
    assert settings.LOGGING["formatters"][console["formatter"]]["()"] == "tenir.core.journal.UneLigne"


@pytest.mark.parametrize("page", panne.OF_A_MONITOR)
def test_health_is_503_while_the_database_is_down_cookie_or_not(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No database is open to this test: whatever asks it fails."""
    from django.db.backends.base.base import BaseDatabaseWrapper

    def refuse(self: object, *given: object, **named: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", refuse)
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", refuse)
    for cookie in ("", "sessionid=abcdefghijklmnop; csrftoken=x"):
        answer = Client(raise_request_exception=False).get(page, headers={"cookie": cookie})
        assert answer.status_code == 503
        assert "numéro" not in answer.content.decode()
