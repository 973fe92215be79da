"""Every address of the site × every set of rights × {one's own contract, another's, the platform}.

Each room states its routes in `tests/<room>/routes.py` (`tests/routes.py` says what); what it states is held here. A
route that nobody states fails, with the sentence that says what to write.
"""

import ast
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.habilitations.models import EspaceDeContrat
from tests import routes
from tests.brutes import read_in
from tests.parcours import Reponse
from tests.public.conftest import FICTIF, load_and_publish
from tests.routes import SANS_PAGE, WHO_OF, arguments_of, parameters, room_of, stated
from tests.salle import (  # noqa: F401 (fixtures)
    Salle,
    _contrats,
    _people,
    _room,
    _signed_in,
    _the_other_contract,
    _this_contract,
    _this_room,
    walk,
)

SETS = ["visiteur", "sans role", "voisin", "lecture", "partenaire", "copilote", "equipe", "administration"]
ROUTES = routes.routes()
CLOSED = [route for route in ROUTES if getattr(route.callback, "login_required", True)]
OURS = [route for route in CLOSED if route.callback.__module__.startswith("tenir.")]

STATED = stated()
WHO = {name: WHO_OF[route.droit] for name, route in STATED.items() if route.droit in WHO_OF}
"""Who opens each page of a contract; its twin of the platform is for the administration alone."""
TWINS = [name for name, route in STATED.items() if route.jumelle]
ALONE = {
    name
    for name, route in STATED.items()
    if route.droit == routes.SIGNE and room_of(name).__name__ != "tests.acteurs.routes"
}
"""The closed pages that belong to no contract: whoever is signed in opens her own."""
BEHIND_A_SECRET = {name for name, route in STATED.items() if route.droit == routes.LIEN}
"""The pages that a link sent by e-mail opens, without signing in."""
OF_THE_PLATFORM = {name for name, route in STATED.items() if route.droit == routes.PLATEFORME}
"""The pages that exist for the platform alone."""
OF_A_WORK = {name for name, route in STATED.items() if route.droit == routes.DEMANDEUR}
"""The pages of a long work, for who asked it and the team."""
MEASURED = sorted(name for name, route in STATED.items() if route.requetes is not None)


NOT_YET = {reverse("mfa_view_recovery_codes")}
"""What opens once something else is done: here, once recovery codes exist."""


@pytest.fixture
def client() -> Client:
    """A browser that sends without having read."""
    return Client()


WRITE = (
    "« {} » n’est décrite nulle part : ajoutez sa ligne à ROUTES de tests/<sa salle>/routes.py, "
    "Route(qui l’ouvre, le parcours qui y passe axe ou pourquoi aucun, le nombre de requêtes d’un GET)."
)


def test_every_route_is_stated_by_its_room() -> None:
    twins = {f"plateforme-{name}" for name in TWINS}
    untold = {str(route.name) for route in ROUTES} - STATED.keys() - twins
    assert not untold, "\n".join(WRITE.format(name) for name in sorted(untold))
    gone = STATED.keys() - {str(route.name) for route in ROUTES}
    assert not gone, f"décrites, et qui n’existent plus : {sorted(gone)}"


def test_a_route_is_stated_once_by_the_room_of_its_view() -> None:
    told = [name for module in routes.rooms().values() for name in module.ROUTES]
    assert len(told) == len(set(told))
    for route in ROUTES:
        module = str(route.callback.__module__)
        room = module.split(".")[1] if module.startswith("tenir.") else "acteurs"
        name = str(route.name).removeprefix("plateforme-")
        assert room_of(name).__name__ == f"tests.{room}.routes", route.name


@pytest.mark.parametrize("name", STATED)
def test_the_journey_that_a_route_names_exists_and_runs_axe(name: str) -> None:
    axe = STATED[name].axe
    if axe in SANS_PAGE:
        return
    path, _, test = axe.partition("::")
    assert "axe" in journeys(path).get(test, ()), (
        f"« {name} » : {axe!r} n’est ni un parcours qui demande « axe », ni l’une de {sorted(SANS_PAGE)}."
    )


def journeys(path: str) -> dict[str, set[str]]:
    """The tests of a file, with the fixtures that each asks for."""
    file = Path(__file__).parents[1] / path
    tree = ast.parse(file.read_text()) if file.is_file() else ast.Module([], [])
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {one.name: {given.arg for given in (*one.args.args, *one.args.kwonlyargs)} for one in functions}


@pytest.mark.deux_bases
def test_a_page_takes_no_more_queries_than_its_room_states(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, room: Salle
) -> None:
    reader = {routes.PLATEFORME: "administration", routes.ADMINISTRATION: "administration", routes.LIEN: "visiteur"}
    with walk(room.names(name for name in MEASURED if STATED[name].droit != routes.OUVERTE)) as steps:
        for name, step in steps:
            with step:
                route, slug = STATED[name], [vallon.slug] if "slug" in parameters(name) else []
                client = as_(reader.get(route.droit, "equipe"))
                over = too_many(client, reverse(name, args=[*slug, *room.arguments.get(name, [])]), route)
                assert not over, f"{name} : {over}"


def queries(client: Client, url: str) -> int:
    """How many queries one GET takes; a page that does not open proves nothing."""
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(url)
    assert answer.status_code < 400 or url in NOT_YET, url
    return len(caught)


def too_many(client: Client, url: str, route: routes.Route) -> str:
    """How many queries more than stated one GET takes, once what is read once for all is; nothing when it holds."""
    taken = queries(client, url)
    taken = taken if taken <= (route.requetes or 0) else queries(client, url)
    return f"{taken} requêtes, {route.requetes} annoncées" if taken > (route.requetes or 0) else ""


def test_an_open_page_takes_no_more_queries_than_its_room_states(client: Client, db: None, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    fictif = load_and_publish(FICTIF, FICTIF.with_suffix(".txt"))
    over = []
    for name in MEASURED:
        if STATED[name].droit == routes.OUVERTE:
            given = arguments_of(room_of(name), fictif).get(name, [])
            slug = [fictif.slug] if "slug" in parameters(name) else []
            found = too_many(client, reverse(name, args=[*slug, *given]), STATED[name])
            over += [f"{name} : {found}"] if found else []
    assert not over, over


def test_every_closed_route_of_the_house_carries_a_decision() -> None:
    assert OURS
    assert [route.name for route in OURS if not getattr(route.callback, "decision", "")] == []


def test_every_decision_has_its_line_here() -> None:
    twins = {f"plateforme-{name}" for name in TWINS}
    assert {str(route.name) for route in OURS} == WHO.keys() | twins | ALONE | OF_THE_PLATFORM | OF_A_WORK


def test_only_the_public_site_is_open() -> None:
    ours = [route for route in ROUTES if route.callback.__module__.startswith("tenir.") and route not in OURS]
    assert {route.callback.__module__.split(".")[1] for route in ours if route.name not in BEHIND_A_SECRET} == {
        "abonnements",  # whoever follows a contract has no account
        "public",
    }


def test_a_page_of_a_contract_opens_to_its_sets_alone(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, room: Salle
) -> None:
    with walk(product(room.names(WHO), SETS)) as steps:
        for (name, who), step in steps:
            with step:
                url = reverse(name, args=[vallon.slug, *room.arguments.get(name, [])])
                client = as_(who)
                answers = [client.get(url)] + ([client.post(url)] if sends(who, name) else [])
                assert not (who in READ_AS and read_in(Reponse.of(answers[0]))), who
                for answer in answers:
                    assert answer.status_code in allowed(who, name), (who, answer.status_code)
                    if answer.status_code == 403:
                        assert "est réservé" in answer.content.decode(), who
                    if who == "visiteur":
                        assert answer["Location"].startswith("/compte/")


READ_AS = {"partenaire", "administration"}
"""As whom what Python writes is looked for too; `tests/test_valeurs_brutes.py` reads as the team."""


def sends(who: str, name: str) -> bool:
    """Whether an empty form is sent as someone too: as all who may not, and as the least and the most of those who may.

    The page that refuses it is the same for those between.
    """
    may = [one for one in SETS if one in WHO[name]]
    return who not in may or who in (may[0], may[-1])


def allowed(who: str, name: str) -> set[int]:
    """What a page may answer to someone."""
    if who == "visiteur":
        return {302}
    if who in {"sans role", "voisin"}:
        return {404}
    return {200, 302, 405, 409, 422} if who in WHO[name] else {403}


@pytest.mark.deux_bases
def test_a_page_of_the_platform_opens_to_its_administration_alone(as_: Callable[[str], Client], room: Salle) -> None:
    with walk(product(room.names(TWINS), SETS)) as steps:
        for (name, who), step in steps:
            with step:
                twin = f"plateforme-{name}"
                url = reverse(twin, args=room.arguments.get(twin, room.arguments.get(name, [])))
                opened = 405 if STATED[name].axe == routes.GESTE else 200
                assert as_(who).get(url).status_code == {"visiteur": 302, "administration": opened}.get(who, 403)


def test_what_belongs_to_a_contract_does_not_exist_in_another(
    as_: Callable[[str], Client], colline: EspaceDeContrat, room: Salle
) -> None:
    with walk(room.names(WHO)) as steps:
        for name, step in steps:
            with step:
                found = room.arguments.get(name, [])
                url, voisin = reverse(name, args=[colline.slug, *found]), as_("voisin")
                answer = voisin.get(url)
                answer = voisin.post(url) if answer.status_code == 405 else answer
                if not found or STATED[name].commune or found in (["csv"], ["docx"], ["fiches"]):
                    assert answer.status_code == 200
                else:
                    assert answer.status_code == (403 if WHO[name] == WHO_OF[routes.ADMINISTRATION] else 404)


ONE_S_OWN = ("habilitation-fin", "droits-d-une-personne", "trace-personne", "trace-objet", "contact-fin")


def test_the_administration_does_not_find_a_thing_of_a_contract_in_another(
    as_: Callable[[str], Client], colline: EspaceDeContrat, room: Salle
) -> None:
    with walk(room.names(ONE_S_OWN)) as steps:
        for name, step in steps:
            with step:
                url = reverse(name, args=[colline.slug, *room.arguments[name]])
                assert as_("administration").get(url).status_code == 404


def test_an_unknown_contract_does_not_exist(as_: Callable[[str], Client], room: Salle) -> None:
    with walk(room.names(WHO)) as steps:
        for name, step in steps:
            with step:
                url = reverse(name, args=["contrat-inconnu", *room.arguments.get(name, [])])
                assert {as_(who).get(url).status_code for who in ("lecture", "equipe", "administration")} == {404}


@pytest.mark.parametrize("name", ["trace-personne", "droits-d-une-personne", "habilitation-fin"])
def test_a_number_past_every_row_does_not_exist(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, name: str
) -> None:
    assert as_("equipe").get(reverse(name, args=[vallon.slug, 10**30])).status_code == 404


@pytest.mark.parametrize("who", SETS)
@pytest.mark.parametrize("name", sorted(ALONE))
def test_whoever_signs_in_has_her_own_pages(as_: Callable[[str], Client], who: str, name: str) -> None:
    assert as_(who).get(reverse(name), {"liste": "oui"}).status_code == (302 if who == "visiteur" else 200)


def test_an_account_that_is_nobody_s_is_told_whom_to_ask(
    client: Client, vallon: EspaceDeContrat, django_user_model
) -> None:
    client.force_login(django_user_model.objects.create_user("personne@exemple.test"))
    for url in (reverse("mes-contrats"), reverse("droits", args=[vallon.slug])):
        answer = client.get(url)
        assert answer.status_code == 403
        assert "rattaché à aucune personne" in answer.content.decode()


@pytest.mark.deux_bases
def test_what_concerns_the_platform_alone_opens_to_its_administration(
    as_: Callable[[str], Client], room: Salle
) -> None:
    with walk(product(room.names(OF_THE_PLATFORM), SETS)) as steps:
        for (name, who), step in steps:
            with step:
                url = reverse(name, args=room.arguments.get(name, []))
                expected = {"visiteur": 302, "administration": 200}.get(who, 403)
                assert as_(who).get(url).status_code == expected
                if expected != 200:
                    assert as_(who).post(url).status_code == expected
