"""The addresses that the frame of a page names, and the gallery: enough to test the components alone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from tenir.public.galerie import gallery_context


@login_not_required
def galerie(request: HttpRequest) -> HttpResponse:
    return render(request, "public/galerie.html", gallery_context())


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("composants/", galerie),
    path("", page, name="accueil"),
    *(
        path(f"{name}/", page, name=name)
        for name in (
            "accessibilite",
            "mentions-legales",
            "donnees-personnelles",
            "plan-du-site",
            "licence",
            "verifier",
            "aide",
        )
    ),
]
