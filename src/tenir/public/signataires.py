"""(under way)"""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path


def under_way(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not there yet."""
    raise Http404


urlpatterns = [
    path("signataires/", under_way, name="signataires"),
    path("signataires/<str:code>", under_way, name="signataire"),
    path("engagements/", under_way, name="engagements"),
    path("engagements/<str:code>", under_way, name="engagement"),
]
