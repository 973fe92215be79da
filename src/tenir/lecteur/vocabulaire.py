"""Words cut by a line end made whole again, from the other words of the same document."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HEAD = re.compile(r"[\w’'-]*[\w]-$")
_TAIL = re.compile(r"[^\W_]+(?:-[^\W\d_]+)*")


class Vocabulaire:
    """The words of a document; they tell a hyphen of the page from a hyphen of the word."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = {word for text in texts for word in _WORD.findall(text.lower())}

    def join(self, text: str, following: str) -> str:
        """Two printed lines of one paragraph as one."""
        head, tail = _HEAD.search(text), _TAIL.match(following)
        if text.endswith(("/", "’", "'")) and not text.endswith((" /", " ’", " '")):
            return text + following
        if head is None or tail is None or tail.group() in ("et", "ou"):
            return f"{text} {following}"
        whole = following[0].islower() and not self._hyphenated(head.group().lower(), tail.group().lower())
        return text[:-1] + following if whole else text + following

    def _hyphenated(self, head: str, tail: str) -> bool:
        """Whether « head- » and « tail » make a word that has a hyphen of its own."""
        head = re.split(r"[’']", head)[-1]
        if head + tail in self._words:
            return head.replace("-", "") + tail not in self._words
        if head[:-1] + tail in self._words:
            return False
        return head[:-1].isdigit() or ({head[:-1], tail} <= self._words and min(len(head) - 1, len(tail)) >= 3)
