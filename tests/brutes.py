"""What Python writes of its values, looked for in what a person reads."""

import re
from io import BytesIO

from lxml import html
from openpyxl import load_workbook

from tests.parcours import Reponse

BRUTES = re.compile(
    r"""\bNone\b|\bTrue\b|\bFalse\b|\bNaN\b|\bnan\b|Decimal\(|datetime\.|OrderedDict|\bdict_|QuerySet\b|
    \{'|\['|\('|'\)|'\}|'\]|<[A-Za-z_.]+\ object|<[A-Z]\w+:\ |\bobject\ at\ 0x|Traceback|\b\w+(Error|Exception)\(|
    __\w+__|
    <class\ |\d\d:\d\d:\d\d\.\d{3}|\d{4}-\d\d-\d\d\ \d\d:\d\d:\d\d|lambda|&lt;\w+:\ |
    &(?:nbsp|amp|quot|\#x27|\#39);""",
    re.VERBOSE,
)
"""What Python writes of its values, and no one else; what was escaped twice."""
READ = ("text/csv", "text/plain")
SHOWN = ("title", "alt", "aria-label", "placeholder", "data-label")


def words_of(kind: str, content: bytes) -> str:
    """All that a person reads of an answer of some type: a page and its labels, the cells of a file."""
    if kind.startswith("text/html"):
        page = html.fromstring(content)
        for code in page.xpath("//script|//style|//input[@type='hidden']"):
            code.drop_tree()
        labels = (str(value) for name in SHOWN for value in page.xpath(f"//@{name}"))
        values = (str(value) for value in page.xpath("//input/@value"))
        return "\n".join([*page.itertext(), *labels, *values])
    if "spreadsheetml" in kind:
        shown = (one for one in load_workbook(BytesIO(content)) if one.sheet_state == "visible")
        return "\n".join(str(c) for sheet in shown for row in sheet.values for c in row if isinstance(c, str))
    return content.decode("utf-8-sig") if kind.startswith(READ) else ""


def found_in(text: str) -> list[str]:
    """What Python wrote in a text, with what is around it."""
    return [text[max(0, one.start() - 40) : one.end() + 40] for one in BRUTES.finditer(text)]


def read_in(answer: Reponse) -> list[str]:
    """What Python wrote in what a person reads of an answer that opens."""
    return found_in(words_of(answer.headers["Content-Type"], answer.content)) if answer.status_code == 200 else []
