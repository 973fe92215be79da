"""What residents find: the places and the bodies of the registers that are directories, while they are open.

A thing is there when its register is a directory now, was one when the thing was last written, and something is still
expected of it. Closed, or its register withdrawn, it is there no more.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from tenir.activite.catalogue import offered_in
from tenir.activite.etats import with_state
from tenir.activite.models import Objet
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.natures.modeles import NatureEntiere


def directories(espace: EspaceDeContrat) -> list[NatureEntiere]:
    """The registers in which residents look; two queries."""
    return [one for one in offered_in(espace, Niveau.PARTENAIRES, lasting=True) if one.annuaire]


def found_by_residents(espace: EspaceDeContrat, kinds: Iterable[NatureEntiere]) -> "QuerySet[Objet]":
    """The things of some directories, with their state, in the order of their names."""
    opened = Q(pk__in=())
    for kind in kinds:
        opened |= Q(nature=kind.nature, etat__in=[one.code for one in kind.etats if not one.clos])
    return with_state(Objet.objects.of(espace).opened()).filter(opened)
