"""The contracts of the home of the site, when they are few: one glance at each, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from tenir.contrat.absences import UNREAD_ACTIONS
from tenir.contrat.adresses import address
from tenir.contrat.models import ActionPrevue, Axe
from tenir.core.carres import Carre, EnLegende, drawing, legend, sentence
from tenir.core.typographie import pluriel, typo
from tenir.fiches.signes import ORDRE
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.actions.avancement import with_steps
from tenir.public.coup_d_oeil import NO_ACTION, square

FEW, PER_LINE = 4, 13
"""How many contracts the home shows at a glance; how many squares hold in the width of a phone."""


@dataclass(frozen=True, slots=True)
class AxeEnVitrine:
    """An axis: its letter, its title, its squares as one image."""

    lettre: str
    titre: str
    rang: int
    url: str
    dessin: SafeString


@dataclass(frozen=True, slots=True)
class Vitrine:
    """A contract: where it is read, where its actions are in words, its axes."""

    titre: str
    url: str
    phrase: str
    axes: tuple[AxeEnVitrine, ...]


def showcase(rows: QuerySet[EspaceDeContrat], count: int) -> tuple[list[Vitrine], list[EnLegende]]:
    """Each contract at a glance and what the squares mean; nothing where there are too many to look at."""
    if not 0 < count <= FEW:
        return [], []
    contracts = list(rows.prefetch_related(None))
    axes = _by_contract(Axe.objects.filter(espace__in=contracts, retire=False).order_by("espace", "ordre"))
    held = _squares(contracts)
    every = [one for squares in held.values() for one in squares]
    shown = [_showcase(one, axes.get(one.pk, []), held) for one in contracts]
    return shown, legend(every, ORDRE)


def _by_contract(axes: Iterable[Axe]) -> dict[int, list[Axe]]:
    found: dict[int, list[Axe]] = {}
    for axe in axes:
        found.setdefault(axe.espace_id, []).append(axe)
    return found


def _squares(contracts: Sequence[EspaceDeContrat]) -> dict[int, list[Carre]]:
    """The squares of every action, by axis, in the order of the contract."""
    slugs = {one.pk: one.slug for one in contracts}
    actions = ActionPrevue.objects.principales().filter(espace__in=contracts, retire=False)
    found: dict[int, list[Carre]] = {}
    read = actions.select_related("espace", "fiche", "orientation").prefetch_related(with_steps())
    for action in read.order_by("espace", "ordre"):
        found.setdefault(action.orientation.axe_id, []).append(square(action, slugs[action.espace_id]))
    return found


def _showcase(espace: EspaceDeContrat, axes: list[Axe], held: dict[int, list[Carre]]) -> Vitrine:
    shown = tuple(_axis(espace, axe, rank, held.get(axe.pk, [])) for rank, axe in enumerate(axes, start=1))
    squares = [one for axe in axes for one in held.get(axe.pk, ())]
    silent = UNREAD_ACTIONS if Contenu.ACTIONS in espace.non_lus else NO_ACTION
    told = f"Sur {pluriel(len(squares), 'action', genre='f')} : {sentence(squares, ORDRE)}."
    phrase = told if squares else silent
    return Vitrine(espace.titre, reverse("contrat", args=[espace.slug]), typo(phrase), shown)


def _axis(espace: EspaceDeContrat, axe: Axe, rank: int, squares: list[Carre]) -> AxeEnVitrine:
    name = sentence(squares, ORDRE)
    drawn = drawing([one.signe.motif for one in squares], titre=name, par_ligne=PER_LINE) if squares else SafeString()
    return AxeEnVitrine(axe.code, axe.titre, rank, address(espace.slug, axe.code), drawn)
