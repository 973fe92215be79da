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
from tenir.activite.ecrans.carnets.vues import _counted
from tenir.activite.models import Entree
from tenir.activite.services.carnets import close_carnet
from tenir.activite.services.liens_de_carnet import make_link
from tenir.activite.services.par_carnet import note
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of
from tests.activite.carnets import affiche, carnet, expire, jeton_of
from tests.activite.registre import entree, said
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


@pytest.mark.parametrize("name", ["mon-carnet-renvoyer", "mon-carnet-ne-plus"])
def test_a_wall_sends_nothing_and_a_closed_carnet_no_more(vallon: EspaceDeContrat, equipe: Acces, name: str) -> None:
    wall, mine = affiche(equipe, vallon), carnet(equipe, vallon)
    assert Client().post(reverse(name, args=[jeton_of(wall)])).status_code == 404
    url = reverse(name, args=[jeton_of(mine)])
    close_carnet(by=equipe, carnet=mine)
    assert Client().post(url).status_code == 410
    mine.refresh_from_db()
    assert mine.mensuel
    assert mine.liens.count() == 1


def test_what_is_noted_of_long_ago_is_said_on_the_first_page(vallon: EspaceDeContrat, equipe: Acces) -> None:
    client, url = Lectrice(), reverse("mon-carnet-noter", args=[jeton_of(carnet(equipe, vallon)), "atelier"])
    ago = horloge.today(vallon) - timedelta(days=70)
    typed = {"jour": "autre", "autre_jour": ago.isoformat(), "v_presents": "12"}
    answer = client.post(url, {**held(client.get(url)), **typed}, follow=True)
    assert answer.status_code == 200
    assert "C’est noté" in answer.content.decode()
    assert Entree.objects.get().fin == ago


def test_a_page_left_open_since_another_day_asks_which(vallon: EspaceDeContrat, equipe: Acces) -> None:
    client, url = Lectrice(), reverse("mon-carnet-noter", args=[jeton_of(carnet(equipe, vallon)), "atelier"])
    stale = (horloge.today(vallon) - timedelta(days=2)).isoformat()
    answer = client.post(url, {**held(client.get(url)), "jour": stale, "v_presents": "12"})
    assert answer.status_code == 422
    assert "date d’un autre jour" in answer.content.decode()
    empty = client.post(url, {**held(client.get(url)), "jour": "autre", "v_presents": "12"})
    assert "Donnez le jour." in empty.content.decode()
    assert not Entree.objects.exists()


def test_a_number_and_a_cancellation_of_one_session_are_not_both_taken(vallon: EspaceDeContrat, equipe: Acces) -> None:
    day = horloge.today(vallon) - timedelta(days=2)
    entree(equipe, vallon, None, le=day, statut="prévue")
    client, url = Lectrice(), reverse("mon-carnet-mois", args=[jeton_of(carnet(equipe, vallon))])
    answer = client.post(url, {**held(client.get(url)), "n_e1": "12", "a_e1": "on"})
    assert answer.status_code == 422
    assert "pas les deux" in answer.content.decode()
    gone = client.post(url, {**held(client.get(url)), "n_e9": "12", "n_e1": "12"})
    assert "entre-temps" in gone.content.decode()
    assert not Entree.objects.counted().exists()


@pytest.mark.parametrize("typed", ["0", "12"])
def test_a_session_to_which_nobody_came_is_told_as_any_other(
    vallon: EspaceDeContrat, equipe: Acces, typed: str
) -> None:
    day = horloge.today(vallon) - timedelta(days=2)
    entree(equipe, vallon, None, le=day, statut="prévue")
    client, url = Lectrice(), reverse("mon-carnet-mois", args=[jeton_of(carnet(equipe, vallon))])
    page = held(client.get(url))
    assert client.post(url, {**page, "n_e1": typed, "a_e1": "on"}).status_code == 422
    client.post(url, {**page, "n_e1": typed, "exact": "on"})
    (told,) = Entree.objects.get().valeurs.all()
    assert (told.entree.statut, told.valeur) == ("tenue", int(typed))


def test_the_list_counts_each_entry_once_however_many_links(vallon: EspaceDeContrat, team: Acces) -> None:
    mine = carnet(team, vallon)
    for _ in range(3):
        make_link(mine)
    for rank in range(2):
        day = horloge.today(vallon) - timedelta(days=rank)
        note(mine, nature="atelier", saisie=said(12, le=day), cle="")
    assert list(_counted(vallon).values_list("nombre", flat=True)) == [2]


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
        with django_assert_max_num_queries(19):
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
