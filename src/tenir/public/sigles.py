"""The acronyms of a contract and their words: what its team says, what its document prints, the names of its bodies."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from tenir.core.composants import Lien
from tenir.core.exports import export_response
from tenir.core.typographie import pluriel, typo
from tenir.equipe.glossaire import Entree, Origine, glossary_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.espace import context, contract_or_404, crumbs


@dataclass(frozen=True, slots=True)
class SigleDuContrat:
    """An acronym, its words, and where they come from."""

    sigle: str
    mots: str
    source: str
    url: str = ""


def sigles(request: HttpRequest, slug: str) -> HttpResponse:
    """The acronyms, in alphabetical order."""
    espace = contract_or_404(slug)
    found = sigles_of(espace)
    given = context(
        espace,
        fil=crumbs(espace, Lien("Les sigles")),
        chapeau=lede(len(found)),
        sigles=found,
        csv=reverse("sigles-export", args=[slug, "csv"]),
        xlsx=reverse("sigles-export", args=[slug, "xlsx"]),
    )
    return render(request, "public/sigles.html", given)


def sigles_export(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The same as a file."""
    espace = contract_or_404(slug)
    rows = [[espace.titre, one.sigle, one.mots, one.source] for one in sigles_of(espace)]
    return export_response([["Contrat", "Sigle", "Ses mots", "D’où"], *rows], name=f"{slug}-sigles", format=format)


def sigles_of(espace: EspaceDeContrat) -> list[SigleDuContrat]:
    """The acronyms of a contract, by alphabet, each with its source."""
    return list(_told(espace))


def lede(count: int) -> str:
    """How many acronyms have their words."""
    if not count:
        return "Aucun sigle n’a ses mots dans ce contrat."
    return typo(
        f"{pluriel(count, 'sigle')} et ce qu’ils veulent dire : ceux que le contrat écrit, ceux des organismes cités, "
        "ceux que l’équipe explique."
    )


def _told(espace: EspaceDeContrat) -> Iterator[SigleDuContrat]:
    page = reverse("document", args=[espace.slug])
    for one in glossary_of(espace):
        url = f"{page}?lignes={one.ligne}#l{one.ligne}" if one.origine is Origine.DOCUMENT else ""
        yield SigleDuContrat(one.sigle, one.mots, _source(one), url)


def _source(one: Entree) -> str:
    if one.origine is Origine.DOCUMENT:
        return f"document signé, ligne {one.ligne}"
    return "organisme cité par le contrat" if one.origine is Origine.ORGANISME else "donné par l’équipe du contrat"


urlpatterns = [
    path("sigles/", sigles, name="sigles"),
    path("sigles.<str:format>", sigles_export, name="sigles-export"),
]
