"""The guide on the site: its pages, each under its name."""

from django.urls import path

from tenir.public.aide.vues import aide

urlpatterns = [
    path("aide/", aide, name="aide"),
    path("aide/<slug:nom>/", aide, name="aide-page"),
]
