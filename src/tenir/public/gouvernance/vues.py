"""The pages of governance: every body, one body, the articles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tenir.contrat.absences import told_of, unless_unread
from tenir.contrat.adresses import address
from tenir.contrat.models import (
    Article,
    DocumentSigne,
    InstanceDeGouvernance,
    OrganismeCite,
    RegleDOrdre,
)
from tenir.core.composants import Item, Lien
from tenir.core.exports import export_response
from tenir.core.listes import Vue, respond
from tenir.core.typographie import capital, pluriel
from tenir.fichier.enums import Contenu
from tenir.fichier.source import parse_source, written_lines
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.espace import context, contract_or_404, crumbs, item_or_404
from tenir.public.gouvernance.liste import ARTICLES, INSTANCES, FiltreDesInstances
from tenir.public.gouvernance.reunions import meetings_of, public_life
from tenir.public.marches.vues import count_of
from tenir.public.mots import signed_words
from tenir.public.organismes import SignataireParOrganisation
from tenir.public.preconisations.vues import lede as asked

Role = OrganismeCite.Role


@dataclass(frozen=True, slots=True)
class Regle:
    """A rule of order, with the bodies it orders and where the document writes it."""

    titre: str
    instance: Lien
    avant: Lien | None
    lignes: str
    url: str


def gouvernance(request: HttpRequest, slug: str, format: str = "") -> HttpResponse:
    """Every body, what orders them, and the articles."""
    espace = contract_or_404(slug)
    return respond(
        request,
        "public/gouvernance.html",
        liste=told_of(INSTANCES, espace, Contenu.INSTANCES),
        filtre=FiltreDesInstances,
        rows=_bodies(espace),
        export_name=f"{slug}-gouvernance",
        format=format,
        context=_content(espace) if format else _content(espace) | public_life(espace) | _asked(espace),
    )


def instance(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One body: who chairs, who sits, what for, how often, in what order."""
    espace = contract_or_404(slug)
    found = item_or_404(InstanceDeGouvernance.objects.all(), espace, code)
    cited = list(OrganismeCite.objects.filter(instance=found).select_related("organisation"))
    signatories = SignataireParOrganisation(espace)
    rules = _rules(espace)
    given = context(
        espace,
        "gouvernance",
        instance=found,
        fil=crumbs(espace, Lien("La gouvernance", reverse("gouvernance", args=[slug])), Lien(found.code)),
        chapeau=body_lede(found, cited),
        presidence=signatories.links(cited, Role.PRESIDENCE),
        membres=[replace(link, stamp=None) for link in signatories.links(cited, Role.MEMBRE)],
        regles=[rule for rule in rules if found.code in (rule.instance.code, rule.avant.code if rule.avant else "")],
        mots=signed_words(found, slug),
        reunions=meetings_of(espace, found),
        agenda=reverse("agenda-d-une-instance", args=[slug, code]),
    )
    return render(request, "public/instance.html", given)


def articles(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The articles of the protocol as a file."""
    espace = contract_or_404(slug)
    vue = Vue(ARTICLES, Article.objects.of(espace), request.GET)
    return export_response(vue.valeurs(), name=f"{slug}-articles", format=format)


def _bodies(espace: EspaceDeContrat) -> QuerySet[InstanceDeGouvernance]:
    def cited(role: str, name: str) -> "Prefetch[str, Any, Any]":
        return Prefetch("organismes", OrganismeCite.objects.filter(role=role).order_by("rang"), to_attr=name)

    rows = InstanceDeGouvernance.objects.of(espace)
    return rows.prefetch_related(cited(Role.PRESIDENCE, "presidence"), cited(Role.MEMBRE, "membres"), "regles")


def _content(espace: EspaceDeContrat) -> dict[str, Any]:
    slug = espace.slug
    rhythms = list(InstanceDeGouvernance.objects.of(espace).values_list("frequence", flat=True))
    return context(
        espace,
        "gouvernance",
        fil=crumbs(espace, Lien("La gouvernance")),
        chapeau=unless_unread(espace, Contenu.INSTANCES, lede(rhythms)),
        regles=_rules(espace),
        articles=[
            Item(one.code, one.titre, note=one.note, words=signed_words(one, slug))
            for one in Article.objects.of(espace)
        ],
    )


def _asked(espace: EspaceDeContrat) -> dict[str, Any]:
    return {"preconisations": asked(espace), "marches": count_of(espace)}


def lede(rhythms: Sequence[str]) -> str:
    """How many bodies, and of how many the contract says how often they meet."""
    count, written = len(rhythms), sum(bool(one) for one in rhythms)
    if not count:
        return "Le contrat n’écrit aucune instance."
    start = capital(pluriel(count, "instance", genre="f", lettres=True))
    if written == count:
        return f"{start} ; le contrat écrit à quel rythme chacune se réunit."
    if not written:
        return f"{start} ; le contrat n’écrit le rythme d’aucune."
    return f"{start} ; le contrat n’écrit pas le rythme de {pluriel(count - written, 'instance', genre='f')}."


def body_lede(found: InstanceDeGouvernance, cited: Iterable[OrganismeCite]) -> str:
    """Who chairs and how often, or that nothing says so."""
    chairs = [one.nom for one in cited if one.role == Role.PRESIDENCE]
    together = " et ".join([", ".join(chairs[:-1]), chairs[-1]] if len(chairs) > 1 else chairs)
    start = f"Préside ou anime : {together}." if chairs else "Le contrat ne dit pas qui préside."
    rhythm = f"Rythme : {found.frequence}." if found.frequence else "Aucun rythme n’est écrit."
    return f"{start} {rhythm}"


def _rules(espace: EspaceDeContrat) -> list[Regle]:
    attached = DocumentSigne.objects.filter(espace=espace).exists()
    rows = RegleDOrdre.objects.filter(instance__espace=espace, instance__retire=False)
    ordered = rows.select_related("instance", "avant").order_by("instance__ordre", "rang")
    return [_rule(row, espace.slug, attached) for row in ordered]


def _rule(row: RegleDOrdre, slug: str, attached: bool) -> Regle:
    ranges = parse_source(row.source) if row.source else ()
    url = (
        f"{reverse('document', args=[slug])}?lignes={row.source.replace(' ', '')}#l{ranges[0].debut}" if ranges else ""
    )
    return Regle(
        titre=row.titre,
        instance=_link(row.instance, slug),
        avant=_link(row.avant, slug) if row.avant else None,
        lignes=written_lines(ranges),
        url=url if attached else "",
    )


def _link(body: InstanceDeGouvernance, slug: str) -> Lien:
    return Lien(body.nom, address(slug, body.code), body.code)
