"""Which action of the plan a promise speaks of: the one whose title alone says two of its words."""

from collections.abc import Sequence
from itertools import chain

from tenir.regles.champs import Fiche
from tenir.regles.rapprochement import roots

SHARED = 2
"""How many roots that one action alone has make a promise that of this action."""


def fiche_visee(promesse: str, fiches: Sequence[Fiche]) -> Fiche | None:
    """The action that a promise speaks of; none when two may be meant."""
    said = roots(promesse)
    planned = [(one, roots(one.titre)) for one in fiches]
    found = []
    for one, own in planned:
        others = set(chain.from_iterable(theirs for other, theirs in planned if other is not one))
        if len((said & own) - others) >= SHARED:
            found.append(one)
    return found[0] if len(found) == 1 else None
