"""The addresses of a server with `TENIR_DEMONSTRATION=1`."""

from django.urls import include, path

from tenir.config.urls import urlpatterns as without

urlpatterns = [*without, path("", include("tenir.demonstration.urls"))]
