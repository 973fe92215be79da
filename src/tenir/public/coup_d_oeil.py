"""The contract in one picture, as anyone may read it: its axes, their orientations, one square per planned action.

A square says what the stamp of the action says on the pages beside, from the same two facts: its declared status, and
that it is late where anyone may read it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from tenir.contrat.absences import UNREAD_ACTIONS, unread
from tenir.contrat.adresses import address
from tenir.contrat.models import ActionPrevue, Axe, Orientation
from tenir.core.carres import Carre, EnLegende, Rang, Rangs, picture
from tenir.core.typographie import accord, pluriel
from tenir.fiches.signes import EN_RETARD, ORDRE, sign_of
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.actions.avancement import fiche_of, late_of, with_steps

NO_ACTION = "Aucune action n’y est prévue."


@dataclass(frozen=True, slots=True)
class AxeEnCarres:
    """An axis: its letter and title, how much it holds, a row of squares for each of its orientations."""

    lettre: str
    titre: str
    rang: int
    url: str
    note: str
    rangs: tuple[Rang, ...]


@dataclass(frozen=True, slots=True)
class CoupDOeil:
    """Every axis, and what the squares mean; no legend where no action was read."""

    axes: tuple[AxeEnCarres, ...]
    legende: tuple[EnLegende, ...]

    @property
    def retards(self) -> bool:
        """Whether a square says that something is late."""
        return any(line.motif == EN_RETARD.motif for line in self.legende)


def glance(espace: EspaceDeContrat) -> CoupDOeil:
    """The picture of a contract, in four queries whatever its size."""
    held = squares(ActionPrevue.objects.of(espace).principales(), espace.slug)
    orientations: dict[int, list[Orientation]] = {}
    for orientation in Orientation.objects.of(espace).order_by("ordre"):
        orientations.setdefault(orientation.axe_id, []).append(orientation)
    axes = tuple(
        _axis(espace, axe, rank, orientations.get(axe.pk, []), held)
        for rank, axe in enumerate(Axe.objects.of(espace), start=1)
    )
    return CoupDOeil(axes, picture((row for axe in axes for row in axe.rangs), ORDRE).legende)


def glance_at(espace: EspaceDeContrat, orientations: Sequence[Orientation]) -> Rangs:
    """The picture of some orientations, in two queries."""
    actions = ActionPrevue.objects.of(espace).principales().filter(orientation__in=orientations)
    rows = _rows(espace, orientations, squares(actions, espace.slug))
    return picture(rows, ORDRE)


def row_of(orientation: Orientation, actions: Iterable[ActionPrevue]) -> Rangs:
    """The picture of one orientation, from its actions read with their fiches and steps."""
    slug = orientation.espace.slug
    row = Rang("Où en sont ces actions", tuple(square(action, slug) for action in actions), ordre=ORDRE)
    return picture([row], ORDRE)


def squares(actions: QuerySet[ActionPrevue], slug: str) -> dict[int, list[Carre]]:
    """The squares of actions, by orientation, in the order of the contract."""
    found: dict[int, list[Carre]] = {}
    for action in actions.select_related("fiche").prefetch_related(with_steps()).order_by("ordre"):
        found.setdefault(action.orientation_id, []).append(square(action, slug))
    return found


def square(action: ActionPrevue, slug: str) -> Carre:
    """The square of an action read with its fiche and its steps."""
    fiche = fiche_of(action)
    sign = sign_of(fiche.statut if fiche else "", late=bool(late_of(action)))
    return Carre(sign, f"{action.code} {action.titre}", address(slug, action.code))


def _axis(
    espace: EspaceDeContrat, axe: Axe, rank: int, orientations: list[Orientation], held: dict[int, list[Carre]]
) -> AxeEnCarres:
    rows = _rows(espace, orientations, held)
    actions = sum(len(row.carres) for row in rows)
    planned = UNREAD_ACTIONS if unread(espace, Contenu.ACTIONS) else f"{actions} {accord(actions, 'action')}"
    start = "transversal · " if axe.transversal else ""
    note = f"{start}{pluriel(len(rows), 'orientation', genre='f')} · {planned}"
    return AxeEnCarres(axe.code, axe.titre, rank, address(espace.slug, axe.code), note, rows)


def _rows(
    espace: EspaceDeContrat, orientations: Iterable[Orientation], held: dict[int, list[Carre]]
) -> tuple[Rang, ...]:
    """A row for each orientation; where nothing was read, it says so rather than that nothing is planned."""
    silent = UNREAD_ACTIONS if unread(espace, Contenu.ACTIONS) else NO_ACTION
    return tuple(
        Rang(one.titre, tuple(held.get(one.pk, ())), address(espace.slug, one.code), one.code, silent, ORDRE)
        for one in orientations
    )
