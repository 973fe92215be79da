"""Opening follow-up: a row for each action, promise and indicator in force, as soon as its contract is loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from tenir.contrat.models import ActionPrevue, CodeRetire, Engagement, Indicateur
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.suivi.models import FicheAction, SuiviDEngagement, SuiviDIndicateur


@dataclass(frozen=True, slots=True)
class Sorte:
    """A kind of signed item that is followed: its life, the column that leads to it, since when, and which items."""

    vie: type[Model]
    vers: str
    depuis: str
    items: "Callable[[EspaceDeContrat], QuerySet[Any]]"


SORTES = (
    Sorte(FicheAction, "action", "ouverte_le", lambda of: ActionPrevue.objects.of(of).principales()),
    Sorte(SuiviDEngagement, "engagement", "ouvert_le", lambda of: Engagement.objects.of(of).comptes()),
    Sorte(SuiviDIndicateur, "indicateur", "ouvert_le", lambda of: Indicateur.objects.of(of).filter(repete=None)),
)
"""What is followed; a heading that only groups promises, an indicator that repeats another, are not."""


def open_follow_up(espace: EspaceDeContrat) -> int:
    """Give its life to each item that has none; a moved item takes its own along. Return how many were opened."""
    moved = CodeRetire.objects.filter(espace=espace).exclude(remplace_par="").values_list("code", "remplace_par")
    replaced = dict(moved)
    return sum(_open(espace, sorte, replaced) for sorte in SORTES)


def _open(espace: EspaceDeContrat, sorte: Sorte, replaced: dict[str, str]) -> int:
    rows, today = sorte.vie._default_manager, horloge.today()
    followed = set(rows.filter(espace=espace).values_list(f"{sorte.vers}_id", flat=True))
    without = {item.code: item for item in sorte.items(espace) if item.pk not in followed}
    left = rows.filter(**{"espace": espace, f"{sorte.vers}__retire": True, f"{sorte.vers}__code__in": replaced})
    for row in left.select_related(sorte.vers):
        if target := without.pop(replaced[getattr(row, sorte.vers).code], None):
            setattr(row, sorte.vers, target)
            row.save(update_fields=[sorte.vers])
    new = [sorte.vie(**{"espace": espace, sorte.vers: item, sorte.depuis: today}) for item in without.values()]
    return len(rows.bulk_create(new))
