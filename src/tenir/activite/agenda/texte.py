"""The events of a file as lines: decoded, unfolded, bounded. What names people is dropped before anything reads it."""

import re
from dataclasses import dataclass, field

OCTETS = 2 * 1024 * 1024
EVENEMENTS = 2_000
"""How many events a file may hold: some years of a busy calendar."""
LONGEST = 20_000
"""The most characters of one property: a list of days left out may be long."""
CALENDAR, EVENT = "VCALENDAR", "VEVENT"
KEPT = frozenset(
    {
        *("UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
        *("STATUS", "LOCATION", "SEQUENCE", "CLASS"),
    }
)
"""The properties that are read. Attendees, organiser, description, comments and contacts are not among them."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_FOLD = re.compile(rb"\r?\n[ \t]")
_NAME = re.compile(r"([A-Za-z0-9-]+)\s*[:;]")
ANCIEN = "Ce fichier n’est pas en UTF-8 : ses accents ont été lus à l’ancienne, vérifiez les titres."


class AgendaIllisible(Exception):
    """A file from which nothing is taken; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Brut:
    """The lines of one event; `entier`: it ends where it should."""

    lignes: tuple[str, ...]
    entier: bool = True


@dataclass(slots=True)
class Texte:
    """What a file holds: its events, the zone it says, how many things of other kinds, what is to be known of it."""

    bruts: list[Brut] = field(default_factory=list)
    fuseau: str = ""
    autres: int = 0
    remarques: list[str] = field(default_factory=list)


def split(content: bytes) -> Texte:
    """The events of a file.

    Raises:
        AgendaIllisible: too heavy, too many events, none, or no calendar.
    """
    if len(content) > OCTETS:
        raise AgendaIllisible("Ce fichier dépasse 2 Mo : exportez une période plus courte, ou un seul agenda.")
    text, former = _decoded(content)
    found = Texte(remarques=[ANCIEN] if former else [])
    reader = _Lecteur(found)
    for line in re.split("\r\n|\n|\r", text):
        if named := _NAME.match(line):
            reader.take(named[1].upper(), line)
    reader.end()
    if not reader.calendar:
        raise AgendaIllisible(
            "Ce fichier n’est pas un agenda : choisissez un fichier .ics, tel que votre agenda l’exporte."
        )
    if not found.bruts:
        raise AgendaIllisible("Cet agenda n’a aucun événement : choisissez-en un autre à exporter.")
    return found


@dataclass(slots=True)
class _Lecteur:
    """Where reading stands: what is open around, the event being read."""

    found: Texte
    stack: list[str] = field(default_factory=list)
    lines: list[str] | None = None
    calendar: bool = False

    def take(self, name: str, line: str) -> None:
        """Read one line."""
        if name == "BEGIN":
            self._begin(_value(line))
        elif name == "END":
            self._close(_value(line))
        elif self.stack == [CALENDAR] and name == "X-WR-TIMEZONE":
            self.found.fuseau = line.partition(":")[2].strip()[:100]
        elif self.lines is not None and self.stack == [CALENDAR, EVENT] and name in KEPT:
            self.lines.append(line)

    def _begin(self, what: str) -> None:
        if what in (EVENT, CALENDAR):  # neither stands within another thing
            self.end()
            self.calendar = self.calendar or what == CALENDAR
            self.stack = [CALENDAR] if what == EVENT and self.calendar else []
        self.stack.append(what)
        if self.stack == [CALENDAR, EVENT]:
            self.lines = []
        elif len(self.stack) == 2 and what in ("VTODO", "VJOURNAL"):
            self.found.autres += 1

    def _close(self, what: str) -> None:
        if what == CALENDAR:
            self.end()
            self.stack = []
        elif self.stack and self.stack[-1] == what:
            if self.stack == [CALENDAR, EVENT]:
                self._keep(entier=True)
            self.stack.pop()

    def end(self) -> None:
        """Keep an event that does not end where it should."""
        if self.lines is not None:
            self._keep(entier=False)
            self.stack = [CALENDAR]

    def _keep(self, *, entier: bool) -> None:
        whole = entier and all(len(one) <= LONGEST for one in self.lines or ())
        self.found.bruts.append(Brut(tuple(self.lines or ()) if whole else (), whole))
        self.lines = None
        if len(self.found.bruts) > EVENEMENTS:
            raise AgendaIllisible(
                f"Ce fichier a plus de {EVENEMENTS} événements : exportez une période plus courte, ou un seul agenda."
            )


def _value(line: str) -> str:
    return line.partition(":")[2].strip().upper()


def _decoded(content: bytes) -> tuple[str, bool]:
    """The text of a file, unfolded before it is decoded: a fold may cut a letter in two. Whether it is not in UTF-8.

    Raises:
        AgendaIllisible: no text.
    """
    if content.startswith(UTF_16):
        content = content.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    if b"\0" in content:
        raise AgendaIllisible("Ce fichier n’est pas du texte : choisissez un fichier .ics.")
    unfolded = _FOLD.sub(b"", content)
    try:
        return unfolded.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return unfolded.decode("cp1252", errors="replace"), True
