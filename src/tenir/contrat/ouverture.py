"""Opening the life of signed items: a row for each item in force, as soon as its contract is loaded.

A room that follows a kind of item says so by a `Sorte`, and opens it after each load.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from tenir.contrat.models import CodeRetire
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat


@dataclass(frozen=True, slots=True)
class Sorte:
    """A kind of signed item that is followed: its life, the column that leads to it, since when, and which items.

    `liens`: the columns of that life that point to several other items, which may move too. `prend`: what a row takes
    of its item besides, when it is opened and when the item moves.
    """

    vie: type[Model]
    vers: str
    depuis: str
    items: "Callable[[EspaceDeContrat], QuerySet[Any]]"
    liens: tuple[str, ...] = ()
    prend: Callable[[Any, Any], None] | None = None


def open_life(espace: EspaceDeContrat, sorte: Sorte) -> int:
    """Give its life to each item that has none; a moved item takes its own along. Return how many were opened."""
    moved = CodeRetire.objects.filter(espace=espace).exclude(remplace_par="").values_list("code", "remplace_par")
    replaced = dict(moved)
    rows, today = sorte.vie._default_manager, horloge.today(espace)
    followed = set(rows.filter(espace=espace).values_list(f"{sorte.vers}_id", flat=True))
    without = {item.code: item for item in sorte.items(espace) if item.pk not in followed}
    left = rows.filter(**{"espace": espace, f"{sorte.vers}__retire": True, f"{sorte.vers}__code__in": replaced})
    for row in left.select_related(sorte.vers):
        if target := without.pop(replaced[getattr(row, sorte.vers).code], None):
            setattr(row, sorte.vers, target)
            _take(sorte, row, target)
            row.save(update_fields=None if sorte.prend else [sorte.vers])
    for lien in sorte.liens:
        _follow(espace, sorte, lien, replaced)
    new = [sorte.vie(**{"espace": espace, sorte.vers: item, sorte.depuis: today}) for item in without.values()]
    for row in new:
        _take(sorte, row, getattr(row, sorte.vers))
    return len(rows.bulk_create(new))


def _take(sorte: Sorte, row: Any, item: Any) -> None:
    if sorte.prend:
        sorte.prend(row, item)


def _follow(espace: EspaceDeContrat, sorte: Sorte, lien: str, replaced: dict[str, str]) -> None:
    """Let what was linked to a moved item be linked to the one that replaces it."""
    asked = {"espace": espace, f"{lien}__retire": True, f"{lien}__code__in": replaced}
    for row in sorte.vie._default_manager.filter(**asked).distinct():
        held = getattr(row, lien)
        for old in held.filter(retire=True, code__in=replaced):
            target = held.model.objects.filter(espace=espace, code=replaced[old.code], retire=False).first()
            if target is not None:
                held.remove(old)
                held.add(target)
