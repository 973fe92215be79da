"""A code that moved leads where the item stands now."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from tenir.public.espace import Moved


class MovedItemMiddleware:
    """Turns `Moved`, raised anywhere below a view, into a permanent redirect."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Redirect for `Moved`; let everything else through."""
        return HttpResponsePermanentRedirect(exception.url) if isinstance(exception, Moved) else None
