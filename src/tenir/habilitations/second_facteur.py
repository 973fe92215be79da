"""The second factor, demanded of whoever runs a contract or the platform."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tenir.habilitations.middleware import acces_of_request
from tenir.habilitations.roles import Role

DEMANDED = frozenset({Role.ADMINISTRATION, Role.EQUIPE})
"""The roles that open a closed page only to an account with a second factor."""

ENTERED_AS = "entre_comme"
"""The key of a session opened by « Entrer comme… », which exists in the demonstration alone."""


class SecondFacteurMiddleware:
    """Leads to its set-up from every closed page but those of the account. allauth asks for it at each sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[str], kwargs: dict[str, str]
    ) -> HttpResponse | None:
        """Stop before a closed page."""
        if not getattr(view, "login_required", True) or view.__module__.startswith("allauth."):
            return None
        return redirect("mfa_activate_totp") if lacks_second_factor(request) else None


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether who asks must set up a second factor first; one query, for these roles only."""
    acces = acces_of_request(request)
    if acces is None or not any(Role(held.role) in DEMANDED for held in acces.habilitations):
        return False
    if settings.DEMONSTRATION and request.session.get(ENTERED_AS):
        return False
    return not is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
