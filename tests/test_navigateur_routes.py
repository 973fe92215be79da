"""The pages that no other journey opens, in a real Chromium: no violation, no sideways scroll."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tenir.acteurs.models import Personne
from tenir.habilitations.models import EspaceDeContrat
from tests import routes
from tests.public.conftest import FICTIF, load_and_publish
from tests.routes import COMMUN, arguments_of, parameters, rooms

WAITING = {
    room: [name for name, route in module.ROUTES.items() if route.axe == COMMUN] for room, module in rooms().items()
}


@pytest.mark.parametrize("room", [room for room, names in WAITING.items() if names])
def test_the_pages_that_no_journey_opens_are_accessible(
    transactional_db: None,
    page_of: Callable[..., Page],
    people: dict[str, Personne],
    vallon: EspaceDeContrat,
    live_server,
    axe,
    settings,
    tmp_path: Path,
    room: str,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    espace = load_and_publish(FICTIF, FICTIF.with_suffix(".txt")) if room == "public" else vallon
    given = arguments_of(rooms()[room], espace)
    pages = {who: page_of(people[who], "/licence/", width=1280) for who in ("equipe", "administration")}
    for name in WAITING[room]:
        slug = [espace.slug] if "slug" in parameters(name) else []
        url = reverse(name, args=[*slug, *given.get(name, [])])
        closed = rooms()[room].ROUTES[name].droit in (routes.ADMINISTRATION, routes.PLATEFORME)
        page = pages["administration" if closed else "equipe"]
        opened = page.goto(live_server.url + url)
        assert opened
        assert (opened.status, page.url) == (200, live_server.url + url)
        axe(page, phone=360)
