"""The acronyms of a contract and their words: those that its document prints, those of the bodies that it cites."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from tenir.acteurs.models import Organisation
from tenir.contrat.models import DocumentSigne, LigneDeCredits, OrganismeCite, Signataire
from tenir.core.composants import Lien
from tenir.core.exports import export_response
from tenir.core.typographie import pluriel, typo
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.espace import context, contract_or_404, crumbs
from tenir.regles.sigles import spelled


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
    """The acronyms of a contract: what its document prints comes before what is known of bodies."""
    found = {one.sigle: one for one in (*_of_bodies(espace), *_of_document(espace))}
    return sorted(found.values(), key=lambda one: plain(one.sigle))


def lede(count: int) -> str:
    """How many acronyms have their words."""
    if not count:
        return "Aucun sigle n’a ses mots dans ce contrat."
    return typo(
        f"{pluriel(count, 'sigle')} et ce qu’ils veulent dire : ceux que le contrat écrit, ceux des organismes cités."
    )


def _of_document(espace: EspaceDeContrat) -> Iterator[SigleDuContrat]:
    signed = DocumentSigne.objects.filter(espace=espace).first()
    page = reverse("document", args=[espace.slug])
    for one in spelled(signed.normalise()).values() if signed else ():
        line = f"document signé, ligne {one.ligne}"
        yield SigleDuContrat(one.sigle, one.mots, line, f"{page}?lignes={one.ligne}#l{one.ligne}")


def _of_bodies(espace: EspaceDeContrat) -> Iterator[SigleDuContrat]:
    """Those of the bodies that sign, pilot, take part or pay; one query."""
    of: Any = [model.objects.filter(espace=espace).order_by() for model in (OrganismeCite, Signataire, LigneDeCredits)]
    cited = Q(pk__in=of[0].values("organisation"))
    for rows in of[1:]:
        cited |= Q(pk__in=rows.filter(retire=False).values("organisation"))
    for body in Organisation.objects.filter(cited).exclude(sigle="").order_by("pk"):
        yield SigleDuContrat(body.sigle, body.nom, "organisme cité par le contrat")


urlpatterns = [
    path("sigles/", sigles, name="sigles"),
    path("sigles.<str:format>", sigles_export, name="sigles-export"),
]
