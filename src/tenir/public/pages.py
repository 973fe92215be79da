"""(under way)"""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path


def under_way(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not there yet."""
    raise Http404


urlpatterns = [
    path("", under_way, name="accueil"),
    path("accessibilite/", under_way, name="accessibilite"),
    path("mentions-legales/", under_way, name="mentions-legales"),
    path("donnees-personnelles/", under_way, name="donnees-personnelles"),
    path("plan-du-site/", under_way, name="plan-du-site"),
    path("licence/", under_way, name="licence"),
]
