"""Every message that the product sends: found by what rooms declare, made to leave, read as a mail program does."""

import ast
import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import resolve

from tenir.core.lettre import AUTOMATIC, GREETED
from tenir.core.piece import by_name
from tenir.habilitations.models import EspaceDeContrat
from tests.lettres import Make, each_example, examples
from tests.personnes import contract

SOURCES = Path(__file__).resolve().parents[1] / "src" / "tenir"
DOORS = {"core/lettre.py", "core/courriels.py"}
"""The one door, and the queue that goes through it."""
TEAM = {
    "contact_nom": "Service fictif",
    "contact_telephone": "05 00 00 00 01",
    "contact_courriel": "equipe@exemple.test",
}
ACTION = "O01-A01"
"""What the title of the action of the tests ends with."""
CODE = re.compile(r"\b[A-Z]\d{2}(?:-[A-Z]\d{2})?\b")
UNSUBSCRIBE = "List-Unsubscribe"

ALL = pytest.mark.parametrize(
    ("make", "of_the_site"),
    [pytest.param(make, site, id=f"{kind}-{make.__name__}") for kind, make, site in each_example()],
)


@pytest.fixture
def songe(db: None, settings) -> EspaceDeContrat:
    """A contract that says whom to call."""
    settings.EDITEUR = {**settings.EDITEUR, "nom": "Communauté fictive", "contact": "site@exemple.test"}
    found = contract("songe", etat="signe")
    EspaceDeContrat.objects.filter(pk=found.pk).update(titre="Contrat de ville de Songe 2024-2030", **TEAM)
    return EspaceDeContrat.objects.get(pk=found.pk)


def read(make: Make, espace: EspaceDeContrat) -> EmailMessage:
    """The last message that left, as bytes on the wire."""
    make(espace)
    found = message_from_bytes(mail.outbox[-1].message().as_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


@pytest.fixture(scope="module")
def left() -> dict[Make, EmailMessage]:
    """The messages that left already: several checks read each of them."""
    return {}


@pytest.fixture
def lettre(left: dict[Make, EmailMessage], make: Make, songe: EspaceDeContrat) -> EmailMessage:
    """A message as it left, made once: for what is held against its words, not for what its links do."""
    if make not in left:
        left[make] = read(make, songe)
    return left[make]


def text(found: EmailMessage) -> str:
    body = found.get_body(preferencelist=("plain",))
    assert body is not None
    return without_nbsp(str(body.get_content()))


def without_nbsp(told: str) -> str:
    return told.replace("\u00a0", " ").replace("\u202f", " ")


def test_every_kind_that_a_room_declares_is_made_here() -> None:
    declared = by_name("messages").keys() | by_name("at_once").keys()
    assert declared == examples().keys(), "une ligne dans MESSAGES de tests/<sa salle>/messages.py"
    assert by_name("messages").keys() == by_name("message_names").keys()


def test_there_is_one_door() -> None:
    others = {path: path.relative_to(SOURCES).as_posix() for path in SOURCES.rglob("*.py")}
    found = [
        name
        for path, name in others.items()
        if name not in DOORS
        if any(mail in (text := path.read_text()) for mail in ("django.core.mail", "email.mime"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("django.core.mail", "email.mime"))
    ]
    assert found == [], "un message part par core.lettre.post, ou par la file"


@ALL
def test_it_says_that_it_is_automatic_and_where_it_comes_from(
    lettre: EmailMessage, of_the_site: bool, settings
) -> None:
    assert {name: lettre[name] for name in AUTOMATIC} == AUTOMATIC
    assert str(lettre["Message-ID"]).endswith(f"@{urlsplit(settings.ADRESSE).hostname}>")
    assert abs((parsedate_to_datetime(str(lettre["Date"])) - datetime.now(UTC)).days) < 7
    who = lettre["From"].addresses[0].display_name
    assert who == ("Tenir" if of_the_site else "Contrat de ville de Songe")


@ALL
def test_somebody_answers_behind_it(lettre: EmailMessage, of_the_site: bool) -> None:
    foot = text(lettre).rstrip().splitlines()[-3:]
    whom = ["Communauté fictive", "site@exemple.test"] if of_the_site else [*TEAM.values()]
    assert lettre["Reply-To"].addresses[0].addr_spec == whom[-1]
    assert all(any(part in line for line in foot) for part in whom), foot


@ALL
def test_its_subject_says_the_place_and_what_is_asked(lettre: EmailMessage, of_the_site: bool) -> None:
    place, _, asked = without_nbsp(str(lettre["Subject"])).strip().partition(" : ")
    assert place == ("Tenir" if of_the_site else "Songe")
    assert len(asked) > 10
    assert not CODE.search(asked.replace(f"Action {ACTION}", ""))


@ALL
def test_it_reads_as_one_writes(lettre: EmailMessage, of_the_site: bool) -> None:
    told = text(lettre)
    assert sum(bool(GREETED.match(line)) for line in told.splitlines()) == 1
    assert not re.search(r"\b(porte|pour|de|par|à|vous) (Commune|Agence|Caisse|Conseil)\b", told)
    assert not re.search(r"\{|\}|None|b'|\(\d{3},", told)
    assert not re.search(r"\n\n\n", told)


@ALL
def test_things_are_told_by_their_titles(lettre: EmailMessage, of_the_site: bool) -> None:
    told = re.sub(r"https?://\S+", "", text(lettre))  # an address holds the code, the sentence does not
    bare = re.sub(rf"({ACTION} )?Action {ACTION}", "", told)
    assert not CODE.search(bare)


@ALL
def test_its_links_lead_to_pages_without_signing_in_or_to_the_desk(
    songe: EspaceDeContrat, make: Make, of_the_site: bool
) -> None:
    for link in re.findall(r"https?://\S+", text(read(make, songe))):
        assert resolve(urlsplit(link).path)
        assert Client().get(link, secure=True).status_code in (200, 302)


@ALL
def test_what_it_offers_to_leave_in_one_click_isleft_without_a_redirect(
    songe: EspaceDeContrat, left: dict[Make, EmailMessage], make: Make, of_the_site: bool
) -> None:
    found = left.get(make)
    if found is None or f"{UNSUBSCRIBE}-Post" in found:  # what the link leaves must stand: it is made here
        found = read(make, songe)
    if f"{UNSUBSCRIBE}-Post" not in found:
        return
    link = urlsplit(str(found[UNSUBSCRIBE]).strip("<> \n")).path
    program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        assert program.post(link, {UNSUBSCRIBE: "One-Click"}).status_code in (200, 204)


def test_a_contract_without_contact_has_its_writer_answer(songe: EspaceDeContrat) -> None:
    EspaceDeContrat.objects.update(**dict.fromkeys(TEAM, ""))
    found = read(examples()["point-etape"].makes[0], EspaceDeContrat.objects.get())
    assert found["Reply-To"].addresses[0].addr_spec == "basile-fictif@exemple.test"
    assert "Basile Fictif" in text(found)


def test_a_hand_over_says_who_hands_over_and_lets_one_give_it_back(songe: EspaceDeContrat) -> None:
    told = text(read(examples()["point-etape"].makes[1], songe))
    assert "Ida Fictive, de la commune de Songe, vous transmet une question" in told
    assert re.search(r"Ce n’est pas vous[^:]*:\s+https?://\S+/pas-moi/", told)
