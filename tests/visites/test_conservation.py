"""What a browser may keep: the public pages, asked for again each time; nothing of what someone signed in reads."""

from difflib import ndiff

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.parcours import Parcours, Reponse, ask
from tests.routes import OUVERTE, room_of, stated

PUBLIC = [
    name
    for name, route in stated().items()
    if route.droit == OUVERTE
    and route.requetes is not None
    and room_of(name).__name__ == "tests.public.routes"
    and not name.startswith(
        (
            "sante",
            "verifier",
            "composants",
            "preconisation-deposer",
            "candidater",
            "dossier-ouvrir",
            "mes-droits",
            "enquete",
        )
    )  # they hold forms: a cookie is set
]
"""What may be kept: the rest of the site may not."""


def sent_again(client: Client, url: str, kept: Reponse) -> list[str]:
    """What differs from what a browser kept; asked at once where a page tells the minute at which it was made."""
    for known in (kept, ask(client, url)):
        again = client.get(url, headers={"if-none-match": known.headers["ETag"]})
        if again.status_code == 304:
            return []
    return difference(known, Reponse.of(again)) or [f"{url} : l’empreinte seule"]


def difference(one: Reponse, other: Reponse) -> list[str]:
    """The lines that differ between two answers of one address."""
    lines = (answer.content.decode("utf-8", "replace").splitlines() for answer in (one, other))
    return [line for line in ndiff(*lines) if line[0] in "+-"]


def test_the_public_pages_are_walked() -> None:
    assert {"contrat", "action", "actions-export", "credits", "histoire", "aide-page", "accueil"} <= set(PUBLIC)


def test_a_public_page_is_kept_and_not_sent_twice(parcours: Parcours) -> None:
    seen, sent_twice, client = 0, {}, Client()
    for url, answer in parcours.answers("visiteur", parcours.addresses(PUBLIC)):
        told = answer.headers
        if answer.status_code != 200:
            assert told["Cache-Control"] == "private, no-store", url
            continue
        assert told["Cache-Control"] == "public, no-cache", url
        assert "Cookie" in told["Vary"], url
        if "spreadsheetml" not in told["Content-Type"]:  # a workbook tells the second at which it was made
            seen += 1
            if found := sent_again(client, url, answer):
                sent_twice[url] = found
    assert not sent_twice, sent_twice
    assert seen > 40


@pytest.mark.parametrize("who", ["lecture", "partenaire", "equipe"])
def test_whoever_is_signed_in_leaves_nothing_in_her_browser(parcours: Parcours, who: str) -> None:
    for url, answer in parcours.answers(who, parcours.addresses([*PUBLIC, *parcours.names(who)])):
        assert "no-store" in answer.headers["Cache-Control"], url
        assert "ETag" not in answer.headers, url


def test_what_a_link_opens_and_what_is_told_of_a_draft_are_kept_nowhere(parcours: Parcours) -> None:
    for url, kept in parcours.answers("lien", parcours.addresses(parcours.names("lien"))):
        assert "no-store" in kept.headers["Cache-Control"], url
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
