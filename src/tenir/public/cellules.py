"""What the cells of lists show beyond plain text: links, stamps, second lines. Everything given is escaped."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tenir.core.composants import Ton
from tenir.public.adresses import address


def link(slug: str, code: str, text: str) -> SafeString:
    """A link to the page of an item."""
    return format_html('<a href="{}">{}</a>', address(slug, code), text)


def code_link(slug: str, code: str, title: str) -> SafeString:
    """The code of an item, leading to it; its title shows on hover and is read aloud."""
    return format_html(
        '<a class="code" href="{}" title="{}">{}<span class="hors-ecran"> {}</span></a>',
        address(slug, code),
        title,
        code,
        title,
    )


def coded_link(slug: str, code: str, title: str) -> SafeString:
    """A link to the page of an item, its code before its title."""
    return format_html('<span class="code">{}</span> {}', code, link(slug, code, title))


def stamp(word: str, tone: Ton = Ton.MUET) -> SafeString:
    """A stamp, dashed unless a tone is given (component `tampon`)."""
    return format_html('<span class="tampon tampon-{}">{}</span>', tone, word)


def second_line(text: str) -> SafeString:
    """A quiet line under the text of a cell; nothing when there is nothing to say."""
    return format_html('<span class="item-precision">{}</span>', text) if text else SafeString()


def together(pieces: Iterable[object], separator: str = " ") -> SafeString:
    """Pieces one after the other."""
    return format_html_join(separator, "{}", ((piece,) for piece in pieces))
