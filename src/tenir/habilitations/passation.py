"""Handing over what a person holds in a contract when she leaves.

A room that puts someone in charge of something brings its kind: `Piece(charges=[Charge("fiche action", …)])`. This room
does not know the things, only how many there are.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.piece import each
from tenir.core.requetes import among
from tenir.core.trace import Fait, record
from tenir.core.typographie import Genre, pluriel
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Referent
from tenir.habilitations.rights import Acces
from tenir.habilitations.services import trace_of

Count = Callable[[EspaceDeContrat, Personne], int]
"""How many such things a person holds in a contract."""

Transfer = Callable[[Acces, EspaceDeContrat, Personne, Personne], list[Fait]]
"""Gives them all to another, checking that who asks may; returns what changed, for the trace. In a transaction."""


class PassationRefusee(Exception):
    """Nothing is handed over; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Charge:
    """A kind of thing that a person may be in charge of, by its French noun."""

    nom: str
    count: Count
    transfer: Transfer
    plural: str = ""
    genre: Genre = "m"


def held_by(espace: EspaceDeContrat, personne: Personne) -> list[str]:
    """What she is in charge of there, counted: « 3 fiches action ». One query per kind."""
    found = ((charge, charge.count(espace, personne)) for charge in each("charges"))
    return [pluriel(count, charge.nom, charge.plural, genre=charge.genre) for charge, count in found if count]


def successors(espace: EspaceDeContrat, personne: Personne) -> QuerySet[Personne]:
    """To whom she may hand over: the others who have a role or a function in the contract today."""
    today = horloge.real_today(espace)
    roles = Habilitation.objects.current(today).filter(espace=espace).values("personne")
    functions = Referent.objects.current(today).filter(espace=espace).values("personne")
    here = Personne.objects.filter(among(roles, functions), effacee_le__isnull=True)
    return here.exclude(pk=personne.pk)


def known_successor(espace: EspaceDeContrat, de: Personne, a: Personne) -> None:
    """Let only someone of the contract take up.

    Raises:
        PassationRefusee: the other is not known in this contract.
    """
    if not successors(espace, de).filter(pk=a.pk).exists():
        raise PassationRefusee("La personne qui prend la suite doit avoir un rôle ou une fonction dans ce contrat.")


@transaction.atomic
def hand_over(*, by: Acces, espace: EspaceDeContrat, de: Personne, a: Personne, motif: str = "") -> None:
    """Give to another all that a person is in charge of in a contract. Each room checks the right on its own things.

    Raises:
        Refus: who asks may not hand over one of these kinds of things.
        PassationRefusee: the other is not known in this contract.
    """
    known_successor(espace, de, a)
    faits = [Fait("personne", str(de.pk), "passe la main à", "", f"personne n° {a.pk}")]
    for charge in each("charges"):
        faits += charge.transfer(by, espace, de, a)
    record(trace_of(espace), by.auteur(espace), faits, motif=motif)
