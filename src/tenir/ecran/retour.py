"""The way back from a gesture to the list it was made in: a page of this site, never another."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def back_to(request: HttpRequest, default: str) -> str:
    """The page that the form says it comes from, or the default where it says none of ours."""
    asked = request.POST.get("retour", "")
    inside = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if inside and asked.startswith("/") else default
