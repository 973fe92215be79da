"""A page of the guide, with the list of all of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tenir.core.composants import Lien
from tenir.public.aide.guide import INDEX, names, read_page


def aide(request: HttpRequest, nom: str = INDEX) -> HttpResponse:
    """One page of the guide, the first unless another is named."""
    if nom not in names():
        raise Http404
    if request.resolver_match and request.resolver_match.kwargs.get("nom") == INDEX:
        return redirect("aide")
    given = {"page": read_page(nom), "pages": [_link(one, nom) for one in names()]}
    return render(request, "public/aide.html", given)


def _link(name: str, shown: str) -> Lien:
    """A page of the list; the one that is shown leads nowhere."""
    url = reverse("aide") if name == INDEX else reverse("aide-page", args=[name])
    return Lien(read_page(name).titre, "" if name == shown else url)
