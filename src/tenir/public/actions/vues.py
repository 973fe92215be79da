"""The pages of planned actions."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from tenir.contrat.absences import told_of, unread
from tenir.contrat.adresses import address
from tenir.contrat.models import ActionPrevue, Engagement, Indicateur, LigneDeCredits, OrganismeCite, Orientation
from tenir.contrat.pilotage import Pilotage, partenaires, pilotage
from tenir.core.composants import Chiffre, Item, Lien, Renseignement
from tenir.core.emplacements import SUIVRE, links_of
from tenir.core.listes import respond
from tenir.core.typographie import accord, capital, en_lettres, nombre, pluriel
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.actions.avancement import overview, pieces_of, progress_of
from tenir.public.actions.liste import ACTIONS, FiltreDesActions, rows, whole
from tenir.public.espace import context, contract_or_404, crumbs, item_or_404
from tenir.public.mots import signed_words
from tenir.public.organismes import SignataireParOrganisation
from tenir.public.voisins import neighbours


def actions(request: HttpRequest, slug: str, format: str = "") -> HttpResponse:
    """The list of planned actions, or its export."""
    espace = contract_or_404(slug)
    given = {} if format else context(espace, "actions", fil=crumbs(espace, Lien("Les actions")), chapeau=_lede(espace))
    return respond(
        request,
        "public/actions.html",
        liste=told_of(ACTIONS, espace, Contenu.ACTIONS),
        filtre=FiltreDesActions,
        rows=rows(espace, files=bool(format)),
        export_name=f"{slug}-actions",
        format=format,
        context=given,
    )


def action(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One planned action; a sub-action is shown on the page of its action."""
    espace = contract_or_404(slug)
    part = ActionPrevue.objects.of(espace).filter(code=code).exclude(parent=None)
    found = None if part.exists() else item_or_404(whole(espace), espace, code)
    if found is None:
        return redirect(address(slug, code))
    return render(request, "public/action.html", _given(request, espace, found))


def _given(request: HttpRequest, espace: EspaceDeContrat, action: ActionPrevue) -> dict[str, Any]:
    follow = links_of(SUIVRE, request, (espace, action.code))
    return context(espace, "actions", suivre=follow, **_content(espace, action))


def _lede(espace: EspaceDeContrat) -> str:
    pilot = OrganismeCite.objects.filter(action=OuterRef("pk"), role=OrganismeCite.Role.PILOTE)
    main = ActionPrevue.objects.of(espace).principales()
    counted = main.aggregate(
        total=Count("pk"), own=Count("pk", filter=Exists(pilot)), dated=Count("pk", filter=~Q(horizon=""))
    )
    if unread(espace, Contenu.ACTIONS):
        return ""
    planned = lede(counted["total"], counted["own"], counted["dated"])
    return " ".join(filter(None, (planned, overview(espace))))


def lede(total: int, own: int, dated: int) -> str:
    """How many actions are planned, how many name their pilot, how many say by when."""
    if not total:
        return "Le contrat ne prévoit encore aucune action."
    count = capital(pluriel(total, "action prévue", "actions prévues", genre="f", lettres=True))
    piloted = f"{en_lettres(own, 'f')} {accord(own, 'nomme son propre pilote', 'nomment leur propre pilote')}"
    horizon = f"{en_lettres(dated, 'f')} {accord(dated, 'annonce', 'annoncent')} un horizon"
    return (
        f"{count}\u00a0: {piloted if own else 'aucune ne nomme son propre pilote'}, "
        f"{horizon if dated else 'aucune n’annonce d’horizon'}."
    )


def _content(espace: EspaceDeContrat, found: ActionPrevue) -> dict[str, Any]:
    slug, orientation = espace.slug, found.orientation
    bodies = SignataireParOrganisation(espace)
    pilots = pilotage(found)
    return {
        "action": found,
        "avancement": progress_of(found),
        "pieces": pieces_of(found),
        "rang": orientation.axe.teinte,
        "fil": _crumbs(espace, orientation, found.code),
        "chapeau": action_lede(pilots, found.horizon),
        "mots": signed_words(found, slug),
        "sous_actions": [_part(part, slug) for part in found.parties],  # type: ignore[attr-defined]  # prefetched
        "herite": pilots.herite,
        "pilotes": [bodies.link(one) for one in pilots.organismes],
        "partenaires": [bodies.link(one) for one in partenaires(found)],
        "reperes": _landmarks(found, slug),
        "indicateurs": _indicators(orientation, slug),
        "credits": _money(orientation, slug),
        "engagements": _promises(orientation, slug),
        "voisins": neighbours(ActionPrevue.objects.of(espace).principales(), found, slug),
    }


def _crumbs(espace: EspaceDeContrat, orientation: Orientation, code: str) -> list[Lien]:
    above = (orientation.axe, orientation)
    return crumbs(
        espace, *(Lien(f"{one.code} {one.titre}", address(espace.slug, one.code)) for one in above), Lien(code)
    )


def action_lede(pilots: Pilotage, horizon: str) -> str:
    """Who pilots the action, and by when it is announced."""
    when = f"Horizon annoncé\u00a0: {horizon}." if horizon else "Aucun horizon n’est annoncé."
    return f"{_who_pilots(pilots)} {when}"


def _who_pilots(pilots: Pilotage) -> str:
    if not pilots.organismes:
        return "Personne n’est nommé pour piloter cette action, ni par elle ni par son orientation."
    if pilots.herite:
        return f"L’action ne nomme pas son pilote. Pilotage de son orientation\u00a0: {pilots.noms}."
    return f"Pilotage\u00a0: {pilots.noms}."


def _part(part: ActionPrevue, slug: str) -> Item:
    return Item(part.code, part.titre, words=signed_words(part, slug) if part.mots else None)


def _landmarks(found: ActionPrevue, slug: str) -> list[Renseignement]:
    """Where the action stands in the contract; a horizon that is missing is shown as missing."""
    orientation, axe = found.orientation, found.orientation.axe
    printed = [
        ("Sous-thème", found.sous_theme),
        ("Quartiers", found.quartiers),
        ("Imprimée sous", found.imprimee_sous),
        ("Note de lecture", found.note),
    ]
    return [
        Renseignement("Axe", f"{axe.code} {axe.titre}", address(slug, axe.code)),
        Renseignement("Orientation", f"{orientation.code} {orientation.titre}", address(slug, orientation.code)),
        Renseignement("Horizon", found.horizon),
        *(Renseignement(label, value) for label, value in printed if value),
    ]


def _indicators(orientation: Orientation, slug: str) -> list[Lien]:
    covering = Indicateur.objects.filter(orientations=orientation, retire=False, repete=None).order_by("ordre")
    return [Lien(one.libelle, address(slug, one.code), one.code) for one in covering]


def _money(orientation: Orientation, slug: str) -> list[Chiffre]:
    """How many funding lines the orientation announces, and how many say nothing."""
    lines = LigneDeCredits.objects.filter(orientation=orientation, retire=False)
    counted = lines.aggregate(total=Count("pk"), empty=Count("pk", filter=Q(vide=True)))
    total, empty = counted["total"], counted["empty"]
    if not total:
        return []
    note = f"dont {nombre(empty)} {accord(empty, 'restée vide', 'restées vides')}" if empty else "toutes remplies"
    label = accord(total, "ligne de crédits", "lignes de crédits")
    return [Chiffre(label, nombre(total), note, f"{address(slug, orientation.code)}#credits")]


def _promises(orientation: Orientation, slug: str) -> list[Item]:
    serving = Engagement.objects.comptes().filter(orientations=orientation, retire=False)
    ordered = serving.select_related("signataire").order_by("ordre")
    return [Item(one.code, one.titre, address(slug, one.code), one.signataire.nom) for one in ordered]


urlpatterns = [
    path("actions/", actions, name="actions"),
    path("actions.<str:format>", actions, name="actions-export"),
    path("actions/<str:code>", action, name="action"),
]
