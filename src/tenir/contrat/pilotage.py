"""Who pilots a planned action: the bodies it names, else those of its orientation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from tenir.contrat.models import ActionPrevue, OrganismeCite
from tenir.contrat.models.element import contract_of

Role = OrganismeCite.Role
NOMMES = "organismes_nommes"
"""Where `prefetches` puts the bodies that an action or an orientation names."""


@dataclass(frozen=True, slots=True)
class Pilotage:
    """The pilots of an action; `herite`: it names none, these are those of its orientation."""

    organismes: Sequence[OrganismeCite]
    herite: bool

    @property
    def a_designer(self) -> bool:
        """Whether a pilot is still to be named: there is none, or one is no known body."""
        return not self.organismes or any(one.organisation_id is None for one in self.organismes)

    @property
    def noms(self) -> str:
        """The pilots as printed."""
        return ", ".join(one.nom for one in self.organismes)


def prefetches_of_actions(to: str) -> "tuple[Prefetch[Any], Prefetch[Any]]":
    """The same as `prefetches`, for rows from which `to` (« action__ ») leads to the action."""
    return _prefetches(to, OrganismeCite.objects.select_related("organisation"))


def prefetches_of_names() -> "tuple[Prefetch[Any], Prefetch[Any]]":
    """The same as `prefetches`, where bodies are named as printed: what is known of each is not read."""
    return _prefetches("", OrganismeCite.objects.all())


def _prefetches(to: str, named: "QuerySet[OrganismeCite]") -> "tuple[Prefetch[Any], Prefetch[Any]]":
    pilots = named.filter(role=Role.PILOTE)
    return (
        Prefetch(f"{to}organismes", named, to_attr=NOMMES),
        Prefetch(f"{to}orientation__organismes", pilots, to_attr=NOMMES),
    )


def prefetches() -> "tuple[Prefetch[Any], Prefetch[Any]]":
    """What `pilotage` and `partenaires` need of actions whose orientation is selected: two queries."""
    return prefetches_of_actions("")


def pilotage(action: ActionPrevue) -> Pilotage:
    """The pilots of an action read with `prefetches`."""
    own = _held(action, Role.PILOTE)
    return Pilotage(own, herite=False) if own else Pilotage(_held(action.orientation, Role.PILOTE), herite=True)


def partenaires(action: ActionPrevue) -> list[OrganismeCite]:
    """The other bodies that an action names."""
    return _held(action, Role.PARTENAIRE)


def _held(holder: object, role: str) -> list[OrganismeCite]:
    return [one for one in getattr(holder, NOMMES) if one.role == role]


def pilots_of(actions: QuerySet[ActionPrevue]) -> QuerySet[OrganismeCite]:
    """Who pilots an action or an orientation in the contract of these actions."""
    return OrganismeCite.objects.filter(espace=contract_of(actions), role=Role.PILOTE)


def piloted(actions: QuerySet[ActionPrevue], condition: Q) -> Q:
    """Those of the actions of which one pilot, own or else of the orientation, meets a condition on `OrganismeCite`."""
    pilots = pilots_of(actions)
    own, meets = pilots.exclude(action=None), pilots.filter(condition)
    by_action = Q(pk__in=meets.exclude(action=None).values("action"))
    by_orientation = Q(orientation__in=meets.exclude(orientation=None).values("orientation"))
    return by_action | (by_orientation & ~Q(pk__in=own.values("action")))


def without_pilot(actions: QuerySet[ActionPrevue]) -> Q:
    """Those of the actions for which nobody is named, neither by them nor by their orientation."""
    pilots = pilots_of(actions)
    return ~Q(pk__in=pilots.exclude(action=None).values("action")) & ~Q(
        orientation__in=pilots.exclude(orientation=None).values("orientation")
    )
