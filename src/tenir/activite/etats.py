"""In which state things are, as their entries tell: read, never kept, so that nothing can drift from them."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Entree, Objet

ASIDE: dict[str, Any] = {"etat": None, "attend": False}
"""What is true of a thing of which nothing counts nor waits: it was set aside."""


def with_state(rows: "QuerySet[Objet]", on: date | None = None) -> "QuerySet[Objet]":
    """Things with their state (`etat`, a code, none until one counts), since when (`depuis`), the day of the last that
    was said of each (`dernier`), and whether something of it waits to be read (`attend`); as they were on a day, if
    one is given."""
    counted = Entree.objects.counted().filter(objet=OuterRef("pk")).order_by("-fin", "-numero")
    counted = counted.filter(fin__lte=on) if on else counted
    said = counted.exclude(etat="")
    waits = Entree.objects.filter(objet=OuterRef("pk"), statut=Statut.TENUE, confiance=Confiance.DECLAREE)
    return rows.annotate(
        etat=Subquery(said.values("etat")[:1]),
        depuis=Subquery(said.values("fin")[:1]),
        dernier=Subquery(counted.values("fin")[:1]),
        attend=Exists(waits),
    )
