"""The pages of signatories."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from tenir.acteurs.rattachements import with_services
from tenir.contrat.absences import told_of, unless_unread, unread
from tenir.contrat.models import (
    Dispositif,
    DocumentCadre,
    Engagement,
    LigneDeCredits,
    Partie,
    Rappel,
    Signataire,
)
from tenir.core.composants import Item, Lien
from tenir.core.listes import respond
from tenir.core.typographie import accord, capital, en_lettres, pluriel
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.publications import Genre
from tenir.public.espace import context, contract_or_404, crumbs, item_or_404
from tenir.public.mots import has_prose, prose, signed_words
from tenir.public.signataires.arbre import tree, with_orientations
from tenir.public.signataires.image import by_signatory
from tenir.public.signataires.liste import SIGNATAIRES, FiltreDesSignataires, rows
from tenir.public.signataires.roles import roles
from tenir.public.vie import kept
from tenir.public.voisins import neighbours


def signataires(request: HttpRequest, slug: str, format: str = "") -> HttpResponse:
    """The list of signatories, or its export."""
    espace = contract_or_404(slug)
    given = {} if format else _list_context(espace)
    return respond(
        request,
        "public/signataires.html",
        liste=told_of(SIGNATAIRES, espace, Contenu.SIGNATAIRES),
        filtre=FiltreDesSignataires,
        rows=rows(espace),
        export_name=f"{slug}-signataires",
        format=format,
        context=given,
    )


def signataire(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What one signatory promises, pilots and has in its name; printable on two sides."""
    espace = contract_or_404(slug)
    found = item_or_404(Signataire.objects.select_related("organisation"), espace, code)
    return render(request, "public/signataire.html", context(espace, "signataires", **_content(espace, found)))


def _list_context(espace: EspaceDeContrat) -> dict[str, Any]:
    promises = Engagement.objects.of(espace).comptes().count()
    told = unread(espace, Contenu.ENGAGEMENTS) or list_lede(Signataire.objects.of(espace).count(), promises)
    return context(
        espace,
        "signataires",
        fil=crumbs(espace, Lien("Les signataires")),
        chapeau=unless_unread(espace, Contenu.SIGNATAIRES, told),
        image=by_signatory(espace),
        non_publie=kept(espace, Genre.ENGAGEMENTS),
    )


def list_lede(signatories: int, promises: int) -> str:
    """How many signed, and how much they promise."""
    if not signatories:
        return "Ce contrat ne nomme encore aucun signataire."
    who = f"{pluriel(signatories, 'signataire', lettres=True)} {accord(signatories, 'a', 'ont')}"
    if not promises:
        return f"{capital(who)} signé le contrat, sans engagement écrit en leur nom propre."
    what = f"{accord(signatories, 'pris', 'pris ensemble')} {pluriel(promises, 'engagement')}"
    return f"{capital(who)} {what}."


def _content(espace: EspaceDeContrat, found: Signataire) -> dict[str, Any]:
    slug = espace.slug
    ids = with_services(found.organisation.identifiant, apart=_others(espace, found))
    promises = list(with_orientations(Engagement.objects.of(espace).filter(signataire=found).select_related("suivi")))
    lines, held = _lines(espace, ids), roles(espace, found, ids)
    counted = sum(not promise.regroupement for promise in promises)
    return {
        "signataire": found,
        "fil": crumbs(espace, Lien("Les signataires", reverse("signataires", args=[slug])), Lien(found.code)),
        "chapeau": lede(counted, len(held.orientations), len(lines), sum(line.vide for line in lines)),
        "mots": signed_words(found, slug),
        "nombre_d_engagements": counted,
        "non_publie": kept(espace, Genre.ENGAGEMENTS) if counted else "",
        "engagements": tree(promises, slug),
        "parties": [(part, prose(part, slug)) for part in _parts(found) if has_prose(part)],
        "rappels": [_plain_item(one, slug) for one in Rappel.objects.of(espace).filter(signataire=found)],
        "documents": [_document_item(one) for one in DocumentCadre.objects.of(espace).filter(signataire=found)],
        "roles": held,
        "credits": lines,
        "voisins": neighbours(Signataire.objects.of(espace), found, slug),
    }


def _others(espace: EspaceDeContrat, found: Signataire) -> set[str]:
    """The bodies that sign for themselves, among which some may be services of this one."""
    signing = Signataire.objects.of(espace).values_list("organisation__identifiant", flat=True)
    return set(signing) - {found.organisation.identifiant}


def lede(promises: int, piloted: int, lines: int, empty: int) -> str:
    """What a signatory promises, pilots and announces, in one sentence."""
    pieces = [
        pluriel(promises, "engagement", lettres=True),
        pluriel(piloted, "orientation pilotée", "orientations pilotées", genre="f", lettres=True),
        pluriel(lines, "ligne de crédits", "lignes de crédits", genre="f", lettres=True) + " en son nom",
    ]
    start = ", ".join(pieces)
    silent = f", dont {en_lettres(empty, 'f')} {accord(empty, 'restée vide', 'restées vides')}" if empty else ""
    return f"{start[:1].upper()}{start[1:]}{silent}."


def _parts(found: Signataire) -> list[Partie]:
    return list(Partie.objects.filter(signataire=found, retire=False).order_by("ordre"))


def _plain_item(one: Rappel, slug: str) -> Item:
    return Item(one.code, one.titre, words=signed_words(one, slug) if one.mots else None)


def _document_item(one: DocumentCadre) -> Item:
    return Item(one.code, one.titre, note=one.periode)


def _lines(espace: EspaceDeContrat, ids: set[str]) -> list[LigneDeCredits]:
    schemes = Prefetch("dispositifs", Dispositif.objects.order_by("rang"))
    named = LigneDeCredits.objects.of(espace).filter(organisation__identifiant__in=ids)
    return list(named.select_related("orientation").prefetch_related(schemes))


urlpatterns = [
    path("signataires/", signataires, name="signataires"),
    path("signataires.<str:format>", signataires, name="signataires-export"),
    path("signataires/<str:code>", signataire, name="signataire"),
]
