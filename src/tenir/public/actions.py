"""(under way)"""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path


def under_way(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not there yet."""
    raise Http404


urlpatterns = [
    path("actions/", under_way, name="actions"),
    path("actions/<str:code>", under_way, name="action"),
]
