"""A restored site, or a copy, sends nothing before a person wakes it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core import mail
from django.test import Client
from django.utils import timezone

from tenir.cli.main import main
from tenir.core import courriels, sommeil, taches
from tenir.core.courriels import Message
from tenir.core.models import Courriel, EntreeDeTrace, Machine
from tenir.core.piece import Piece
from tenir.core.taches import Tache
from tests.pieces import beside

pytestmark = pytest.mark.django_db
PAGE = "/plateforme/fonctionnement/"


@pytest.fixture(autouse=True)
def waiting(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> list[str]:
    """A message that waits, and two tasks: one asks for messages, one keeps house. What was run."""
    settings.VAR = tmp_path
    settings.RELEVES, settings.SAUVEGARDES = tmp_path / "releves.csv", ""
    run: list[str] = []
    tasks = [
        Tache("rappels", lambda now: run.append("rappels") or "", timedelta(0)),
        Tache("rangement", lambda now: run.append("rangement") or "", timedelta(0), menage=True),
    ]
    messages = {"essai": lambda cible, now: Message("ida@exemple.test", "Objet", "Bonjour")}
    beside(monkeypatch, Piece("essai", messages=messages, tasks=tasks))
    courriels.enqueue(cle="essai/1", genre="essai", cible="1")
    return run


def turn() -> None:
    taches.run_due(timezone.now() + timedelta(seconds=1))


def test_a_new_site_is_awake_and_knows_its_machine(waiting: list[str]) -> None:
    turn()
    assert not sommeil.asleep()
    assert (len(mail.outbox), waiting) == (1, ["rappels", "rangement"])
    assert Machine.objects.get().reconnue


def restored(settings, tmp_path: Path) -> None:
    sommeil.settle()
    sommeil.fall_asleep()


def moved(settings, tmp_path: Path) -> None:
    sommeil.settle()
    settings.VAR = tmp_path / "copie"


def on_another_machine(settings, tmp_path: Path) -> None:
    sommeil.settle()
    settings.MACHINE = "une-autre"


COPIES = (restored, moved, on_another_machine)


@pytest.mark.parametrize("copy", COPIES)
def test_from_a_copy_nothing_leaves_and_the_house_is_kept(
    copy: Callable[..., None], waiting: list[str], settings, tmp_path: Path
) -> None:
    copy(settings, tmp_path)
    turn()
    courriels.send_due(timezone.now())
    assert (mail.outbox, waiting) == ([], ["rangement"])
    with pytest.raises(sommeil.SiteEndormi):
        sommeil.awake_or_refuse()


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize(("words", "left"), [([], 1), (["--sans-envoyer"], 0)])
def test_a_command_wakes_it_and_the_trace_tells_it(
    copy: Callable[..., None], words: list[str], left: int, settings, tmp_path: Path
) -> None:
    copy(settings, tmp_path)
    answer = CliRunner().invoke(main, ["reveiller", *words], catch_exceptions=False)
    assert answer.exit_code == 0
    assert "Ce site est réveillé" in answer.output
    turn()
    assert len(mail.outbox) == left
    assert EntreeDeTrace.objects.get(genre="machine").commande == "reveiller"
    assert "ne dormait pas" in CliRunner().invoke(main, ["reveiller"]).output


@pytest.mark.parametrize(("button", "state"), [("reveiller", "a-envoyer"), ("reveiller-sans-envoyer", "annule")])
def test_the_page_of_the_platform_says_that_it_sleeps_and_wakes_it(
    as_: Callable[[str], Client], settings, tmp_path: Path, button: str, state: str
) -> None:
    client = as_("administration")
    assert button not in client.get(PAGE).content.decode()
    restored(settings, tmp_path)
    shown = client.get(PAGE).content.decode()
    assert "Ce site dort" in shown
    assert f'name="{button}"' in shown
    assert "réveillé" in client.post(PAGE, {button: "oui"}, follow=True).content.decode()
    assert Courriel.objects.get().etat == state
    assert EntreeDeTrace.objects.get(genre="machine").acteur
    assert "Ce site dort" not in client.get(PAGE).content.decode()


def test_only_the_administration_wakes_it(as_: Callable[[str], Client], settings, tmp_path: Path) -> None:
    restored(settings, tmp_path)
    for someone in ("equipe", "lecture"):
        assert as_(someone).post(PAGE, {"reveiller": "oui"}).status_code in (403, 404)
    assert sommeil.asleep()


def test_health_says_that_it_sleeps(settings, tmp_path: Path) -> None:
    assert Client().get("/sante.json").json()["endormi"] is False
    restored(settings, tmp_path)
    assert Client().get("/sante.json").json()["endormi"] is True
    assert "ce site dort" in Client().get("/sante").content.decode()


def test_a_demonstration_never_sleeps(settings, tmp_path: Path) -> None:
    restored(settings, tmp_path)
    settings.DEMONSTRATION = True
    assert not sommeil.asleep()
