"""Acronyms in what a page shows: each with its words, `<abbr title="…">`, where the door of the page gave them.

The words are read once, in one query. What was told is kept, so that the foot of the page may say it to who has no
mouse. `docs/adr/0066-sigles.md` says why it is done here.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Mots = Mapping[str, str]
LIKELY = re.compile(r"(?<![\w-])([A-ZÀ-Þ]{2}\w*(?:-\w+)*)")
"""What may be an acronym: a word that begins with two capitals."""


class Glossaire:
    """The words of acronyms, read when the first is met; those that were told."""

    def __init__(self, read: Callable[[], Mots]) -> None:
        self._read = read
        self.told: dict[str, str] = {}

    @cached_property
    def words(self) -> Mots:
        """The words of each acronym."""
        return self._read()

    def tell(self, piece: str) -> str:
        """An acronym with its words; anything else as it is."""
        words = self.words.get(piece)
        if not words:
            return piece
        self.told[piece] = words
        return format_html('<abbr title="{}">{}</abbr>', words, piece)


_current: ContextVar[Glossaire | None] = ContextVar("glossaire", default=None)


@contextmanager
def apart() -> Iterator[None]:
    """Let what is entered inside end here: one request says nothing to the next."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


def enter(read: Callable[[], Mots]) -> None:
    """Tell acronyms, from here to the end of the request, by the words that `read` gives."""
    _current.set(Glossaire(read))


def abbreviated(text: object) -> object:
    """A text whose acronyms have their words; as it is where none was entered, or when it is HTML already."""
    found = _current.get()
    if found is None or not isinstance(text, str) or isinstance(text, SafeString) or not LIKELY.search(text):
        return text
    pieces = enumerate(LIKELY.split(text))
    return format_html_join("", "{}", ((found.tell(piece) if rank % 2 else piece,) for rank, piece in pieces))


def told() -> list[tuple[str, str]]:
    """The acronyms that this page has told so far, and their words, by alphabet.

    Words are read here at the latest: a page costs as many queries with an acronym as without.
    """
    found = _current.get()
    return sorted(found.told.items()) if found and found.words else []
