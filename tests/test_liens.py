"""Every link that is a key, found by what routes declare: in no log, and found again under what is glued to it."""

import io
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tenir.core import journal
from tenir.core.journal import SansJeton, UneLigne, hidden, secret_roots
from tests import routes
from tests.partage import shared
from tests.personnes import contract
from tests.routes import LIEN, arguments_of, rooms, stated

BEHIND = sorted(name for name, route in stated().items() if route.droit == LIEN)
PAGES = sorted({name.removesuffix("-abime") for name in BEHIND if name.endswith("-abime")})
"""The page of each kind of link."""
GLUED = [")", ">", ".", "&data=05%7C02%7Cx", ",", "%C2%BB", "?utm=x", "/)", "/>", "/.", "/&data=x", "%20", "=", "/=3D"]


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, str]]:
    with shared(django_db_blocker, make_links) as made:
        yield made


def make_links() -> dict[str, str]:
    """A link of each kind, that opens."""
    espace = contract("vallon", etat="signe")
    of_rooms = {room: arguments_of(rooms()[room], espace) for room in sorted({room_named(name) for name in PAGES})}
    return {name: reverse(name, args=of_rooms[room_named(name)][name]) for name in PAGES}


def room_named(name: str) -> str:
    """The room that states a route."""
    return next(room for room, module in rooms().items() if name in module.ROUTES)


@pytest.fixture
def links(_made: dict[str, str], db: None) -> dict[str, str]:
    """A link of each kind, by the name of its page."""
    return _made


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """What the server writes, as it writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(SansJeton())
    handler.setFormatter(UneLigne())
    for logger in (logging.getLogger(), logging.getLogger("django.request")):
        monkeypatch.setattr(logger, "handlers", [*logger.handlers, handler])
    return stream.getvalue


def test_every_route_behind_a_link_declares_its_secret() -> None:
    patterns = {str(route.name): route for route in routes.routes()}
    roots = tuple(secret_roots())
    for name in BEHIND:
        assert str(patterns[name].pattern).startswith(roots), name
        assert {type(one).__name__ for one in patterns[name].pattern.converters.values()} & {"Secret", "Reste"}, name
    others = [name for name, route in patterns.items() if name not in BEHIND and str(route.pattern).startswith(roots)]
    assert others == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("end", ["", "abc/", ")", "/rien/"])
@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_the_secret_is_in_no_line_of_the_log(
    links: dict[str, str], log: Callable[[], str], name: str, end: str, method: str
) -> None:
    link = links[name]
    secret = link.split("/")[2]
    client = Client(raise_request_exception=False)
    getattr(client, method)(f"{link}{end}", {"rythme": "zzz"})
    getattr(client, method)(f"{link[:-20]}{end}")
    logging.getLogger("django.request").warning("Not Found: %s", f"{link}{end}")
    assert secret[:-20] not in log()
    assert f"/{link.split('/')[1]}/…" in log()


@given(st.text(alphabet="abcdef0123456789-_%&=.)>", min_size=1, max_size=90), st.sampled_from(["point", "resume"]))
def test_whatever_follows_the_root_of_a_link_is_hidden(secret: str, root: str) -> None:
    shown = hidden(f'Not Found: /{root}/{secret}/ "x"')
    assert shown.startswith(f"Not Found: /{root}/…")
    assert hidden(shown) == shown


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("glued", GLUED)
def test_a_link_with_something_glued_to_it_is_found_again(links: dict[str, str], name: str, glued: str) -> None:
    link = links[name]
    base = link if glued.startswith("/") else link.rstrip("/")
    answer = Client().get(f"{base.rstrip('/')}{glued}", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == link


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("kept", [3, 20, -1])
def test_a_link_cut_says_what_to_look_at_and_whom_to_write_to(
    links: dict[str, str], settings: Any, name: str, kept: int
) -> None:
    settings.EDITEUR = {**django_settings.EDITEUR, "nom": "Communauté fictive", "contact": "site@exemple.test"}
    root, secret = links[name].strip("/").split("/")
    answer = Client().get(f"/{root}/{secret[:kept]}/", follow=True)
    told = answer.content.decode()
    assert answer.status_code == 404
    assert "Vérifiez que le lien est entier" in told
    assert "site@exemple.test" in told


def test_the_log_hides_what_looks_like_a_key_anywhere() -> None:
    assert hidden(f"clé 12-{'a' * 64} lue") == "clé … lue"
    assert journal.hidden("une ligne sans secret") == "une ligne sans secret"
