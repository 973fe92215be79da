"""What a scenario brings in and costs, tranche by tranche: exact, to the cent; what cannot be told is said.

Bounds of the grid in force and of the scenario are merged: within a part, everyone pays one price before and one after.
Attendance was counted by tranche of the grid of its year: a tranche that falls in several parts is shared by their
width, or not at all (`Repartition`). Shares are whole units whose sum is what was counted (largest remainders).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from tenir.core.typographie import typo
from tenir.financement.montants import ZERO, total
from tenir.tarifs.enums import Repartition
from tenir.tarifs.lignes import Borne, bounds, told_band

CENT_POUR_CENT = 100


@dataclass(frozen=True, slots=True)
class Comptee:
    """A tranche of the grid of a year, and how many units were counted there; none: nobody said."""

    borne: Borne
    unites: int | None
    usagers: int | None = None


@dataclass(slots=True)
class Part:
    """Those who pay one price today and one in the scenario.

    `avant`, `apres`: the prices; none: no such tranche. `unites`: what was counted, or its share; none: not known.
    """

    categorie: str
    de: int
    a: int | None
    avant: Decimal | None
    apres: Decimal | None
    evolution: int = 0
    unites: int | None = None
    partagee: bool = False
    raisons: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return typo(told_band(self.categorie, self.de, self.a))

    @property
    def supposees(self) -> int | None:
        """The units of the scenario, once attendance moved as is supposed; rounded to a unit, half to even."""
        return None if self.unites is None else moved(self.unites, self.evolution)

    @property
    def ecart(self) -> Decimal | None:
        """By how much the price changes."""
        return None if self.avant is None or self.apres is None else self.apres - self.avant

    @property
    def recette_avant(self) -> Decimal | None:
        """What it brings in today."""
        return None if self.avant is None or self.unites is None else self.avant * self.unites

    @property
    def recette_apres(self) -> Decimal | None:
        """What it would bring in."""
        return None if self.apres is None or self.supposees is None else self.apres * self.supposees

    @property
    def dite(self) -> bool:
        """Whether everything is known of it: it counts in the totals."""
        return self.recette_avant is not None and self.recette_apres is not None


@dataclass(frozen=True, slots=True)
class Bilan:
    """What a scenario gives beside the grid in force, over the parts of which everything is known."""

    parts: tuple[Part, ...]
    cout: Decimal | None
    manques: tuple[str, ...]

    @property
    def dites(self) -> list[Part]:
        """The parts that count."""
        return [one for one in self.parts if one.dite]

    @property
    def complet(self) -> bool:
        """Whether every part counts."""
        return bool(self.parts) and all(one.dite for one in self.parts)

    @property
    def recette_avant(self) -> Decimal:
        """What the grid in force brings in on that attendance."""
        return total(one.recette_avant for one in self.dites)

    @property
    def recette_apres(self) -> Decimal:
        """What the scenario would bring in."""
        return total(one.recette_apres for one in self.dites)

    @property
    def ecart(self) -> Decimal:
        """By how much receipts move: less nought, the collectivity pays it."""
        return self.recette_apres - self.recette_avant

    @property
    def unites_avant(self) -> int:
        """The units counted."""
        return sum(one.unites or 0 for one in self.dites)

    @property
    def unites_apres(self) -> int:
        """The units supposed."""
        return sum(one.supposees or 0 for one in self.dites)

    @property
    def reste_avant(self) -> Decimal | None:
        """What stays to the collectivity today: what units cost, less what they bring in; not known without a cost."""
        return None if self.cout is None else self.cout * self.unites_avant - self.recette_avant

    @property
    def reste_apres(self) -> Decimal | None:
        """What would stay to it."""
        return None if self.cout is None else self.cout * self.unites_apres - self.recette_apres

    @property
    def surcout(self) -> Decimal | None:
        """What the scenario costs the collectivity more than today; without a cost of units, known only where
        attendance stays the same."""
        if self.reste_avant is not None and self.reste_apres is not None:
            return self.reste_apres - self.reste_avant
        return -self.ecart if self.unites_avant == self.unites_apres else None


def moved(unites: int, evolution: int) -> int:
    """Units once attendance moved by some hundredths, rounded half to even."""
    exact = Decimal(unites * (CENT_POUR_CENT + evolution)) / CENT_POUR_CENT
    return int(exact.quantize(Decimal(1), ROUND_HALF_EVEN))


def reckon(
    avant: Iterable[Any], apres: Iterable[Any], comptees: Sequence[Comptee], *, repartition: str, cout: Decimal | None
) -> Bilan:
    """What a grid (`apres`) gives beside the one in force (`avant`), on an attendance counted by tranche.

    `avant`, `apres`: tranches, each with `categorie`, `seuil`, `prix`, and of a scenario `evolution`.
    """
    parts = merged(bounds(avant), bounds(apres), comptees)
    for one in comptees:
        _lay(one, parts, repartition)
    for part in parts:
        _explain(part, counted=bool(comptees))
    told = _cannot_be_told(parts, comptees, cout)
    return Bilan(tuple(parts), cout, tuple(typo(one) for one in told))


def merged(
    avant: Sequence[tuple[Any, Borne]], apres: Sequence[tuple[Any, Borne]], comptees: Sequence[Comptee] = ()
) -> list[Part]:
    """The parts that the bounds of both grids cut, category by category; those that were only counted, at the end."""
    every = [*(one for _, one in apres), *(one for _, one in avant)]
    categories = dict.fromkeys(one.categorie for one in every)
    found: list[Part] = []
    for categorie in categories:
        starts = sorted({one.de for one in every if one.categorie == categorie})
        for de, a in zip(starts, [*starts[1:], None], strict=True):
            before, after = _at(avant, categorie, de), _at(apres, categorie, de)
            moves = after.evolution if after is not None else 0
            found.append(Part(categorie, de, a, _price(before), _price(after), moves))
    alone = dict.fromkeys(one.borne.categorie for one in comptees if one.borne.categorie not in categories)
    return found + [Part(one, 0, None, None, None) for one in alone]


def _at(grille: Sequence[tuple[Any, Borne]], categorie: str, quotient: int) -> Any:
    """The tranche of a grid that holds a quotient."""
    held = (one for one, borne in grille if borne.categorie == categorie and _holds(borne, quotient))
    return next(held, None)


def _price(tranche: Any) -> Decimal | None:
    return None if tranche is None else tranche.prix


def _holds(borne: Borne, quotient: int) -> bool:
    return borne.de <= quotient and (borne.a is None or quotient < borne.a)


def _lay(comptee: Comptee, parts: Sequence[Part], repartition: str) -> None:
    """Lay what was counted in a tranche over the parts that it falls in."""
    borne = comptee.borne
    over = [one for one in parts if one.categorie == borne.categorie and _meet(one, borne)]
    if comptee.unites is None:
        _unknown(over, f"la fréquentation de « {borne} » n’est pas dite")
    elif len(over) == 1:
        _add(over, [comptee.unites], shared=False)
    elif repartition != Repartition.PROPORTIONNELLE:
        _unknown(over, f"la fréquentation de « {borne} » n’est pas répartie")
    elif borne.a is None:
        _unknown(over, f"« {borne} » n’a pas de limite haute : sa fréquentation ne se partage pas")
    else:
        _add(over, shares(comptee.unites, [_width(one, borne) for one in over]), shared=True)


def _meet(part: Part, borne: Borne) -> bool:
    return (borne.a is None or part.de < borne.a) and (part.a is None or borne.de < part.a)


def _width(part: Part, borne: Borne) -> int:
    ends = [one for one in (part.a, borne.a) if one is not None]
    return min(ends) - max(part.de, borne.de)


def _unknown(parts: Iterable[Part], raison: str) -> None:
    for one in parts:
        one.unites = None
        one.raisons.append(raison)


def _add(parts: Sequence[Part], unites: Sequence[int], *, shared: bool) -> None:
    for one, count in zip(parts, unites, strict=True):
        one.partagee = one.partagee or shared
        if not one.raisons:
            one.unites = (one.unites or 0) + count


def shares(whole: int, widths: Sequence[int]) -> list[int]:
    """A count shared by widths in whole numbers, whose sum is the count: the largest remainders take what is left."""
    every = sum(widths)
    exact = [Fraction(whole * one, every) for one in widths]
    found = [int(one) for one in exact]
    by_remainder = sorted(range(len(widths)), key=lambda rank: (found[rank] - exact[rank], rank))
    for rank in by_remainder[: whole - sum(found)]:
        found[rank] += 1
    return found


def _explain(part: Part, *, counted: bool) -> None:
    """Say why a part does not count."""
    if part.avant is None:
        part.raisons.append("la grille en vigueur n’a pas ce tarif")
    if part.apres is None:
        part.raisons.append("le scénario n’a pas ce tarif")
    if part.unites is None and not part.raisons and counted:
        part.raisons.append("sa fréquentation n’est pas dite")


def _cannot_be_told(parts: Sequence[Part], comptees: Sequence[Comptee], cout: Decimal | None) -> list[str]:
    """What a reader must know that these figures do not say."""
    found = [] if comptees else ["Aucune fréquentation n’est dite pour cette année : ni recettes ni coût."]
    if comptees:
        found += [f"{one} : {', '.join(dict.fromkeys(one.raisons))}." for one in parts if one.raisons]
    if comptees and all(one.usagers is None for one in comptees):
        found.append("Le nombre d’usagers différents n’est pas dit : on compte des unités, non des personnes.")
    if cout is None:
        found.append("Le coût de revient d’une unité n’est pas dit : le reste à charge n’est pas calculé.")
    if any(one.partagee for one in parts):
        found.append(
            "Une tranche est coupée : sa fréquentation est supposée se répartir également sur tous ses quotients."
        )
    if comptees and not any(one.evolution for one in parts):
        found.append("Personne n’est supposé venir plus ou moins : un prix qui change peut changer la fréquentation.")
    return found


def effort(prix: Decimal, quotient: int) -> Decimal | None:
    """The part of a quotient familial that a price takes, in hundredths, to two decimals; none of no quotient."""
    return (prix * 100 / quotient).quantize(Decimal("0.01"), ROUND_HALF_EVEN) if quotient else None


def by_category(parts: Iterable[Part]) -> Mapping[str, Decimal]:
    """By how much receipts move, category by category."""
    found: dict[str, Decimal] = {}
    for one in parts:
        if one.recette_avant is not None and one.recette_apres is not None:
            found[one.categorie] = found.get(one.categorie, ZERO) + one.recette_apres - one.recette_avant
    return found
