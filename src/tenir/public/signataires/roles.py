"""Where a signatory is named by others than itself: what it pilots, what it is associated with, where it sits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from tenir.contrat.adresses import address
from tenir.contrat.models import ElementSigne, OrganismeCite, Orientation, Signataire
from tenir.core.composants import Item, Lien
from tenir.core.typographie import pluriel
from tenir.habilitations.models import EspaceDeContrat

Role = OrganismeCite.Role
HOLDERS = ("orientation", "action", "instance")
Cited = list[OrganismeCite]


@dataclass(frozen=True, slots=True)
class Roles:
    """What names a signatory, or a service of it; each thing once, in the order of the contract."""

    orientations: list[Item]
    actions: list[Item]
    associe: list[Lien]
    instances: list[Lien]


def roles(espace: EspaceDeContrat, found: Signataire, ids: set[str]) -> Roles:
    """The roles of a signatory whose organisation and services are `ids`: two queries."""
    cited = list(_cited(espace, ids))
    own = found.organisation.identifiant
    piloted = _by_holder(cited, "orientation", Role.PILOTE)
    counts = _actions_of(piloted)
    return Roles(
        orientations=[
            _item(one, espace.slug, pluriel(counts[one.pk], "action prévue", "actions prévues", genre="f"), by, own)
            for one, by in piloted
        ],
        actions=[_item(one, espace.slug, "", by, own) for one, by in _by_holder(cited, "action", Role.PILOTE)],
        associe=_links(espace.slug, _associated(cited), lambda by: _services(by, own)),
        instances=_links(espace.slug, _by_holder(cited, "instance"), lambda by: _seat(by, own)),
    )


def _cited(espace: EspaceDeContrat, ids: set[str]) -> Iterable[OrganismeCite]:
    in_force = Q()
    for holder in HOLDERS:
        in_force |= Q(**{f"{holder}__retire": False})
    named = OrganismeCite.objects.filter(in_force, espace=espace, organisation__identifiant__in=ids)
    return named.select_related("organisation", *HOLDERS).order_by("role", "rang", "pk")


def _by_holder(cited: Cited, holder: str, *roles: str) -> list[tuple[ElementSigne, Cited]]:
    """What names a body in one of these roles (any by default), with the citations."""
    found: dict[ElementSigne, Cited] = {}
    for one in cited:
        item = getattr(one, holder)
        if item is not None and (not roles or one.role in roles):
            found.setdefault(item, []).append(one)
    return sorted(found.items(), key=lambda pair: pair[0].ordre)


def _associated(cited: Cited) -> list[tuple[ElementSigne, Cited]]:
    services = _by_holder(cited, "orientation", Role.SERVICE)
    return services + _by_holder(cited, "action", Role.PARTENAIRE)


def _actions_of(piloted: list[tuple[ElementSigne, Cited]]) -> dict[int, int]:
    main = Count("actions", filter=Q(actions__parent=None, actions__retire=False))
    counted = Orientation.objects.filter(pk__in=[one.pk for one, _ in piloted]).annotate(nb=main)
    return dict(counted.order_by().values_list("pk", "nb"))


def _item(one: ElementSigne, slug: str, note: str, by: Cited, own: str) -> Item:
    notes = [piece for piece in (note, _services(by, own)) if piece]
    return Item(one.code, one.nom_court, address(slug, one.code), " · ".join(notes))


def _links(slug: str, held: list[tuple[ElementSigne, Cited]], note: Callable[[Cited], str]) -> list[Lien]:
    return [Lien(one.nom_court, address(slug, one.code), one.code, note(by)) for one, by in held]


def _services(by: Cited, own: str) -> str:
    """Through which services a signatory is named; nothing when it is named itself."""
    named = {one.organisation.identifiant: one.organisation.nom for one in by if one.organisation}
    return "" if own in named else f"par {', '.join(named.values())}"


def _seat(by: Cited, own: str) -> str:
    """In what quality a signatory sits in a body: it chairs, or the function that is printed."""
    chairs = ["préside ou anime"] if any(one.role == Role.PRESIDENCE for one in by) else []
    functions = [one.fonction for one in by if one.fonction]
    return ", ".join(dict.fromkeys(piece for piece in (*chairs, *functions, _services(by, own)) if piece))
