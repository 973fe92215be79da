"""The screens of carnets: who finds which, what they say, what the list costs."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tenir import activite, core
from tenir.acteurs.models import Personne
from tenir.activite.models import Entree
from tenir.activite.services.carnets import close_carnet
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of
from tests.activite.carnets import affiche, carnet, expire, jeton_of
from tests.activite.registre import entree
from tests.formulaires import Lectrice, held

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
AT = "/espace/vallon/activite/carnets/"
TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{6})")


@pytest.fixture
def team(people: dict[str, Personne]) -> Acces:
    return acces_of(people["equipe"])


def css(room: Path, name: str) -> dict[str, str]:
    return dict(TOKEN.findall((room.parent / "static" / name).read_text()))


def test_the_light_style_has_the_colours_of_the_site() -> None:
    ours = css(Path(activite.__file__), "activite/carnet.css")
    theirs = css(Path(core.__file__), "core/base.css")
    assert ours
    assert {name: theirs.get(name) for name in ours} == ours


def test_the_list_takes_the_same_queries_however_many(
    as_: As, vallon: EspaceDeContrat, team: Acces, django_assert_max_num_queries
) -> None:
    for rank in range(6):
        carnet(team, vallon, name=f"Nora Numéro {rank}")
    affiche(team, vallon)
    client = as_("equipe")
    client.get(AT)
    with django_assert_max_num_queries(14):
        html = client.get(AT).content.decode()
    assert html.count("Le carnet du CCAS") == 6
    assert "L’affiche de La Navette" in html


def test_closed_ones_are_shown_when_asked_for(as_: As, vallon: EspaceDeContrat, team: Acces) -> None:
    close_carnet(by=team, carnet=carnet(team, vallon))
    assert "Le carnet du CCAS" not in as_("equipe").get(AT).content.decode()
    assert "Le carnet du CCAS" in as_("equipe").get(f"{AT}?fermes=oui").content.decode()


@pytest.mark.parametrize("who", ["partenaire", "lecture"])
def test_carnets_are_the_team_s(as_: As, vallon: EspaceDeContrat, team: Acces, who: str) -> None:
    made = carnet(team, vallon)
    assert as_(who).get(AT).status_code == 403
    assert as_(who).get(f"{AT}{made.numero}/").status_code == 403
    assert 'name="carnet"' not in as_(who).get("/espace/vallon/activite/").content.decode()


def test_a_link_that_is_over_says_what_to_do(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = carnet(equipe, vallon)
    url = reverse("mon-carnet", args=[jeton_of(made)])
    expire(made)
    answer = Client().get(url)
    assert answer.status_code == 410
    assert "Recevoir un lien neuf" in answer.content.decode()
    close_carnet(by=equipe, carnet=made)
    again = Client().get(url).content.decode()
    assert "Ce carnet est fermé." in again
    assert "Recevoir un lien neuf" not in again


def test_opening_a_page_changes_nothing(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = carnet(equipe, vallon)
    token = jeton_of(made)
    for name in ("", "-mois", "-notees", "-renvoyer", "-ne-plus"):
        assert Client().get(reverse(f"mon-carnet{name}", args=[token])).status_code == 200
        assert Client().head(reverse(f"mon-carnet{name}", args=[token])).status_code == 200
    made.refresh_from_db()
    assert made.mensuel
    assert made.liens.count() == 1


def test_what_another_body_did_does_not_exist_behind_a_link(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine = carnet(equipe, vallon)
    today = horloge.today(vallon)
    theirs = entree(equipe, vallon, of="mairie", le=today)
    old = entree(equipe, vallon, le=today - timedelta(days=61))
    for one in (theirs, old):
        for name in ("mon-carnet-notee", "mon-carnet-corriger"):
            assert Client().get(reverse(name, args=[jeton_of(mine), one.numero])).status_code == 404


def test_a_month_page_costs_the_same_with_more_entries(
    vallon: EspaceDeContrat, equipe: Acces, django_assert_max_num_queries
) -> None:
    mine = carnet(equipe, vallon)
    for rank in range(12):
        entree(equipe, vallon, le=horloge.today(vallon) - timedelta(days=rank))
    client, urls = Client(), [reverse(f"mon-carnet{end}", args=[jeton_of(mine)]) for end in ("", "-mois", "-notees")]
    for url in urls:
        with django_assert_max_num_queries(17):
            assert client.get(url).status_code == 200


def test_the_page_of_the_carnet_is_not_kept_by_browsers(vallon: EspaceDeContrat, equipe: Acces) -> None:
    answer = Client().get(reverse("mon-carnet", args=[jeton_of(carnet(equipe, vallon))]))
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_correction_of_a_note_that_moved_loses_nothing_of_what_stands(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine = carnet(equipe, vallon)
    made = entree(equipe, vallon, le=horloge.today(vallon))
    url = reverse("mon-carnet-corriger", args=[jeton_of(mine), made.numero])
    client = Lectrice()
    read = held(client.get(url))
    Entree.objects.update(version=2)
    answer = client.post(url, {**read, "v_presents": "99"})
    assert answer.status_code == 409
    assert "Tout laisser comme c’est" in answer.content.decode()
