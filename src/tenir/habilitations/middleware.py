"""Who asks, and what she may do: known once per request, when something needs it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tenir.acteurs.models import Personne, Utilisateur
from tenir.core import horloge
from tenir.habilitations.rights import Acces, acces_of_user


class Requete(HttpRequest):
    """A request of someone signed in. Both are empty for a visitor, and for an account that is nobody's."""

    acces: Acces | None
    personne: Personne | None


class AccesMiddleware:
    """Gives closed pages `request.acces` and `request.personne`: one query. Open pages ask `acces_of_request`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the zone of a contract that its page enters ends with it."""
        with horloge.zone(None):
            return self.get_response(request)

    def process_view(
        self, request: Requete, view: Callable[..., HttpResponse], args: list[str], kwargs: dict[str, str]
    ) -> None:
        """Read who asks before a closed page."""
        if getattr(view, "login_required", True):
            acces_of_request(request)


def acces_of_request(request: HttpRequest) -> Acces | None:
    """Who asks, with her roles; read once. None for a visitor."""
    if not hasattr(request, "acces"):
        user = request.user
        acces = acces_of_user(user) if isinstance(user, Utilisateur) else None
        request.acces = acces  # type: ignore[attr-defined]
        request.personne = acces.personne if acces else None  # type: ignore[attr-defined]
    found: Acces | None = request.acces  # type: ignore[attr-defined]
    return found
