"""Links to the items of a contract, for the cells of lists. Everything given is escaped."""

from django.utils.safestring import SafeString

from tenir.contrat.adresses import address
from tenir.core.abreges import abbreviated
from tenir.core.cellules import written


def link(slug: str, code: str, text: str) -> SafeString:
    """A link to the page of an item, the acronyms of its title with their words."""
    return written('<a href="{}">{}</a>', address(slug, code), abbreviated(text))


def code_link(slug: str, code: str, title: str) -> SafeString:
    """The code of an item, leading to it; its title shows on hover and is read aloud."""
    return written(
        '<a class="code" href="{}" title="{}">{}<span class="hors-ecran"> {}</span></a>',
        address(slug, code),
        title,
        code,
        title,
    )


def coded_link(slug: str, code: str, title: str) -> SafeString:
    """A link to the page of an item, its code before its title."""
    return written('<span class="code">{}</span> {}', code, link(slug, code, title))
