"""(under way)"""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path


def under_way(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not there yet."""
    raise Http404


urlpatterns = [
    path("gouvernance/", under_way, name="gouvernance"),
    path("gouvernance/<str:code>", under_way, name="instance"),
]
