"""Words cut by a line end made whole again, from the other words of the same document."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HEAD = re.compile(r"[\w-]*\w-$")
_TAIL = re.compile(r"[^\W_]+(?:-[^\W\d_]+)*")
_PLACES = frozenset(
    ["dessus", "dessous", "après", "avant", "contre", "haut", "bas", "joint", "jointe", "joints", "jointes"]
)


class Vocabulaire:
    """The words of a document that no line end cuts; they tell a hyphen of the page from a hyphen of the word."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        cut = False
        for line in lines:
            found = _WORD.findall(line.lower())
            ends_cut = _HEAD.search(line) is not None
            self._words.update(found[1 if cut else 0 : -1 if ends_cut else None])
            cut = ends_cut

    def join(self, text: str, following: str) -> str:
        """Two printed lines of one paragraph as one."""
        head, tail = _HEAD.search(text), _TAIL.match(following)
        if text.endswith(("/", "’", "'")) and not text.endswith((" /", " ’", " '")):
            return text + following
        if head is None or tail is None or tail.group() in ("et", "ou"):
            return f"{text} {following}"
        if following[0].isupper() and not text[-2].isupper():
            return text + following
        return text + following if self._hyphenated(head.group(), tail.group()) else text[:-1] + following

    def _hyphenated(self, head: str, tail: str) -> bool:
        """Whether « head- » and « tail » make a word that has a hyphen of its own."""
        head, tail = head.lower(), tail.lower()
        if head[:-1] + tail in self._words:
            return False
        if head + tail in self._words or head[:-1].isdigit():
            return True
        return (head in ("ci-", "là-") and tail in _PLACES) or (len(head) > 3 and {head[:-1], tail} <= self._words)
