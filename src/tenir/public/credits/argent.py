"""The money of a contract in plain words: what it prints; what became of it, where the team publishes it.

Sources, proofs and reasons are never here; droit commun is said apart, never added.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tenir.contrat.absences import unless_unread, unread
from tenir.core.composants import Lien
from tenir.core.exports import export_response
from tenir.core.typographie import typo
from tenir.fichier.enums import Contenu
from tenir.financement.enums import Registre
from tenir.financement.images import from_announced_to_paid, what_stays_empty, who_pays_what
from tenir.financement.models import LigneDeFinancement
from tenir.financement.montants import told, told_share, total
from tenir.financement.silence import silence_of
from tenir.financement.tableau import Tableau, build
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.publications import NON_PUBLIE, Genre, publishes
from tenir.public.credits.financeurs import parts
from tenir.public.espace import context, contract_or_404, crumbs
from tenir.public.vie import kept

SERIES = 3
"""How many funders the picture draws for everyone; the others are one column."""
NAME = "argent-du-contrat"


def argent(request: HttpRequest, slug: str) -> HttpResponse:
    """Who was to pay, who does, and what stays empty."""
    espace = contract_or_404(slug)
    opened = publishes(espace, Genre.FINANCEMENTS)
    given = context(
        espace,
        "credits",
        fil=crumbs(espace, Lien("Les crédits", reverse("credits", args=[slug])), Lien("L’argent")),
        parties=parts(slug, NAME),
        chapeau=unless_unread(espace, Contenu.CREDITS, typo(silence_of(espace, opened=opened).phrase)),
        vides=what_stays_empty(espace, opened=opened),
        non_publie="" if opened else kept(espace, Genre.FINANCEMENTS),
        **(_life(espace) if opened else {"phrases": [], "images": []}),
    )
    return render(request, "public/argent.html", given)


def _life(espace: EspaceDeContrat) -> dict[str, Any]:
    """What became of it: specific credits, every year; droit commun in a sentence of its own."""
    table = build(espace, None)
    lines = LigneDeFinancement.objects.of(espace).filter(registre=Registre.SPECIFIQUE)
    pictures = [one for one in (who_pays_what(table, SERIES), from_announced_to_paid(lines)) if one]
    return {"phrases": [typo(one) for one in _sentences(table, list(lines))], "images": pictures}


def _sentences(table: Tableau, lines: list[LigneDeFinancement]) -> Iterator[str]:
    if not table.total:
        yield "Aucun montant n’est encore inscrit."
        return
    paid, voted = total(one.verse for one in lines), total(one.vote for one in lines)
    yield f"{told(table.total)} sont apportés ou demandés aux actions du contrat, toutes années réunies."
    share = told_share(paid, voted)
    yield f"Sur {told(voted)} votés, {told(paid)} sont versés{f', soit {share}' if share else ''}."
    if table.a_part:
        yield (
            f"À part, et sans s’y ajouter : {told(table.a_part)} de droit commun, "
            "ce que chaque organisme dépense déjà pour tous."
        )


def argent_export(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The lines as a file: what is printed; what became of each, or « non publié »."""
    espace = contract_or_404(slug)
    return export_response(_rows(espace), name=f"{slug}-argent", format=format)


def _rows(espace: EspaceDeContrat) -> Iterator[list[object]]:
    yield ["Contrat", "Registre", "Code", "Pour quoi", "Orientation", "Financeur", "Année", "État", "Depuis le",
           "Montant", "Annoncé", "Demandé", "Voté", "Versé"]  # fmt: skip
    if said := unread(espace, Contenu.CREDITS):
        yield [said]
    opened = publishes(espace, Genre.FINANCEMENTS)
    rows = LigneDeFinancement.objects.of(espace).order_by("orientation__ordre", "annee", "pk")
    for one in rows if opened else rows.filter(imprimee__isnull=False):
        what = one.objet if opened else one.orientation.titre  # a project is named since: the contract prints none
        start = [espace.titre, one.get_registre_display(), one.code, what, one.orientation.code]
        life: list[object] = [one.get_etat_display(), one.etat_le, one.montant, one.annonce, one.demande, one.vote,
                              one.verse]  # fmt: skip
        yield [*start, one.nom_du_financeur, one.annee or "", *(life if opened else [NON_PUBLIE] * len(life))]
