from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import AppConfig

Arguments = tuple[tuple[str, ...], str | None]


class CoreConfig(AppConfig):
    name = "tenir.core"
    label = "core"

    def ready(self) -> None:
        """Give the loop its nightly tasks and its works.

        Let django-tables2 inspect the methods of a list once: it does so for every cell, a third of a list's time and
        more than half of an export's.
        """
        from datetime import time, timedelta

        from django_tables2 import utils

        from tenir.core.courriels import SENDING
        from tenir.core.nuit import nightly
        from tenir.core.piece import Piece, declare
        from tenir.core.sauvegarde.travail import CHANTIER, KIND
        from tenir.core.taches import Tache
        from tenir.core.travaux.fichiers import clean

        utils.signature = remembered(utils.signature)
        cleaning = Tache("menage-des-travaux", clean, timedelta(days=1), time(2, 10))
        declare(Piece("core", tasks=[*nightly(), SENDING, cleaning], works={KIND: CHANTIER}))


def remembered(signature: Callable[[Any], Arguments]) -> Callable[[Any], Arguments]:
    """A function that tells the arguments of another, and inspects a method once for all the objects that have it."""
    of_function = cache(signature)

    def arguments(function: Any) -> Arguments:
        method = getattr(function, "__func__", None)
        if method is None:
            return signature(function)
        names, catch_all = of_function(method)
        return names[1:], catch_all

    return arguments
