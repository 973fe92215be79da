"""The pages that are measured, and their addresses in a contract."""

from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Count
from django.test import Client
from django.urls import reverse

from benchmarks import vie
from tenir.contrat import models as contrat
from tenir.contrat.models import ElementSigne
from tenir.habilitations.models import EspaceDeContrat


@dataclass(frozen=True, slots=True)
class Page:
    """An address to measure: a route of the site, and for an item the model whose code it takes."""

    nom: str
    route: str
    model: type[ElementSigne] | None = None
    largest: str = ""
    """Take the item that holds the most of these."""
    query: str = ""
    format: str = ""
    commune: bool = False
    """Whether the page is of the whole site rather than of one contract."""
    equipe: bool = False
    """Whether someone of the team opens it, signed in."""


PAGES = (
    Page("home: the list of contracts", "accueil", commune=True),
    Page("home: a search among contracts", "accueil", query="q=Songe", commune=True),
    Page("site map", "plan-du-site", commune=True),
    Page("the map of a contract", "plan-du-contrat"),
    Page("the contract at a glance", "contrat"),
    Page("an axis", "axe", contrat.Axe, "orientations"),
    Page("an orientation (the longest)", "orientation", contrat.Orientation, "actions"),
    Page("an action", "action", contrat.ActionPrevue, "organismes"),
    Page("the list of 130 actions, 50 a page", "actions"),
    Page("the list of actions, words asked", "actions", query="q=accompagnement"),
    Page("the list of actions, by pilot", "actions", query="pilote=songe-agglo"),
    Page("the list of actions, by title", "actions", query="sort=titre"),
    Page("the signatories", "signataires"),
    Page("a signatory (with the most promises)", "signataire", contrat.Signataire, "engagements"),
    Page("the list of promises", "engagements"),
    Page("a promise", "engagement", contrat.Engagement, "orientations"),
    Page("the credits catalogue", "credits"),
    Page("the schemes", "dispositifs"),
    Page("the matrix of funders", "credits-tableau"),
    Page("the indicators", "indicateurs"),
    Page("an indicator", "indicateur", contrat.Indicateur, "orientations"),
    Page("governance", "gouvernance"),
    Page("a body of governance", "instance", contrat.InstanceDeGouvernance, "organismes"),
    Page("the quarter", "quartier"),
    Page("the figures of the diagnosis", "donnees"),
    Page("the document view", "document"),
    Page("the history", "histoire"),
    Page("search « parentalité »", "recherche", query="q=parentalité"),
    Page("search « caisse d’allocations familiales »", "recherche", query="q=caisse d’allocations familiales"),
    Page("search « le quartier »", "recherche", query="q=le quartier"),
    Page("export of the 130 actions, CSV", "actions-export", format="csv"),
    Page("export of the 130 actions, XLSX", "actions-export", format="xlsx"),
    Page("the desk of the team", "aujourdhui", equipe=True),
    Page("the table of 130 fiches, 390 jalons", "fiches", equipe=True),
    Page("the table of fiches, late ones", "fiches", query="retard=oui", equipe=True),
    Page("a fiche", "fiche", contrat.ActionPrevue, "organismes", equipe=True),
    Page("the frieze of 130 actions", "frise", equipe=True),
    Page("the contract in figures", "chiffres", equipe=True),
    Page("the spreadsheet of the contract, out", "fiches-classeur", equipe=True),
    Page("the points d’étape", "points", equipe=True),
    Page("the register, 2,000 entries", "activite", equipe=True),
    Page("the register, by body", "activite", query="groupe=organisme", equipe=True),
    Page("the promises, followed", "suivi-engagements", equipe=True),
    Page("the indicators, followed", "suivi-indicateurs", equipe=True),
)


def address(page: Page, espace: EspaceDeContrat) -> str:
    """The address of a page of the measured contract."""
    given = [] if page.commune else [espace.slug]
    given += [largest(page, espace)] if page.model else []
    given += [page.format] if page.format else []
    return reverse(page.route, args=given) + (f"?{quote(page.query, safe='=&')}" if page.query else "")


def browser(page: Page, espace: EspaceDeContrat, *, gzip: bool = False) -> Client:
    """Who opens a page: anyone, or someone of the team."""
    client = Client(HTTP_HOST="localhost", **({"HTTP_ACCEPT_ENCODING": "gzip"} if gzip else {}))
    if page.equipe:
        client.force_login(vie.team_of(espace))
    return client


def largest(page: Page, espace: EspaceDeContrat) -> str:
    """The code of the item of a kind that holds the most."""
    rows = page.model.objects.of(espace).annotate(held=Count(page.largest))  # type: ignore[union-attr]
    return str(rows.order_by("-held", "ordre").values_list("code", flat=True)[0])
