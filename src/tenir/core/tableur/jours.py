"""A day, as people and spreadsheets write it. What could be two days is asked, never guessed."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tenir.core.tableur.cellules import CelluleRefusee
from tenir.core.tableur.tableau import EPOQUE
from tenir.core.typographie import MOIS
from tenir.fichier.mots import plain

YEARS = range(2000, 2100)
NEAR = range(2015, 2046)
"""The years that two figures may mean."""
PARIS = ZoneInfo("Europe/Paris")
ENGLISH = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = tuple((plain(name), rank) for names in (MOIS, ENGLISH) for rank, name in enumerate(names, start=1))
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_WEEKDAYS = {name[:length]: rank for rank, name in enumerate(JOURS) for length in range(3, len(name) + 1)}

_TIME = re.compile(r"(?:[ t,]+|\s+a\s+)(?:[01]?\d|2[0-3])\s*[:h](?:\s*[0-5]\d)?(?:[:m][0-5]\d(?:[.,]\d+)?)?\s*s?$")
_ZONED = re.compile(r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_YEAR_FIRST = re.compile(r"(\d{4})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{1,2})")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_WORDS = re.compile(r"(?:([a-z]+)\.?,?[ ]+)?(?:le )?(\d{1,2})(?:er)?[ \-./]*([a-z]+)\.?[ \-./]*(\d{4}|\d{2})")
_YEAR = r"(?P<an>20\d\d)"
_PERIODS = (
    (re.compile(rf"(?:annee )?{_YEAR}"), 12),
    (re.compile(rf"(?P<rang>[a-z]{{3,}})\.?[ \-./]{_YEAR}"), 1),
    (re.compile(rf"(?P<rang>\d{{1,2}}) ?[/\-] ?{_YEAR}"), 1),
    (re.compile(rf"{_YEAR}-(?P<rang>\d\d)"), 1),
    (re.compile(rf"t ?(?P<rang>[1-4])[ \-/]*{_YEAR}"), 3),
    (re.compile(rf"{_YEAR}[ \-/]*t ?(?P<rang>[1-4])"), 3),
    (re.compile(rf"(?P<rang>[1-4])(?:er|e|eme|nd|d)? ?(?:trimestre|trim\.?)[ \-/]*{_YEAR}"), 3),
    (re.compile(rf"(?P<rang>[12])(?:er|e|eme|nd|d)? ?semestre[ \-/]*{_YEAR}"), 6),
)
"""How a period is written, with how many months it lasts."""


def read_day(text: str, epoque: date = EPOQUE) -> date:
    """A day: « 12/03/2026 », « 2026-03-12 », « 12-mars-26 », « 1er mars 2026 », or the number of days since `epoque`.

    Raises:
        CelluleRefusee: it is no day, none of this century, or it may be two.
    """
    found = set(_days(_without_time(" ".join(plain(text).split())), epoque))
    days = {day for day in found if day.year in YEARS}
    if len(days) > 1:
        said = " ou ".join(f"{day:%d/%m/%Y}" for day in sorted(days))
        raise CelluleRefusee(f"« {text} » peut se lire {said} : écrivez l’année en quatre chiffres.")
    if not days:
        raise CelluleRefusee(f"« {text} » n’est pas une date : écrivez le jour, le mois et l’année, comme 12/03/2026.")
    return days.pop()


def read_period(text: str) -> tuple[date, date] | None:
    """The first day and the last of a month, a quarter, a half or a year: « mars 2026 », « 03/2026 », « T1 2026 »,
    « 1er trimestre 2026 », « 2026 »; none when it is a day, or nothing."""
    said = " ".join(plain(text).split())
    for pattern, months in _PERIODS:
        if found := pattern.fullmatch(said):
            return _months(int(found["an"]), _rank_of(found.groupdict().get("rang") or "1"), months)
    return None


def _rank_of(said: str) -> int:
    """The number of a month or of a part of the year; 0 when no month is called so."""
    if said.isdecimal():
        return int(said)
    months = {rank for month, rank in _MONTHS if month.startswith(said)}
    return months.pop() if len(months) == 1 else 0


def _months(year: int, rank: int, months: int) -> tuple[date, date] | None:
    if not 1 <= rank <= 12 // months:
        return None
    first, after = (rank - 1) * months, rank * months
    end = date(year + after // 12, after % 12 + 1, 1)
    return date(year, first + 1, 1), end - timedelta(days=1)


def _without_time(text: str) -> str:
    """The day that is told, in Paris when the hour says of which place it is."""
    if _ZONED.fullmatch(text):
        return datetime.fromisoformat(text.upper()).astimezone(PARIS).date().isoformat()
    return _TIME.sub("", text)


def _days(text: str, epoque: date) -> Iterator[date]:
    if found := _SERIAL.fullmatch(text):
        yield epoque + timedelta(days=int(found[1]))
    elif found := _COMPACT.fullmatch(text):
        yield from _day(found[1], int(found[2]), found[3])
    elif found := _YEAR_FIRST.fullmatch(text):
        yield from _day(found[1], int(found[3]), found[4])
    elif found := _DAY_FIRST.fullmatch(text):
        yield from _figures(found)
    elif found := _WORDS.fullmatch(text):
        yield from _in_words(found)


def _figures(found: re.Match[str]) -> Iterator[date]:
    """Day first, as in French; year first too where it has two figures and nothing French in its signs."""
    first, sign, month, last = found.groups()
    usual = list(_day(last, int(month), first))
    yield from usual
    if len(last) == 2 and len(first) == 2 and (sign == "-" or not usual or usual[0].year not in NEAR):
        yield from (day for day in _day(first, int(month), last) if day.year in NEAR)


def _in_words(found: re.Match[str]) -> Iterator[date]:
    weekday, day, name, year = found.groups()
    months = {rank for month, rank in _MONTHS if month.startswith(name)} if len(name) > 2 else set()
    if len(months) == 1:
        for one in _day(year, months.pop(), day):
            if weekday is None or weekday == "le" or _WEEKDAYS.get(weekday) == one.weekday():
                yield one


def _day(year: str, month: int, day: str) -> Iterator[date]:
    try:
        yield date(int(year) if len(year) == 4 else 2000 + int(year), month, int(day))
    except ValueError:
        return
