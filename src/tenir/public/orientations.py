"""An orientation, all of it on one printable page; and an axis."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from tenir.contrat.absences import UNREAD_ACTIONS, unless_unread, unread
from tenir.contrat.adresses import address
from tenir.contrat.models import (
    ActionPrevue,
    Axe,
    Dispositif,
    Donnee,
    Engagement,
    Indicateur,
    LigneDeCredits,
    Objectif,
    OrganismeCite,
    Orientation,
    Partie,
)
from tenir.core.composants import Item, Lien, MotsSignes
from tenir.core.emplacements import SUIVRE, links_of
from tenir.core.typographie import accord, capital, pluriel
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.publications import Genre, publishes
from tenir.public.actions.avancement import stamp_of, with_steps
from tenir.public.coup_d_oeil import glance_at, row_of
from tenir.public.espace import context, contract_or_404, crumbs, item_or_404, moved_or_404
from tenir.public.mots import has_prose, heading, prose, signed_words
from tenir.public.organismes import SignataireParOrganisation
from tenir.public.signataires.suivi import stamp_of as stamp_of_promise

PROSE = ("présentation", "constat", "enjeux", "objectifs")
"""Natures of the parts whose words an orientation's page shows."""

Role = OrganismeCite.Role


@dataclass(frozen=True, slots=True)
class GroupeDItems:
    """Items under the printed sub-heading they share, or under none."""

    intitule: str
    items: Sequence[Item]


def orientation(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Everything the contract says of one orientation."""
    espace = contract_or_404(slug)
    found = _orientation(espace, code)
    return render(request, "public/orientation.html", _given(request, espace, found))


def _given(request: HttpRequest, espace: EspaceDeContrat, orientation: Orientation) -> dict[str, Any]:
    follow = links_of(SUIVRE, request, (espace, orientation.code))
    return context(espace, "contrat", suivre=follow, **_content(espace, orientation))


def axe(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """An axis and its orientations, with what each promises."""
    espace = contract_or_404(slug)
    found = item_or_404(Axe.objects.all(), espace, code)
    orientations = list(_counted(espace).filter(axe=found))
    given = context(
        espace,
        "contrat",
        axe=found,
        rang=found.teinte,
        fil=crumbs(espace, Lien(f"Axe {found.code}")),
        chapeau=_axis_lede(espace, found, orientations),
        mots=signed_words(found, slug),
        coup=glance_at(espace, orientations),
    )
    return render(request, "public/axe.html", given)


def _orientation(espace: EspaceDeContrat, code: str) -> Orientation:
    found = Orientation.objects.of(espace).filter(code=code).select_related("axe").first()
    if found is None:
        raise moved_or_404(espace, code)
    return found


def _content(espace: EspaceDeContrat, found: Orientation) -> dict[str, Any]:
    slug = espace.slug
    actions, lines = list(_actions(found)), list(_lines(found))
    bodies = list(OrganismeCite.objects.filter(orientation=found).select_related("organisation"))
    signatories = SignataireParOrganisation(espace)
    objectives = Objectif.objects.of(espace).filter(orientation=found)
    previous, following = _neighbours(found)
    return {
        "orientation": found,
        "rang": found.axe.teinte,
        "fil": crumbs(
            espace, Lien(f"{found.axe.code} {found.axe.titre}", address(slug, found.axe.code)), Lien(found.code)
        ),
        "chapeau": lede(espace, actions, lines, [one for one in bodies if one.role == Role.PILOTE]),
        "mots": signed_words(found, slug),
        "actions": _grouped(actions, lambda action: _action_item(action, slug)),
        "carres": row_of(found, actions),
        "objectifs": _grouped(objectives, lambda objective: _objective_item(objective, slug)),
        "parties": [(part.code, heading(part), prose(part, slug)) for part in _parts(found) if has_prose(part)],
        "donnees": list(Donnee.objects.of(espace).filter(orientation=found).select_related("partie_de")),
        "credits": lines,
        "pilotes": signatories.links(bodies, Role.PILOTE),
        "services": signatories.links(bodies, Role.SERVICE),
        "indicateurs": _indicators(found, slug),
        "engagements": _promises(found, slug),
        "precedente": previous,
        "suivante": following,
    }


def _actions(found: Orientation) -> QuerySet[ActionPrevue]:
    pilots = OrganismeCite.objects.filter(role=Role.PILOTE)
    return (
        ActionPrevue.objects.of(found.espace)
        .principales()
        .filter(orientation=found)
        .select_related("fiche")
        .prefetch_related(
            Prefetch("organismes", pilots, to_attr="pilotes"),
            Prefetch("sous_actions", ActionPrevue.objects.filter(retire=False)),
            with_steps(),
        )
        .order_by("ordre")
    )


def _lines(found: Orientation) -> QuerySet[LigneDeCredits]:
    schemes = Prefetch("dispositifs", Dispositif.objects.order_by("rang"))
    return LigneDeCredits.objects.filter(orientation=found, retire=False).prefetch_related(schemes).order_by("ordre")


def _parts(found: Orientation) -> QuerySet[Partie]:
    return Partie.objects.filter(orientation=found, retire=False, nature__in=PROSE).order_by("ordre")


def _action_item(action: ActionPrevue, slug: str) -> Item:
    url = address(slug, action.code)
    named = ", ".join(pilot.nom for pilot in action.pilotes)  # type: ignore[attr-defined]  # prefetched
    notes = (
        f"pilote : {named}" if named else "",
        f"horizon {action.horizon}" if action.horizon else "",
        f"quartiers : {action.quartiers}" if action.quartiers else "",
        f"imprimée sous « {action.imprimee_sous} »" if action.imprimee_sous else "",
    )
    return Item(
        code=action.code,
        title=action.titre,
        url=url,
        stamp=stamp_of(action),
        note=" · ".join(note for note in notes if note),
        words=_words_if_attached(action, slug),
        children=[Item(sub.code, sub.titre, f"{url}#{sub.code}") for sub in action.sous_actions.all()],
    )


def _objective_item(objective: Objectif, slug: str) -> Item:
    note = "écrit en prose" if objective.forme == "prose" else ""
    return Item(objective.code, objective.titre, note=note, words=_words_if_attached(objective, slug))


def _words_if_attached(item: ActionPrevue | Objectif, slug: str) -> MotsSignes | None:
    """The words when the document is attached; its absence is said once on the page, not on each line."""
    return signed_words(item, slug) if item.mots else None


def _grouped(rows: Iterable[Any], make: Callable[[Any], Item]) -> list[GroupeDItems]:
    groups: dict[str, list[Item]] = {}
    for row in rows:
        groups.setdefault(row.sous_theme, []).append(make(row))
    return [GroupeDItems(heading, items) for heading, items in groups.items()]


def _indicators(found: Orientation, slug: str) -> list[Lien]:
    rows = Indicateur.objects.filter(orientations=found, retire=False, repete=None).order_by("ordre")
    return [Lien(row.libelle, address(slug, row.code), row.code) for row in rows]


def _promises(found: Orientation, slug: str) -> list[Lien]:
    rows = Engagement.objects.of(found.espace).comptes().filter(orientations=found)
    told = publishes(found.espace, Genre.ENGAGEMENTS)
    return [
        Lien(
            row.titre,
            address(slug, row.code),
            row.code,
            note=row.signataire.nom,
            stamp=stamp_of_promise(row) if told else None,
        )
        for row in rows.select_related("signataire", "suivi")
    ]


def _neighbours(found: Orientation) -> tuple[Orientation | None, Orientation | None]:
    others = Orientation.objects.filter(espace_id=found.espace_id, retire=False)
    before = others.filter(ordre__lt=found.ordre).order_by("-ordre").first()
    return before, others.filter(ordre__gt=found.ordre).order_by("ordre").first()


def lede(
    espace: EspaceDeContrat,
    actions: Sequence[ActionPrevue],
    lines: Sequence[LigneDeCredits],
    pilots: Sequence[OrganismeCite],
) -> str:
    """What a resident understands at once: how many actions, who pilots, what money is announced."""
    planned = unless_unread(espace, Contenu.ACTIONS, _actions_and_pilots(len(actions), [pilot.nom for pilot in pilots]))
    return f"{planned} {unless_unread(espace, Contenu.CREDITS, _money(lines))}".strip()


def _actions_and_pilots(count: int, pilots: list[str]) -> str:
    start = capital(pluriel(count, "action prévue", "actions prévues", genre="f", lettres=True))
    if not pilots:
        return f"{start} ; aucun pilote n’est nommé."
    together = " et ".join([", ".join(pilots[:-1]), pilots[-1]] if len(pilots) > 1 else pilots)
    return f"{start}. Pilotage : {together}."


def _money(lines: Sequence[LigneDeCredits]) -> str:
    empty = sum(line.vide for line in lines)
    if not lines:
        return "Aucun financement n’est annoncé."
    whole = pluriel(len(lines), "ligne de crédits", "lignes de crédits", genre="f", lettres=True)
    if not empty:
        return f"{capital(whole)}, toutes avec un dispositif annoncé."
    silent = accord(empty, "n’annonce rien", "n’annoncent rien")
    return f"Sur {whole}, {empty} {silent}."


def _counted(espace: EspaceDeContrat) -> QuerySet[Orientation]:
    main = Q(actions__parent=None, actions__retire=False)
    return Orientation.objects.of(espace).annotate(nb_actions=Count("actions", filter=main)).order_by("ordre")


def _unless_unread(espace: EspaceDeContrat, planned: str) -> str:
    return UNREAD_ACTIONS if unread(espace, Contenu.ACTIONS) else planned


def _axis_lede(espace: EspaceDeContrat, found: Axe, orientations: Sequence[Orientation]) -> str:
    actions = sum(one.nb_actions for one in orientations)  # type: ignore[attr-defined]  # annotated
    planned = _unless_unread(espace, pluriel(actions, "action prévue", "actions prévues", genre="f"))
    start = "Axe transversal : il touche tous les autres. " if found.transversal else ""
    return f"{start}{capital(pluriel(len(orientations), 'orientation', genre='f', lettres=True))}, {planned}."


urlpatterns = [
    path("axes/<str:code>", axe, name="axe"),
    path("orientations/<str:code>", orientation, name="orientation"),
]
