"""The day it is: asked in one place, for the contract it is told to."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tenir.contrat.chargement import load_contract
from tenir.core import horloge
from tenir.core.courriels import send_due
from tenir.equipe.services.contacts import Contact, record_contact
from tenir.equipe.services.reglages import save_settings
from tenir.fiches.models import FicheAction
from tenir.fiches.services.nouvelles import give_news
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import acces_of
from tenir.habilitations.roles import Role
from tenir.points.services.envoi import save_point, send_point
from tenir.territoire.fuseaux import FUSEAUX, PARIS, zone_of_communes
from tests.fabriques import BREF, edited
from tests.personnes import body, contract, member
from tests.vie import fiche

SOURCES = Path(__file__).resolve().parents[2] / "src" / "tenir"
THE_PLACE = SOURCES / "core" / "horloge.py"
NO_CONTRACT = {SOURCES / "cli" / "regles.py", *(SOURCES / "core" / "tableur").glob("*.py")}
"""A command without the site: the day of the machine dates the file it prints. A workbook: its cells have no zone."""
DAYS_OF_NO_ONE = {"localdate", "localtime", "make_aware", "today", "date", "activate", "deactivate", "override"}
MORNING_IN_NOUMEA = datetime(2026, 11, 30, 21, 30, tzinfo=UTC)
"""8 h 30 on 1 December in Nouméa, 22 h 30 the day before in Paris."""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))


def takes_a_day(call: ast.Call) -> bool:
    """`moment.date()`, `date.today()`, `timezone.localdate()`, and their like; `horloge.today()` is the one place."""
    assert isinstance(call.func, ast.Attribute)
    owner = call.func.value.id if isinstance(call.func.value, ast.Name) else ""
    if call.func.attr not in DAYS_OF_NO_ONE or owner == "horloge":
        return False
    if call.func.attr == "date":
        return not call.args
    return call.func.attr in {"localdate", "localtime", "make_aware", "today"} or owner == "timezone"


def test_the_day_of_a_moment_is_taken_in_one_place() -> None:
    files = {path for path in SOURCES.rglob("*.py") if "migrations" not in path.parts} - {THE_PLACE} - NO_CONTRACT
    found = [
        f"{path.relative_to(SOURCES)}:{call.lineno}"
        for path in sorted(files)
        if any(name in (text := path.read_text()) for name in DAYS_OF_NO_ONE)  # others are not worth parsing
        for call in calls(ast.parse(text))
        if takes_a_day(call)
    ]
    assert found == [], "demandez le jour à `core.horloge`, qui sait l’heure du contrat"


def test_a_service_says_whose_day_it_asks_for() -> None:
    found = [
        f"{path.relative_to(SOURCES)}:{call.lineno}"
        for path in sorted(SOURCES.glob("*/services/**/*.py"))
        for call in calls(ast.parse(path.read_text()))
        if ast.unparse(call.func) in {"horloge.today", "horloge.real_today"} and not call.args
    ]
    assert found == [], "horloge.today(espace) : une commande ou la boucle n’est entrée dans l’heure d’aucun contrat"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x.cree_le.date()", True),
        ("date.today()", True),
        ("timezone.localdate()", True),
        ("timezone.override(None)", True),
        ("horloge.today()", False),
        ("form.date(2)", False),
        ("settings.override()", False),
    ],
)
def test_the_check_sees_a_day_taken_elsewhere(code: str, said: bool) -> None:
    assert takes_a_day(next(calls(ast.parse(code)))) is said


@pytest.mark.parametrize("code", ["971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988"])
def test_an_overseas_commune_gives_its_clock_to_the_contract(code: str) -> None:
    assert zone_of_communes([f"{code}01"]) in FUSEAUX
    assert zone_of_communes([f"{code}01"]) != PARIS


def test_a_contract_of_the_mainland_lives_in_paris() -> None:
    assert {zone_of_communes(codes) for codes in ([], ["33138"], ["2A004"])} == {PARIS}


def test_a_contract_comes_with_the_clock_of_its_commune(db: None) -> None:
    load_contract(edited(BREF, ("insee: '99001'", "insee: '98818'")), commande="tests")
    assert EspaceDeContrat.objects.get().fuseau == "Pacific/Noumea"


@pytest.fixture
def noumea(db: None) -> EspaceDeContrat:
    """A contract of the other side of the world."""
    found = contract("noumea", etat="signe")
    found.fuseau = "Pacific/Noumea"
    found.save()
    return found


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_its_morning_is_a_day_of_its_own(noumea: EspaceDeContrat, monkeypatch: pytest.MonkeyPatch) -> None:
    at(MORNING_IN_NOUMEA, monkeypatch)
    assert horloge.today(noumea) == date(2026, 12, 1)
    assert horloge.today() == date(2026, 11, 30)
    with horloge.zone(noumea):
        assert horloge.clock(MORNING_IN_NOUMEA) == "à 8 h 30"


def test_news_of_this_morning_are_taken(noumea: EspaceDeContrat, monkeypatch: pytest.MonkeyPatch) -> None:
    by = acces_of(member("Basile Pivot", Role.EQUIPE, noumea))
    at(MORNING_IN_NOUMEA, monkeypatch)
    of: FicheAction = fiche(noumea)
    give_news(by=by, fiche=of, texte="Ouvert ce matin.", le=date(2026, 12, 1))
    assert of.nouvelles.get().le == date(2026, 12, 1)


def test_a_role_given_this_morning_opens_this_morning(noumea: EspaceDeContrat, monkeypatch: pytest.MonkeyPatch) -> None:
    at(MORNING_IN_NOUMEA, monkeypatch)
    new = member("Gil Matin", Role.LECTURE, noumea, since=date(2026, 12, 1))
    assert acces_of(new).contracts() == [noumea]
    Habilitation.objects.filter(personne=new).update(au=date(2026, 12, 1))
    assert acces_of(new).contracts() == []


def test_a_reminder_leaves_in_the_morning_of_the_partner(noumea: EspaceDeContrat) -> None:
    assert horloge.at(date(2026, 12, 1), time(9), noumea) == datetime(2026, 11, 30, 22, tzinfo=UTC)


def test_a_page_shows_moments_by_the_clock_of_its_contract(
    noumea: EspaceDeContrat, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(MORNING_IN_NOUMEA, monkeypatch)
    by = member("Basile Pivot", Role.EQUIPE, noumea)
    client.force_login(by.utilisateur)
    save_settings(by=acces_of(by), espace=noumea, changes={"fuseau": "Pacific/Wallis"})
    page = client.get(f"/espace/{noumea.slug}/trace/").content.decode()
    assert "1er\u00a0décembre 2026, 09:30" in page
    assert timezone.get_current_timezone_name() == PARIS


def test_a_day_asked_for_a_point_is_to_come_there(noumea: EspaceDeContrat, monkeypatch: pytest.MonkeyPatch) -> None:
    by = acces_of(member("Basile Pivot", Role.EQUIPE, noumea))
    at(MORNING_IN_NOUMEA, monkeypatch)
    with pytest.raises(Exception, match="jour à venir"):
        save_point(by=by, espace=noumea, given={"titre": "A", "reponse_avant": date(2026, 12, 1)})


HALF_PAST_MIDNIGHT = datetime(2026, 11, 28, 23, 30, tzinfo=UTC)
"""0 h 30 on 29 November in Paris: still the 28th by the UTC day."""


def test_a_contact_added_in_the_night_is_asked(vallon: EspaceDeContrat, monkeypatch: pytest.MonkeyPatch) -> None:
    by = acces_of(member("Basile Pivot", Role.EQUIPE, vallon))
    fiche(vallon, pilots=("caf",))
    at(HALF_PAST_MIDNIGHT, monkeypatch)
    record_contact(by=by, espace=vallon, contact=Contact("Ida Fictive", body("caf"), email="ida@exemple.test"))
    point = save_point(by=by, espace=vallon, given={"titre": "Nuit", "reponse_avant": date(2026, 12, 9)})
    send_point(by=by, point=point)
    send_due(HALF_PAST_MIDNIGHT)
    assert [message.to for message in mail.outbox] == [["ida@exemple.test"]]
