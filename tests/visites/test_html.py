"""Every page as every reader: HTML that needs no guess (`tests/html.py` says what is asked), no value of Python."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from tenir.habilitations.roles import Role
from tests import routes
from tests.brutes import read_in
from tests.html import faults
from tests.parcours import WALKED, Parcours, Reponse
from tests.partage import undone
from tests.personnes import member
from tests.routes import stated

PLATFORM, WRITES = "administration", "equipe"
SHOWS_CODE = ("/licence/", "/composants/")
"""What shows code on purpose: a licence, the gallery of components."""


@pytest.mark.parametrize("who", ["visiteur", "lecture", "partenaire", "lien", PLATFORM])
def test_no_page_nor_file_shows_a_value_of_python(parcours: Parcours, who: str) -> None:
    found = {
        url: wrong
        for url, answer in answers(parcours, who)
        if not url.startswith(SHOWS_CODE) and (wrong := read_in(answer))
    }
    assert found == {}


@pytest.mark.parametrize("who", [*WALKED, PLATFORM])
def test_no_page_leaves_anything_to_guess(parcours: Parcours, who: str) -> None:
    found = [f"{url} : {fault}" for url, html in pages(parcours, who) for fault in faults(html)]
    assert not found, "\n".join(found)


def pages(parcours: Parcours, who: str) -> Iterator[tuple[str, str]]:
    """The pages that someone may open, with their HTML; to the team, those too that refuse a form sent empty."""
    yield from ((url, answer.page) for url, answer in answers(parcours, who))
    client = parcours.client(who)
    for url in addresses(parcours, who) if who == WRITES else ():
        with undone():
            refused = Reponse.of(client.post(url))
        yield url, refused.page


def answers(parcours: Parcours, who: str) -> Iterator[tuple[str, Reponse]]:
    """What a reader is answered, wherever she goes."""
    if who == PLATFORM:
        parcours.people[who] = member("Ada Sommet", Role.ADMINISTRATION)
    yield from parcours.answers(who, addresses(parcours, who))


def addresses(parcours: Parcours, who: str) -> Iterator[str]:
    """What a reader opens; for the administration, its own pages and the twins of those of a contract."""
    if who != PLATFORM:
        for name in parcours.names(who):
            yield from parcours.urls(name)
        return
    for name, route in stated().items():
        if route.droit in (routes.PLATEFORME, routes.ADMINISTRATION) and route.requetes is not None:
            yield from parcours.urls(name)
        if route.jumelle:
            yield reverse(f"plateforme-{name}", args=parcours.arguments.get(name, []))


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<p id="a"></p><p id="a"></p>', "écrit 2 fois"),
        ('<p id=""></p>', "id vide"),
        ('<input type="hidden" name="a" aria-invalid="true">', "champ caché"),
        ('<a href="?q=a b">x</a>', "n’est pas une adresse"),
        ('<label for="b">x</label>', "ne mène à rien"),
        ('<label for="b">x</label><p id="b"></p>', "aucun champ"),
        ('<table role="table"></table>', "dit déjà ce qu’il est"),
        ('<table class="liste" role="table"><tbody role="rowgroup"><tr></tr></tbody></table>', "n’a pas son rôle"),
        ("<p><div></div></p>", "<div> dans <p>"),
        ("<ul><p></p></ul>", "<p> dans <ul>"),
        ("<a href='/'><button>x</button></a>", "<button> dans <a>"),
        ("<div><span></div>", "ferme <span>"),
        ("<div>", "jamais fermés"),
        ("<tr><td>x</td></tr>", "<tr> dans"),
        ('<p class="a" class="b"></p>', "deux fois le même attribut"),
        ('<textarea maxlength="1000"></textarea>', "coupe sans le dire"),
    ],
)
def test_what_is_wrong_is_seen(html: str, said: str) -> None:
    assert any(said in fault for fault in faults(html))


def test_what_is_right_is_left_alone() -> None:
    html = '<ul><li><a href="/a?b=c&amp;d=%20#e">é</a><br></li></ul><label for="f">x</label><input id="f" type="text">'
    assert faults(html) == []
