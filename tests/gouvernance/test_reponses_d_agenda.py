"""What calendars answer, in the shapes of each program, written from the RFC and from what is known to go wrong."""

from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tenir.core import horloge
from tenir.core.lettre import host
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.gouvernance.agenda import uid_of
from tenir.gouvernance.models import Reunion
from tenir.gouvernance.reponse_d_agenda import OCTETS, ReponseIllisible, read
from tenir.gouvernance.services.reponses_d_agenda import note_reply
from tenir.gouvernance.services.reunions import call_off, change
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import comites, convoquee
from tests.lettres import leave
from tests.partage import shared
from tests.personnes import acces, contract, person, referent

pytestmark = pytest.mark.deux_bases
NINA = "nina-convoquee@exemple.test"

GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20261212T130000Z
DTEND:20261212T150000Z
DTSTAMP:20261130T080000Z
ORGANIZER;CN=Équipe:mailto:equipe@exemple.test
UID:{uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={said};CN=
 {mail};X-NUM-GUESTS=0:mailto:{mail}
SEQUENCE:{sequence}
STATUS:CONFIRMED
SUMMARY:Comité
END:VEVENT
END:VCALENDAR
"""
OUTLOOK_COM = """BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT={said}:MAILTO:{mail}
UID:{uid}
DTSTART;TZID=Romance Standard Time:20261212T140000
DTSTAMP:20261130T080000Z
SEQUENCE:{sequence}
BEGIN:VALARM
UID:une-autre
ATTENDEE;PARTSTAT=DECLINED:mailto:autre@exemple.test
END:VALARM
END:VEVENT
END:VCALENDAR
"""
EXCHANGE = """BEGIN:VCALENDAR
METHOD:REPLY
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
BEGIN:VEVENT
ATTENDEE;PARTSTAT={said};CN="Convoquée, Nina : CCAS; action":invalid:mailto
ORGANIZER:mailto:un.autre@exemple.test
UID:{uid}
SEQUENCE:{sequence}
END:VEVENT
END:VCALENDAR
""".replace("invalid:mailto", "mailto:{mail}")
THUNDERBIRD = """BEGIN:VCALENDAR
PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
DTSTAMP:20261101T080000Z
ATTENDEE;PARTSTAT=NEEDS-ACTION;CN="Nina":mailto:{mail}
END:VEVENT
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
DTSTAMP:20261130T080000Z
RECURRENCE-ID:20261212T130000Z
ATTENDEE;CN="Nina";PARTSTAT="{said}":mailto:{upper}
END:VEVENT
END:VCALENDAR
"""
SHAPES = {"google": GOOGLE, "outlook.com": OUTLOOK_COM, "exchange": EXCHANGE, "thunderbird": THUNDERBIRD}


@dataclass
class Salle:
    """The team of a contract that receives what calendars answer, and a meeting convened."""

    espace: EspaceDeContrat
    equipe: Acces
    reunion: Reunion


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Salle]:
    def make() -> Salle:
        espace = contract("vallon", etat="signe")
        EspaceDeContrat.objects.filter(pk=espace.pk).update(
            contact_nom="Service fictif", contact_courriel="equipe@exemple.test"
        )
        espace.refresh_from_db()
        by = acces("Basile Pivot", Role.EQUIPE, espace)
        return Salle(espace, by, convoquee(by, comites(espace).technique))

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def salle(_made: Salle, db: None) -> Salle:
    return deepcopy(_made)


def reply(salle: Salle, shape: str = GOOGLE, said: str = "ACCEPTED", mail: str = NINA, **more: object) -> bytes:
    given = {"uid": uid_of(salle.reunion), "sequence": salle.reunion.sequence, "upper": mail.upper(), **more}
    return shape.format(said=said, mail=mail, **given).replace("\n", "\r\n").encode()


def noted(salle: Salle, content: bytes) -> str:
    note_reply(by=salle.equipe, reunion=salle.reunion, content=content)
    return salle.reunion.convocations.get(organisation__identifiant="ccas").reponse


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
@pytest.mark.parametrize(("said", "kept"), [("ACCEPTED", "present"), ("DECLINED", "excuse")])
def test_each_program_sets_the_answer_of_the_body(salle: Salle, shape: str, said: str, kept: str) -> None:
    assert noted(salle, reply(salle, shape, said)) == kept


def test_the_invitation_asks_a_calendar_to_answer_and_names_who_is_asked(salle: Salle) -> None:
    change(by=salle.equipe, reunion=salle.reunion, version=salle.reunion.version, changes={"lieu": "Mairie"})
    leave(days=1)
    sent = str(mail.outbox[-1].attachments[0][1])
    for words in ("METHOD:REQUEST", "mailto:equipe@exemple.test", f"mailto:{NINA}", "RSVP=TRUE", "SEQUENCE:1"):
        assert words in sent.replace("\r\n ", "")


def test_a_meeting_moved_then_called_off_keeps_its_name_in_calendars_and_raises_its_sequence(salle: Salle) -> None:
    change(by=salle.equipe, reunion=salle.reunion, version=salle.reunion.version, changes={"lieu": "Mairie"})
    leave(days=1)
    call_off(by=salle.equipe, reunion=Reunion.objects.get(pk=salle.reunion.pk), motif="Neige.")
    leave(days=2)
    moved, gone = (str(one.attachments[0][1]).replace("\r\n ", "") for one in mail.outbox[-2:])
    for sent, method, sequence in ((moved, "REQUEST", 1), (gone, "CANCEL", 2)):
        assert f"METHOD:{method}" in sent
        assert f"UID:{uid_of(salle.reunion)}" in sent
        assert f"SEQUENCE:{sequence}" in sent
    with pytest.raises(ValidationError, match="tenue ou annulée"):
        noted(salle, reply(salle))


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ((("20261130T080000Z", "ACCEPTED"), ("20261130T090000Z", "DECLINED")), "excuse"),
        ((("20261130T090000Z", "ACCEPTED"), ("20261130T080000Z", "DECLINED")), "present"),
    ],
)
def test_of_several_instances_in_windows_zones_the_last_said_is_kept(
    salle: Salle, answers: tuple[tuple[str, str], ...], kept: str
) -> None:
    zone = 'TZID="Romance Standard Time":20261212T140000'
    event = "UID:{uid}\nSEQUENCE:{sequence}\nRECURRENCE-ID;{zone}\nDTSTAMP:{stamp}\n"
    event += "ATTENDEE;PARTSTAT={said}:MAILTO:{mail}\n"
    given = {"uid": uid_of(salle.reunion), "sequence": salle.reunion.sequence, "zone": zone, "mail": NINA}
    events = [f"BEGIN:VEVENT\n{event.format(stamp=stamp, said=said, **given)}END:VEVENT\n" for stamp, said in answers]
    whole = f"BEGIN:VCALENDAR\nMETHOD:REPLY\n{''.join(events)}END:VCALENDAR\n"
    assert noted(salle, whole.replace("\n", "\r\n").encode()) == kept


def test_an_answer_read_in_a_calendar_is_undone_as_any_gesture(salle: Salle) -> None:
    noted(salle, reply(salle))
    undo(by=salle.equipe, geste=Geste.objects.latest("pk"))
    assert salle.reunion.convocations.get(organisation__identifiant="ccas").reponse == ""


@pytest.mark.une_base
@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"uid": "reunion-999999@ailleurs"}, "autre réunion"),
        ({"mail": "inconnue@exemple.test"}, "aucun contact"),
        ({"mail": "equipe@exemple.test"}, "aucun contact"),
        ({"said": "TENTATIVE"}, "peut-être"),
        ({"said": "DELEGATED"}, "quelqu’un d’autre"),
        ({"said": "NEEDS-ACTION"}, "pas encore répondu"),
        ({"said": "X-VIENDRA"}, "ni oui ni non"),
    ],
    ids=lambda one: next(iter(one.items())) if isinstance(one, dict) else "",
)
def test_what_is_no_answer_of_a_body_to_this_meeting_is_refused_and_said(salle: Salle, more: dict, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        noted(salle, reply(salle, **more))


def test_an_answer_to_what_the_meeting_was_before_is_refused(salle: Salle) -> None:
    Reunion.objects.filter(pk=salle.reunion.pk).update(sequence=2)
    with pytest.raises(ValidationError, match="version d’avant"):
        noted(salle, reply(salle, sequence=1))


def test_a_contact_of_two_bodies_answers_for_neither(salle: Salle) -> None:
    nina = referent(person("Nina Double", signs_in=False), salle.espace, of="caf").personne
    referent(nina, salle.espace, of="ccas")
    with pytest.raises(ValidationError, match="plusieurs organismes"):
        noted(salle, reply(salle, mail=nina.email))


def test_a_meeting_that_is_over_takes_no_answer(salle: Salle) -> None:
    Reunion.objects.filter(pk=salle.reunion.pk).update(etat="tenue", jour=horloge.today() - timedelta(days=1))
    with pytest.raises(ValidationError, match="tenue ou annulée"):
        noted(salle, reply(salle))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "pas une réponse d"),
        (b" \r\n ", "pas une réponse d"),
        (b"Bonjour, je viendrai.", "pas une réponse d"),
        (b"BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR", "invitation"),
        (b"BEGIN:VCALENDAR\nMETHOD:CANCEL\nEND:VCALENDAR", "annule"),
        (b"BEGIN:VCALENDAR\nMETHOD:COUNTER\nEND:VCALENDAR", "autre date"),
        (b"BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR", "quelle réunion"),
        (b"\x00\x01" * 40, "pas du texte"),
        (b"A" * (OCTETS + 1), "plus long"),
        (b"BEGIN:VCALENDAR\nMETHOD:REPLY\n" + b"BEGIN:VEVENT\nUID:a\nEND:VEVENT\n" * 40, "plus long"),
        (b"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:a\n" + b"ATTENDEE:mailto:a@b\n" * 90, "plus long"),
        (
            b"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:a\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nEND:VEVENT\n",
            "plusieurs réunions",
        ),
        (b"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:a\nEND:VEVENT\n", "de qui elle vient"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_reply_is_refused_in_a_sentence(content: bytes, why: str) -> None:
    with pytest.raises(ReponseIllisible, match=why):
        read(content)


@given(st.binary(max_size=400) | st.text(alphabet='BEGINVCALDRTMPY:;=\r\n "aé,', max_size=400).map(str.encode))
def test_whatever_is_given_is_read_or_refused(content: bytes) -> None:
    with suppress(ReponseIllisible):
        read(b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n" + content)


def test_the_name_of_a_meeting_in_a_calendar_is_of_this_site(salle: Salle) -> None:
    assert uid_of(salle.reunion) == f"reunion-{salle.reunion.pk}@{host()}"
