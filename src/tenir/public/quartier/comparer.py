"""The quarter beside other places: the figures of the diagnosis that the contract prints for both, as bars from zero.

Only figures of the same label and unit are put side by side; the period of each is told, for they may differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from tenir.contrat.adresses import address
from tenir.contrat.models import Donnee
from tenir.core.carres import ENCRE, MARQUE
from tenir.core.typographie import typo
from tenir.fichier.mots import plain

QUARTIER = frozenset({"quartier", "qpv", "habitants du qpv", "habitants du quartier"})
"""How a contract calls the quarter, where a figure is counted in it."""
LARGEUR, HAUTEUR = 240, 16
IN_THE_QUARTER = f'<path fill="{MARQUE}" d="M0 2h{{}}v12H0z"/>'
ELSEWHERE = f'<path fill="#ffffff" stroke="{ENCRE}" stroke-width="1.5" d="M.8 2.8h{{}}v10.4H.8z"/>'
BAR = (
    '<svg class="barre-comparee" aria-hidden="true" viewBox="0 0 {} {}">'
    '<path stroke="{}" d="M.5 0V{}" stroke-width="1"/>{}</svg>'
)


@dataclass(frozen=True, slots=True)
class Lieu:
    """A figure of one place: what is printed, when, its bar, whether it is to be verified."""

    nom: str
    imprime: str
    periode: str
    code: str
    url: str
    a_verifier: bool
    barre: SafeString


@dataclass(frozen=True, slots=True)
class Comparaison:
    """One thing counted in several places, the quarter first."""

    titre: str
    lieux: tuple[Lieu, ...]


def compare(figures: Iterable[Donnee], slug: str) -> list[Comparaison]:
    """What may be put side by side among figures, in their order; no query."""
    groups: dict[tuple[str, str], list[Donnee]] = {}
    for one in figures:
        if one.valeur is not None and one.valeur >= 0:
            groups.setdefault((plain(one.libelle), one.unite), []).append(one)
    return [_comparison(held, slug) for held in groups.values() if _comparable(held)]


def _of_the_quarter(one: Donnee) -> bool:
    return plain(one.perimetre) in QUARTIER


def _comparable(held: list[Donnee]) -> bool:
    """Whether it is counted once in the quarter, and once at least elsewhere, each place once."""
    places = [plain(one.perimetre) for one in held]
    return sum(map(_of_the_quarter, held)) == 1 and len(places) > 1 and all(places) and len(set(places)) == len(places)


def _comparison(held: list[Donnee], slug: str) -> Comparaison:
    ordered = sorted(held, key=lambda one: not _of_the_quarter(one))
    highest = max(one.valeur for one in ordered if one.valeur is not None)
    return Comparaison(typo(ordered[0].libelle), tuple(_place(one, highest, slug) for one in ordered))


def _place(one: Donnee, highest: Decimal, slug: str) -> Lieu:
    printed = one.imprime if not one.unite or one.unite in one.imprime else f"{one.imprime} {one.unite}"
    wide = float((one.valeur or 0) / (highest or 1)) * (LARGEUR - 2)
    shape = (IN_THE_QUARTER if _of_the_quarter(one) else ELSEWHERE).format(f"{wide:.1f}")
    bar = SafeString(BAR.format(LARGEUR, HAUTEUR, ENCRE, HAUTEUR, shape))
    doubtful = bool(one.doute)
    return Lieu(one.perimetre, printed, one.periode, one.code, address(slug, one.code), doubtful, bar)
