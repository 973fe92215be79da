"""What a browser or a proxy may keep of the site: the public pages, to be asked for again each time; nothing else.

A public page carries the digest of what it says: asked for again and unchanged, it is not sent twice. It is made again
each time, so that it is never out of date. `docs/adr/0031-conservation-des-pages.md` says why.
"""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag

OK = 200
KEPT = "public, no-cache"
"""Kept, and never shown without asking whether it still holds."""
NEVER = "private, no-store"


def published(view: Callable[..., HttpResponseBase]) -> None:
    """Say of a view that what it shows to whoever is not signed in may be kept."""
    view.publiee = True  # type: ignore[attr-defined]


class ConservationMiddleware:
    """Closed by default: what no room says is published is kept by nobody, nor is what someone signed in reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say in the answer who may keep it; answer 304 when the browser holds it already."""
        response = self.get_response(request)
        if not _is_published(request, response):
            response["Cache-Control"] = NEVER
            return response
        response["Cache-Control"] = KEPT
        patch_vary_headers(response, ["Cookie"])
        set_response_etag(response)
        found = get_conditional_response(request, etag=response["ETag"], response=response)
        return cast(HttpResponse, found)


def _is_published(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer is a page that a room publishes, whole, and the same for every visitor."""
    view: Any = request.resolver_match.func if request.resolver_match else None
    return (
        getattr(view, "publiee", False)
        and request.method in ("GET", "HEAD")
        and response.status_code == OK
        and not response.streaming
        and not response.cookies
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )
