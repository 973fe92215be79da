"""A file of a calendar read within a window: each event is an occurrence of a day, or is explained."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tenir.activite.agenda.evenement import Ecarte, Lu, parse, title_of
from tenir.activite.agenda.fuseaux import zone_of
from tenir.activite.agenda.jours import Temps, day, days_of
from tenir.activite.agenda.texte import AgendaIllisible, split

OCCURRENCES = 400
"""How many days are brought in at once: what someone can read before she confirms."""
OURS = "@tenir"
HORS, REPETE = "il n’a lieu aucun jour de la période lue", "le fichier en dit une version plus récente"
ANNULE, PRIVE = "il est annulé dans l’agenda", "il est marqué privé dans l’agenda"
NOTRE = "il vient de Tenir, qui le connaît déjà"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day of an event. `cle`: what tells it from any other, and not what it is; `heure`: « 14:00 », or nothing."""

    cle: str
    titre: str
    le: str
    heure: str
    minutes: int | None
    lieu: str

    @property
    def jour(self) -> date:
        """Its day."""
        return date.fromisoformat(self.le)

    @property
    def quand(self) -> time | None:
        """Its hour."""
        return time.fromisoformat(self.heure) if self.heure else None


@dataclass(frozen=True, slots=True)
class Explique:
    """An event that is left: what it is called, its day when it is known, why; `cle`, when one of its days is."""

    titre: str
    le: str
    raison: str
    cle: str = ""


@dataclass(frozen=True, slots=True)
class Lecture:
    """What a file holds within a window; `lus`: how many events, whatever became of each."""

    lus: int
    occurrences: tuple[Occurrence, ...]
    expliques: tuple[Explique, ...]
    remarques: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """As it is kept between two pages."""
        return asdict(self)

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> "Lecture":
        """As it was."""
        return cls(
            held["lus"],
            tuple(Occurrence(**one) for one in held["occurrences"]),
            tuple(Explique(**one) for one in held["expliques"]),
            tuple(held["remarques"]),
        )


def read(content: bytes, fuseau: str, since: date, until: date) -> Lecture:
    """What a file says between two days, at the hour of a contract.

    Raises:
        AgendaIllisible: nothing is taken from it.
    """
    texte, here = split(content), ZoneInfo(fuseau)
    reading = _Reading(here, since, until)
    default = zone_of(texte.fuseau) if texte.fuseau else None
    for brut in texte.bruts:
        try:
            reading.keep(parse(brut, here, default or here))
        except Ecarte as why:
            reading.leave(title_of(brut), "", str(why))
    reading.unfold()
    if len(reading.occurrences) > OCCURRENCES:
        raise AgendaIllisible(
            f"Cet agenda a plus de {OCCURRENCES} séances dans la période lue : exportez-en un seul, ou moins de jours."
        )
    return Lecture(
        len(texte.bruts),
        tuple(sorted(reading.occurrences, key=lambda one: (one.le, one.heure, one.titre, one.cle))),
        tuple(reading.expliques),
        (*texte.remarques, *_others(texte.autres), *reading.remarks()),
    )


class _Reading:
    """Events gathered, then unfolded day by day."""

    def __init__(self, here: ZoneInfo, since: date, until: date) -> None:
        self.here, self.since, self.until = here, since, until
        self.kept: dict[tuple[str, date | None], Lu] = {}
        self.occurrences: list[Occurrence] = []
        self.expliques: list[Explique] = []

    def leave(self, titre: str, le: str, why: str, cle: str = "") -> None:
        """Explain an event that is left."""
        self.expliques.append(Explique(titre, le, why, cle))

    def keep(self, lu: Lu) -> None:
        """Keep an event; of two versions of one, the latest."""
        held = self.kept.get((lu.uid, lu.pour))
        latest = lu if held is None or lu.rang >= held.rang else held
        if held is not None:
            self.leave(lu.titre, "", REPETE)
        self.kept[lu.uid, lu.pour] = latest

    def unfold(self) -> None:
        """Make of every event its days within the window, or say why it has none."""
        moved: dict[str, set[date]] = {}
        for uid, pour in self.kept:
            if pour is not None:
                moved.setdefault(uid, set()).add(pour)
        left = Temps()
        for lu in self.kept.values():
            try:
                self._unfold(lu, moved.get(lu.uid, set()) if lu.pour is None else set(), left)
            except Ecarte as why:
                self.leave(lu.titre, "", str(why))

    def _unfold(self, lu: Lu, moved: set[date], left: Temps) -> None:
        if why := _left_whole(lu):
            raise Ecarte(why)
        found = list(self._days(lu, left))
        if not found:
            raise Ecarte(HORS)
        for start, here in found:
            if day(start) not in moved:
                self._add(lu, start, here)

    def _days(self, lu: Lu, left: Temps) -> Iterator[tuple[date, date]]:
        """When it falls, as clocks show it where it is, then where the contract is."""
        for start in days_of(lu, self.since, self.until, left):
            here = _local(start, lu, self.here)
            if self.since <= day(here) <= self.until:
                yield start, here

    def _add(self, lu: Lu, start: date, here: date) -> None:
        comes_back = lu.regle or lu.plus
        which = lu.pour or (day(start) if comes_back else None)
        heure = f"{here:%H:%M}" if isinstance(here, datetime) else ""
        cle = hashlib.sha256(f"{lu.uid}\n{which or ''}".encode()).hexdigest()
        if lu.annule:
            self.leave(lu.titre, day(here).isoformat(), ANNULE, cle)
        elif len(self.occurrences) <= OCCURRENCES:
            self.occurrences.append(Occurrence(cle, lu.titre, day(here).isoformat(), heure, lu.minutes, lu.lieu))

    def remarks(self) -> Iterable[str]:
        """What is to be known of the hours."""
        unknown = sorted({one.fuseau_inconnu for one in self.kept.values() if one.fuseau_inconnu})
        return [f"Fuseau horaire inconnu, lu à l’heure du contrat : « {one} »." for one in unknown[:5]]


def _left_whole(lu: Lu) -> str:
    if lu.prive:
        return PRIVE
    return NOTRE if lu.uid.endswith(OURS) else ""


def _local(moment: date, lu: Lu, here: ZoneInfo) -> date:
    """A moment as clocks show it in the contract; a whole day is that day wherever one is."""
    if not isinstance(moment, datetime):
        return moment
    try:
        return moment.replace(tzinfo=lu.zone).astimezone(here)
    except OverflowError as error:
        raise Ecarte(HORS) from error


def _others(count: int) -> list[str]:
    return ["Les tâches et les notes du fichier ne sont pas lues : seuls les événements le sont."] if count else []
