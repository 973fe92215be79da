"""The numbers that a contract gives its own things: D1, P2, Q3… Given once, in order."""

from typing import Any

from django.db.models import Max

from tenir.habilitations.models import EspaceDeContrat


def hold(espace: EspaceDeContrat) -> None:
    """Hold a contract until the end of the transaction: two who write at once do it one after the other."""
    EspaceDeContrat.objects.select_for_update().get(pk=espace.pk)


def next_number(model: Any, espace: EspaceDeContrat) -> int:
    """The next number of a contract, which this transaction holds: two who write at once have two.

    `model`: of which each row has an `espace` and a `numero`.
    """
    hold(espace)
    last: int | None = model._default_manager.filter(espace=espace).aggregate(last=Max("numero"))["last"]
    return (last or 0) + 1
