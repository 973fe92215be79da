"""What a browser may keep: the public pages, asked for again each time; nothing of what someone signed in reads."""

from collections.abc import Callable, Iterator
from difflib import ndiff

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.parcours import Parcours
from tests.routes import OUVERTE, room_of, stated
from tests.vecu import _lived, vecu  # noqa: F401 (fixtures)

As = Callable[[str], Client]
PUBLIC = [
    name
    for name, route in stated().items()
    if route.droit == OUVERTE
    and route.requetes is not None
    and room_of(name).__name__ == "tests.public.routes"
    and not name.startswith(
        ("sante", "verifier", "composants", "preconisation-deposer", "candidater", "dossier-ouvrir")
    )  # they hold forms: a cookie is set
]
"""What may be kept: the rest of the site may not."""


def answers(parcours: Parcours, who: str, names: list[str]) -> Iterator[tuple[str, Client, HttpResponse]]:
    """Each answer of some routes to a reader, by its address."""
    client = parcours.client(who)
    for name in names:
        for url in parcours.urls(name):
            yield url, client, client.get(url)


def difference(one: HttpResponse, other: HttpResponse) -> list[str]:
    """The lines that differ between two answers of one address."""
    lines = (answer.content.decode("utf-8", "replace").splitlines() for answer in (one, other))
    return [line for line in ndiff(*lines) if line[0] in "+-"]


def test_the_public_pages_are_walked() -> None:
    assert {"contrat", "action", "actions-export", "credits", "histoire", "aide-page", "accueil"} <= set(PUBLIC)


def test_a_public_page_is_kept_and_not_sent_twice(parcours: Parcours) -> None:
    seen, sent_twice = 0, {}
    for url, client, answer in answers(parcours, "visiteur", PUBLIC):
        if answer.status_code != 200:
            assert answer["Cache-Control"] == "private, no-store", url
            continue
        assert answer["Cache-Control"] == "public, no-cache", url
        assert "Cookie" in answer["Vary"], url
        if "spreadsheetml" not in answer["Content-Type"]:  # a workbook tells the second at which it was made
            again = client.get(url, headers={"if-none-match": answer["ETag"]})
            seen += 1
            if again.status_code != 304:
                sent_twice[url] = difference(answer, again)
    assert not sent_twice, sent_twice
    assert seen > 40


@pytest.mark.parametrize("who", ["lecture", "partenaire", "equipe"])
def test_whoever_is_signed_in_leaves_nothing_in_her_browser(parcours: Parcours, who: str) -> None:
    for url, _, answer in answers(parcours, who, [*PUBLIC, *parcours.names(who)]):
        assert "no-store" in answer["Cache-Control"], url
        assert not answer.has_header("ETag"), url


def test_what_a_link_opens_and_what_is_told_of_a_draft_are_kept_nowhere(parcours: Parcours) -> None:
    for url, _, answer in answers(parcours, "lien", parcours.names("lien")):
        assert "no-store" in answer["Cache-Control"], url
    client = Client()
    for answer in (
        client.get("/verifier/"),
        client.post("/verifier/"),
        client.get("/sante"),
        client.get("/nulle-part"),
    ):
        assert "no-store" in answer["Cache-Control"]


def test_a_visitor_is_never_shown_the_page_of_someone_signed_in(parcours: Parcours) -> None:
    url = reverse("contrat", args=[parcours.espace.slug])
    kept = Client().get(url)["ETag"]
    signed_in = parcours.client("equipe").get(url, headers={"if-none-match": kept})
    assert signed_in.status_code == 200
    assert "Basile Pivot" in signed_in.content.decode()


def test_any_change_to_the_life_of_a_contract_is_sent_at_once(parcours: Parcours) -> None:
    """A row changed beside the services is told too: the digest is that of the page."""
    fiche = parcours.espace.fiches.order_by("pk").first()
    url, client = reverse("action", args=[parcours.espace.slug, fiche.code]), Client()
    kept = client.get(url)["ETag"]
    type(fiche).objects.filter(pk=fiche.pk).update(
        statut="abandonnee", statut_depuis=timezone.localdate(), motif="fictif"
    )
    changed = client.get(url, headers={"if-none-match": kept})
    assert changed.status_code == 200
    assert changed["ETag"] != kept
