"""What the cells of lists show beyond plain text: stamps, second lines, absences. Everything given is escaped."""

import html
from collections.abc import Iterable

from django.utils.safestring import SafeString

from tenir.core.composants import Ton


def escaped(value: object) -> SafeString:
    """A value as HTML, escaped unless it is safe already.

    Django’s `conditional_escape` and `format_html` look for translations to come, of which there are none here: a list
    would spend a tenth of its time on that.
    """
    return value if isinstance(value, SafeString) else SafeString(html.escape(str(value)))


def written(pattern: str, *values: object) -> SafeString:
    """A piece of HTML of ours, with values put in it, each escaped."""
    return SafeString(pattern.format(*[escaped(value) for value in values]))


def muted(word: str) -> SafeString:
    """What nobody said, in italics."""
    return written('<i class="muet">{}</i>', word)


def stamp(word: str, tone: Ton = Ton.MUET) -> SafeString:
    """A stamp, dashed unless a tone is given (component `tampon`)."""
    return written('<span class="tampon tampon-{}">{}</span>', tone, word)


def second_line(text: str) -> SafeString:
    """A quiet line under the text of a cell; nothing when there is nothing to say."""
    return written('<span class="item-precision">{}</span>', text) if text else SafeString()


def together(pieces: Iterable[object], separator: str = " ") -> SafeString:
    """Pieces one after the other."""
    return SafeString(escaped(separator).join([escaped(piece) for piece in pieces]))
