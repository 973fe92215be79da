"""What someone may do: her roles of today, the table of `roles.py`, and predicates on what is theirs.

A room that knows a thing says when it belongs to the body someone acts for: by its
`Piece(theirs={"contact.update": belongs})`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from operator import attrgetter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q

from tenir.acteurs.models import Organisation, Personne, Utilisateur
from tenir.core import horloge
from tenir.core.piece import by_name
from tenir.core.trace import Auteur
from tenir.core.typographie import typo
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.roles import RIGHTS, RIGHTS_BY_ROLE, RIGHTS_ON_THEIRS, Role, known

Predicate = Callable[[Habilitation, Any], bool]
NAMED = 5
"""How many of those who can a refusal names."""


class Portee(IntEnum):
    """How far a right goes: not at all, on what is theirs, on everything."""

    AUCUNE = 0
    SIENNE = 1
    TOUTE = 2


@dataclass(frozen=True, slots=True)
class Acces:
    """Someone, and the roles she holds today."""

    personne: Personne
    habilitations: tuple[Habilitation, ...] = ()

    def on(self, espace: EspaceDeContrat | None) -> list[Habilitation]:
        """Her roles that count in a contract (those of the platform count everywhere), or on the platform alone."""
        here = {None, espace.pk if espace else None}
        return [held for held in self.habilitations if held.espace_id in here]

    def administers(self) -> bool:
        """Whether she holds a role of the platform, which counts in every contract."""
        return any(held.espace_id is None for held in self.habilitations)

    def contracts(self) -> list[EspaceDeContrat]:
        """The contracts she holds a role in."""
        return list({held.espace_id: held.espace for held in self.habilitations if held.espace}.values())

    def rights(self, espace: EspaceDeContrat | None) -> frozenset[str]:
        """What she may do there on anything."""
        return frozenset().union(*(RIGHTS_BY_ROLE[Role(held.role)] for held in self.on(espace)))

    def organisation(self, espace: EspaceDeContrat | None) -> Organisation | None:
        """The body she acts for there, the first when she has several."""
        return next((held.organisation for held in self.on(espace) if held.organisation), None)

    def auteur(self, espace: EspaceDeContrat | None) -> Auteur:
        """Who the trace says acts, and for which body."""
        body = self.organisation(espace)
        return Auteur(self.personne.pk, body.nom if body else "")


class Refus(PermissionDenied):
    """Her contract, not her role: the message is the French sentence that says who can."""


def missing_predicates() -> list[str]:
    """The rights held on what is theirs, for which no room has said what is theirs."""
    asked: set[str] = set().union(*RIGHTS_ON_THEIRS.values())
    return sorted(asked - by_name("theirs").keys())


def acces_of(personne: Personne, *, on: date | None = None) -> Acces:
    """The roles a person holds that day, today by the clocks of each contract by default; one query."""
    rows = Habilitation.objects.filter(personne=personne).select_related("espace", "organisation")
    if on:
        return Acces(personne, tuple(rows.current(on)))
    return Acces(personne, tuple(held for held in rows.current_somewhere() if held.holds()))


def acces_of_user(utilisateur: Utilisateur) -> Acces | None:
    """The same for an account, in one query when she holds a role; none when the account is nobody's."""
    current = Habilitation.objects.current_somewhere().filter(personne__utilisateur=utilisateur)
    # In order once read: asked of the base, Django first weighs each of the sixty columns, at every request.
    rows = sorted(current.select_related("personne", "espace", "organisation").order_by(), key=attrgetter("pk"))
    held = tuple(one for one in rows if one.holds())
    personne = held[0].personne if held else Personne.objects.filter(utilisateur=utilisateur).first()
    return Acces(personne, held) if personne else None


def reach(acces: Acces, right: str, espace: EspaceDeContrat | None) -> Portee:
    """How far someone holds a right in a contract, or on the platform.

    Raises:
        UnknownRight: no such right.
    """
    known(right)
    return max((reach_of(held, right) for held in acces.on(espace)), default=Portee.AUCUNE)


def may(acces: Acces, right: str, espace: EspaceDeContrat | None, thing: Any = None) -> bool:
    """Whether someone may do it; without a `thing`, whether she may do it on anything.

    Raises:
        UnknownRight: no such right.
    """
    known(right)
    return any(_allows(held, right, thing) for held in acces.on(espace))


def require(acces: Acces, right: str, espace: EspaceDeContrat | None, thing: Any = None) -> None:
    """Let only those who may pass.

    Raises:
        UnknownRight: no such right.
        Refus: she may not; the message says who can.
    """
    if not may(acces, right, espace, thing):
        raise Refus(who_can(right, espace))


def who_can(right: str, espace: EspaceDeContrat | None) -> str:
    """The sentence that says to whom a right is reserved, and who they are.

    Raises:
        UnknownRight: no such right.
    """
    sentence = RIGHTS[known(right)]
    reserved = f"{sentence[0].upper()}{sentence[1:]} est réservé {reserved_to(right, espace)}"
    names = _names(_holders(right, espace), espace)
    return typo(f"{reserved} : {_listed(names)}." if names else f"{reserved}.")


def reserved_to(right: str, espace: EspaceDeContrat | None) -> str:
    """To whom a right is reserved, by role: « à l’équipe du contrat et à l’administration de la plateforme »."""
    return _listed([role.at for role in _holders(right, espace)]) or "à la personne elle-même"


def _holders(right: str, espace: EspaceDeContrat | None) -> list[Role]:
    """The roles that hold a right on everything, the nearest first; on the platform, only one counts."""
    found = [role for role in reversed(Role) if table_reach(role, known(right)) == Portee.TOUTE]
    return found if espace else [Role.ADMINISTRATION]


def _names(roles: list[Role], espace: EspaceDeContrat | None) -> list[str]:
    """Some of those who hold a role here, those of the contract before those of the platform."""
    current = Habilitation.objects.current(horloge.real_today(espace)).filter(role__in=roles)
    here = current.filter(Q(espace=espace) | Q(espace=None)).order_by(F("espace").asc(nulls_last=True), "personne__nom")
    return list(dict.fromkeys(here.values_list("personne__nom", flat=True)))[:NAMED]


def _listed(words: list[str]) -> str:
    return " et ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)


def _allows(held: Habilitation, right: str, thing: Any) -> bool:
    reached = reach_of(held, right)
    if reached != Portee.SIENNE or thing is None:
        return reached == Portee.TOUTE
    predicate: Predicate | None = by_name("theirs").get(right)
    return predicate is not None and predicate(held, thing)


def reach_of(held: Habilitation, right: str) -> Portee:
    """How far one role carries a right."""
    return table_reach(Role(held.role), right)


def table_reach(role: Role, right: str) -> Portee:
    """How far the table carries a right for a role."""
    if right in RIGHTS_BY_ROLE[role]:
        return Portee.TOUTE
    return Portee.SIENNE if right in RIGHTS_ON_THEIRS.get(role, ()) else Portee.AUCUNE
