"""A page as it is read: where its lines are cut says nothing."""

from django.http import HttpResponse


def flat(html: str) -> str:
    """A page on one line: the formatter of templates cuts where the browser sees a space."""
    return html.replace("\n", " ")


def html_of(answer: HttpResponse) -> str:
    """What an answer shows, on one line."""
    return flat(answer.content.decode())
