"""Numbers in sentences: what is a count, what counts the same things, what is before and after in one sentence."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from tenir.fichier.mots import words
from tenir.regles.anomalie import Anomalie
from tenir.regles.chiffres.ensembles import HOMES, PEOPLE, counts

SPACE = "[ \u00a0\u202f]"
WRITTEN = (
    rf"(?<![\w,./-])(?:\d{{1,3}}(?:{SPACE}\d{{3}})+|\d+)(?:,\d+)?(?![\w]|[,.]\d|{SPACE}?(?:%|€|ans\b|km\b|m²|m2\b|h\b))"
)
"""A number of things, as it is printed: neither a share, a sum, an age, a distance nor a part of another."""
COUNT = re.compile(WRITTEN)
SHARE = rf"(?P<part>\d{{1,3}}(?:,\d+)?){SPACE}?%"
NEARLY = re.compile(r"(?:environ|près de|plus de|moins de|presque|quelque|autour de)\s*$", re.IGNORECASE)
LONGEST = 300
"""How many characters of a sentence may come before what is read in it."""
END = re.compile(r"[;!?]|\.(?!\d)")


def value(printed: str) -> Decimal:
    """A printed number."""
    return Decimal(re.sub(r"\s", "", printed).replace(",", "."))


def sentence_before(text: str, place: int) -> str:
    """What a sentence says before a place of its text, as far as a sentence goes."""
    first = max(0, place - LONGEST)
    start = max((found.end() for found in END.finditer(text, first, place)), default=first)
    return text[start:place]


def last_count(said: str) -> re.Match[str] | None:
    """The last number of things of a text, years left out."""
    return next((one for one in reversed(list(COUNT.finditer(said))) if not is_year(said, one)), None)


def is_year(said: str, found: re.Match[str]) -> bool:
    """Whether a number of four digits is a year: nothing that can be counted comes after it."""
    after = words(said[found.end() : found.end() + 30])[:1]
    return re.fullmatch(r"(?:19|20)\d{2}", found[0]) is not None and not set(after) & (PEOPLE | HOMES)


def what(said: str, found: re.Match[str]) -> str:
    """What a number counts: the noun after it, else the one of the label before it (« Nombre de logements : 612 »)."""
    label, after = said[: found.start()].rstrip(), AFTER.match(said[found.end() :])
    beside, labelled = counts(after[0] if after else ""), counts(label.rpartition(",")[2])
    return labelled or beside if label.endswith(":") else beside or labelled


AFTER = re.compile(r"\s(?:[a-zà-öø-ÿœ’'-]+\s?){1,5}")
"""The words after a number, until a capital or a sign: a line below begins by one."""


def not_told(anomalies: Iterable[Anomalie], known: Iterable[Anomalie]) -> Iterator[Anomalie]:
    """The anomalies on lines that no other has spoken of: one fault is told once."""
    lines = {line for one in known for plage in one.plages for line in plage.lignes}
    yield from (one for one in anomalies if not any(line in lines for plage in one.plages for line in plage.lignes))
