"""Every list as every reader: its file holds the rows that the page counts, or the page says how many it leaves."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from lxml import html

from tests.parcours import Parcours
from tests.test_exports_de_listes import NAMES, addresses

READERS = ("visiteur", "lecture", "partenaire", "equipe")
LEFT_OUT = re.compile(r"(\d[\d\s]*)\s+\w+\s+n’y (?:est|sont) pas")


def told(page: str) -> tuple[int, int] | None:
    """How many rows the list of a page says that it has, and how many its files do not hold; nothing of no one list."""
    whole = html.fromstring(page)
    counts = whole.xpath("//p[@class='compte'][following::p[contains(@class, 'exports')]]")
    if len(counts) != 1:
        return None
    left = [LEFT_OUT.search(one.text_content()) for one in whole.xpath("//p[@class='exports']")]
    return number(counts[0].text_content()), sum(number(one.group(1)) for one in left if one)


def number(text: str) -> int:
    """The number that a text begins with: none, « aucun »."""
    found = re.match(r"\d[\d\s]*", text.strip())
    return int(re.sub(r"\s", "", found.group())) if found else 0


def lists(parcours: Parcours, who: str) -> Iterator[tuple[str, int, int, int]]:
    """Each list that a reader opens and takes away: its address, what it counts and leaves, the rows of its file."""
    offered = set(parcours.names(who))
    for name in NAMES:
        if name not in offered or f"{name}-export" not in offered:
            continue
        page, file, _ = addresses(name, parcours.espace.slug)
        (_, shown), (_, taken) = parcours.answers(who, [page, file])
        if shown.status_code != 200 or taken.status_code != 200 or (found := told(shown.page)) is None:
            continue
        rows = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig")), delimiter=";"))
        yield page, *found, len(rows) - 1


@pytest.mark.parametrize("who", READERS)
def test_a_file_holds_what_its_list_counts_or_the_list_says_what_it_leaves(parcours: Parcours, who: str) -> None:
    found = list(lists(parcours, who))
    assert len(found) > {"visiteur": 5, "equipe": 15}.get(who, 8), [url for url, *_ in found]
    assert [one for one in found if one[1] != one[2] + one[3]] == []


def test_some_list_leaves_rows(parcours: Parcours) -> None:
    """Else nothing above would be tried."""
    assert any(left for _, _, left, _ in lists(parcours, "equipe"))
