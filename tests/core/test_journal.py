"""The secret of a link is written in no log."""

import logging

import pytest
from django.conf import settings

from tenir.core.journal import SansJeton


@pytest.mark.parametrize("page", ["point", "invitation"])
def test_the_secret_of_a_link_is_hidden_and_the_rest_is_kept(page: str) -> None:
    record = logging.LogRecord("x", 30, "x", 1, "Gone: %s", (f"/{page}/12-abcdef/transmettre/",), None)
    assert SansJeton().filter(record)
    assert record.getMessage() == f"Gone: /{page}/…/transmettre/"


def test_a_line_without_a_secret_is_left_as_it_is() -> None:
    record = logging.LogRecord("x", 30, "x", 1, "Gone: %s", ("/points/",), None)
    SansJeton().filter(record)
    assert record.args == ("/points/",)


def test_the_log_of_a_server_hides_them() -> None:
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["sans_jeton"]
