"""What a calendar answers to the invitation to a meeting (RFC 5546, METHOD:REPLY): read, and nothing kept of it.

Programs write it in their own ways: Outlook.com leaves ORGANIZER out, Exchange names its zones after Windows, Google
folds within a word, Thunderbird quotes names. So what is read is the UID, the attendee and her answer; never the rest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from tenir.gouvernance.enums import Reponse

OCTETS = 100_000
"""The heaviest reply that is read: a real one weighs a few thousand."""
LIGNES, EVENEMENTS, PARTICIPANTS = 5_000, 20, 50
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
METHODES = {
    "REQUEST": "Ce fichier est une invitation, pas une réponse : joignez celui que la personne a renvoyé.",
    "PUBLISH": "Ce fichier annonce une réunion : ce n’est pas une réponse.",
    "CANCEL": "Ce fichier annule une réunion : ce n’est pas une réponse.",
    "COUNTER": "Cette réponse propose une autre date : rien n’est noté, écrivez à l’organisme.",
}
SAID = {"ACCEPTED": Reponse.PRESENT, "DECLINED": Reponse.EXCUSE}
NOT_SAID = {
    "TENTATIVE": "L’organisme a répondu « peut-être » : rien n’est noté.",
    "NEEDS-ACTION": "L’organisme n’a pas encore répondu : rien n’est noté.",
    "DELEGATED": "La personne renvoie à quelqu’un d’autre : notez vous-même qui représente l’organisme.",
}
NOT_A_CALENDAR = "Ce n’est pas une réponse d’agenda : collez tout le texte du fichier .ics, de BEGIN à END."
SEVERAL = "Ce fichier répond à plusieurs réunions : joignez la réponse d’une seule."
TOO_MUCH = "Ce fichier est bien plus long qu’une réponse d’agenda : rien n’en est lu."
_FOLD = re.compile(r"\r?\n[ \t]|\r[ \t]")
_PARTSTAT = re.compile(r";\s*PARTSTAT=\"?([A-Za-z-]+)\"?", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')


class ReponseIllisible(Exception):
    """Nothing is taken from a reply; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class ReponseDAgenda:
    """What is read: of which event, from which address, what; `sequence`: which sending it answers."""

    uid: str
    adresse: str
    reponse: Reponse
    sequence: int


@dataclass(slots=True)
class _Evenement:
    uid: str = ""
    sequence: int = 0
    stamp: str = ""
    attendees: list[tuple[str, str]] = field(default_factory=list)


def read(content: bytes) -> ReponseDAgenda:
    """The answer that a file gives.

    Raises:
        ReponseIllisible: too heavy, no calendar, no reply, no clear answer of one person to one meeting.
    """
    method, events = _parsed(_text(content))
    if method != "REPLY":
        raise ReponseIllisible(METHODES.get(method, NOT_A_CALENDAR))
    if not events or not all(one.uid for one in events):
        raise ReponseIllisible("Cette réponse ne dit pas à quelle réunion elle répond : demandez-la par le lien.")
    if len({one.uid for one in events}) > 1:
        raise ReponseIllisible(SEVERAL)
    last = max(events, key=lambda one: (one.sequence, one.stamp))
    people = dict(last.attendees)
    if len(people) != 1:
        raise ReponseIllisible("Cette réponse ne dit pas de qui elle vient : une seule personne doit y répondre.")
    ((adresse, said),) = people.items()
    if said not in SAID:
        raise ReponseIllisible(NOT_SAID.get(said, "Cette réponse ne dit ni oui ni non : rien n’est noté."))
    return ReponseDAgenda(last.uid, adresse, SAID[said], last.sequence)


def _text(content: bytes) -> str:
    if len(content) > OCTETS:
        raise ReponseIllisible(TOO_MUCH)
    if content.startswith(UTF_16):
        content = content.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    if b"\0" in content:
        raise ReponseIllisible("Ce fichier n’est pas du texte : rien n’en est lu.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _parsed(text: str) -> tuple[str, list[_Evenement]]:
    """The method of a calendar, and its events; what is within another part (a zone, an alarm) is left."""
    method, events, stack = "", list[_Evenement](), list[str]()
    for rank, (name, line) in enumerate(_lines(text)):
        if rank > LIGNES or len(events) > EVENEMENTS:
            raise ReponseIllisible(TOO_MUCH)
        value = line.rpartition(":")[2] if name in ("BEGIN", "END") else _value(line)
        if name == "BEGIN":
            stack.append(value.strip().upper())
            events += [_Evenement()] if stack == ["VCALENDAR", "VEVENT"] else []
        elif name == "END":
            stack = stack[:-1]
        elif stack == ["VCALENDAR"] and name == "METHOD":
            method = value.strip().upper()
        elif stack == ["VCALENDAR", "VEVENT"]:
            _take(events[-1], name, line, value.strip())
    if not method and not events:
        raise ReponseIllisible(NOT_A_CALENDAR)
    return method, events


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in re.split("\r\n|\n|\r", _FOLD.sub("", text)):
        name = re.match(r"\s*([A-Za-z-]+)\s*[:;]", line)
        if name:
            yield name[1].upper(), line.strip()


def _take(event: _Evenement, name: str, line: str, value: str) -> None:
    if name == "UID":
        event.uid = value[:300]
    elif name == "SEQUENCE" and value.isdecimal() and len(value) < 6:
        event.sequence = int(value)
    elif name == "DTSTAMP":
        event.stamp = value[:40]
    elif name == "ATTENDEE":
        event.attendees.append((_address(value), _partstat(line)))
        if len(event.attendees) > PARTICIPANTS:
            raise ReponseIllisible(TOO_MUCH)


def _value(line: str) -> str:
    """What follows the first colon that is in no quoted parameter."""
    bare = _QUOTED.sub(lambda found: "x" * len(found[0]), line)
    return line[bare.find(":") + 1 :]


def _address(value: str) -> str:
    """« mailto:Nina@exemple.test », in any case, percents undone."""
    return unquote(re.sub(r"^\s*mailto:", "", value, flags=re.IGNORECASE)).strip().strip("<>").lower()[:254]


def _partstat(line: str) -> str:
    found = _PARTSTAT.search(_QUOTED.sub("", line)) or _PARTSTAT.search(line)
    return found[1].upper() if found else ""
