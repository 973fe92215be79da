"""What the cells of lists show beyond plain text: stamps, second lines, absences. Everything given is escaped."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tenir.core.composants import Ton


def muted(word: str) -> SafeString:
    """What nobody said, in italics."""
    return format_html('<i class="muet">{}</i>', word)


def stamp(word: str, tone: Ton = Ton.MUET) -> SafeString:
    """A stamp, dashed unless a tone is given (component `tampon`)."""
    return format_html('<span class="tampon tampon-{}">{}</span>', tone, word)


def second_line(text: str) -> SafeString:
    """A quiet line under the text of a cell; nothing when there is nothing to say."""
    return format_html('<span class="item-precision">{}</span>', text) if text else SafeString()


def together(pieces: Iterable[object], separator: str = " ") -> SafeString:
    """Pieces one after the other."""
    return format_html_join(separator, "{}", ((piece,) for piece in pieces))
