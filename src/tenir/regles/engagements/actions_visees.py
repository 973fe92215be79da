"""Which action of the plan a promise speaks of: the one whose title alone says two of its words."""

import re
from collections.abc import Sequence
from itertools import chain

from tenir.regles.champs import Fiche
from tenir.regles.rapprochement import MEASURES, ROOT, roots
from tenir.regles.textes import sans_accents

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
    return found[0] if len(found) == 1 else None if found else _named(promesse, fiches)


def _named(promesse: str, fiches: Sequence[Fiche]) -> Fiche | None:
    """The action whose first noun a promise says (« ouvre la pépinière »), when no other sheet has it."""
    said = {found[1][:ROOT] for found in _THE.finditer(sans_accents(promesse))}
    heads = [(one, head) for one in fiches if (head := _head(one.titre)) and head in said]
    alone = [
        one
        for one, head in heads
        if not any(head in sans_accents(f"{other.titre} {other.tout}") for other in fiches if other is not one)
    ]
    return alone[0] if len(alone) == 1 else None


def _head(titre: str) -> str:
    """The root of the first noun of a title: « Ouvrir une pépinière au port », « Une pépinière au port »."""
    found = _FIRST.match(sans_accents(titre))
    return found[1][:ROOT] if found and len(found[1]) >= LONG and found[1][:ROOT] not in MEASURES else ""


_FIRST = re.compile(r"\W*(?:\w+(?:er|ir|re)\s)?(?:une?|des|l[ae]s?|l[’'])\s?([a-z]{4,})\b")
_THE = re.compile(r"\b(?:l[ae]\s|l[’']|cette\s|cet?\s|du\s|au\s)([a-z]{4,})\b")
LONG = 6
"""How many letters a noun has, at least, to name an action by itself."""
