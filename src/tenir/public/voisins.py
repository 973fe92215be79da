"""The items before and after one, in the order of the contract."""

from typing import Any

from django.db.models import QuerySet

from tenir.contrat.adresses import address
from tenir.contrat.models import ElementSigne
from tenir.core.composants import Lien


def neighbours(rows: QuerySet[Any], found: ElementSigne, slug: str) -> dict[str, Lien | None]:
    """What `public/includes/voisins.html` shows; `rows` are all those one may walk through."""
    before = rows.filter(ordre__lt=found.ordre).order_by("-ordre").first()
    after = rows.filter(ordre__gt=found.ordre).order_by("ordre").first()
    return {"precedent": _lien(before, slug), "suivant": _lien(after, slug)}


def _lien(item: ElementSigne | None, slug: str) -> Lien | None:
    return Lien(item.nom_court, address(slug, item.code), item.code) if item else None
