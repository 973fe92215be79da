"""The tranches of a grid in words, and the rows of a grid as someone types them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from tenir.core.typographie import euros, typo
from tenir.fichier.mots import comparable
from tenir.tarifs.models import Tranche

PLUS = 30
"""The most tranches of a grid."""
Cle = tuple[str, int]
"""What tells a tranche from the others of a grid: its category, as it is compared, and where it starts."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A tranche as it is typed."""

    categorie: str
    seuil: int
    prix: Decimal
    evolution: int = 0

    @property
    def cle(self) -> Cle:
        """What tells it from the others."""
        return (self.categorie, self.seuil)


@dataclass(frozen=True, slots=True)
class Borne:
    """A tranche with where it ends: no end, no upper bound. `seule`: it is the only one of its category."""

    categorie: str
    de: int
    a: int | None
    seule: bool = False

    def __str__(self) -> str:
        return typo(told_band(self.categorie, self.de, self.a))


def told_band(categorie: str, de: int, a: int | None) -> str:
    """« Commune, quotient de 400 à moins de 700 € », « Hors commune », « tous les usagers »."""
    if not de and a is None:
        return categorie or "Tous les usagers"
    start = f"{categorie}, quotient" if categorie else "Quotient"
    if a is None:
        return f"{start} de {euros(de)} et plus"
    return f"{start} de moins de {euros(a)}" if not de else f"{start} de {euros(de)} à moins de {euros(a)}"


def bounds(tranches: Iterable[Any]) -> list[tuple[Any, Borne]]:
    """Each tranche of a grid with its bounds, in the order of the grid."""
    found = list(tranches)
    starts: dict[str, list[int]] = {}
    for one in found:
        starts.setdefault(one.categorie, []).append(one.seuil)
    return [(one, _bound(one.categorie, one.seuil, sorted(starts[one.categorie]))) for one in found]


def _bound(categorie: str, seuil: int, starts: Sequence[int]) -> Borne:
    after = next((one for one in starts if one > seuil), None)
    return Borne(categorie, seuil, after, len(starts) == 1)


def names_of(tranches: Iterable[Tranche]) -> dict[int, str]:
    """The words of each tranche, by its key."""
    return {one.pk: str(borne) for one, borne in bounds(tranches)}


def ordered(lignes: Sequence[Ligne]) -> list[tuple[int, Ligne]]:
    """The rows of a grid with the rank of their category, in the order that categories were typed, then by quotient.

    Raises:
        ValidationError: none, too many, two that start at once, a category that does not start from nought.
    """
    if not lignes:
        raise ValidationError("Écrivez au moins une tranche, avec son prix.")
    if len(lignes) > PLUS:
        raise ValidationError(f"Une grille compte {PLUS} tranches au plus.")
    ranks = {one: rank for rank, one in enumerate(dict.fromkeys(one.categorie for one in lignes), 1)}
    _refuse_alike(list(ranks))
    for categorie in ranks:
        _refuse_gaps(categorie, [one.seuil for one in lignes if one.categorie == categorie])
    return sorted(((ranks[one.categorie], one) for one in lignes), key=lambda pair: (pair[0], pair[1].seuil))


def _refuse_alike(categories: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    for one in categories:
        other = seen.setdefault(comparable(one), one)
        if other != one:
            raise ValidationError(
                typo(f"« {other} » et « {one} » se confondent : écrivez cette catégorie d’une façon.")
            )


def _refuse_gaps(categorie: str, starts: Sequence[int]) -> None:
    of = f" de « {categorie} »" if categorie else ""
    twice = sorted({one for one in starts if starts.count(one) > 1})
    if twice:
        raise ValidationError(typo(f"Deux tranches{of} partent du quotient {euros(twice[0])} : elles se recouvrent."))
    if min(starts):
        gap = f"La première tranche{of} part de {euros(min(starts))} : en dessous, personne n’a de prix."
        raise ValidationError(typo(f"{gap} Faites-la partir de 0."))
