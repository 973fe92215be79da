"""Squares: one square, one thing (an action, a promise, an answer), its state told by a shape, then by a colour.

A row of squares is read by eye and counted by eye; the sentence beside it says the same. The shapes are drawn here,
by attributes alone, so that pages, PDF and Word draw the same: `docs/adr/0059-images.md`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.safestring import SafeString

from tenir.core.cellules import escaped, together, written
from tenir.core.typographie import accord, nombre, typo, writable


class Motif(StrEnum):
    """The drawing of a state. Each is told from the others in black and white."""

    COCHE = "coche"
    COCHE_CREUSE = "coche-creuse"
    RAYE = "raye"
    POINTS = "points"
    CONTOUR = "contour"
    MOITIE = "moitie"
    CROIX = "croix"
    BARRES = "barres"
    CROIX_GRISE = "croix-grise"
    VIDE = "vide"


COTE, PAS = 20, 24
"""The side of a square, and the distance from one to the next, in units of its drawing."""

_BORD = '<path fill="#ffffff" stroke="{}" stroke-width="1.8" d="M1.9 1.9h16.2v16.2H1.9z"/>'
_PLEIN = '<path fill="{}" d="M1 1h18v18H1z"/>'
_TRAIT = '<path fill="none" stroke="{}" stroke-width="{}" d="{}"/>'
_COCHE, _CROIX = "M5 10.4l3.5 3.5L15.2 6.6", "M6 6l8 8M14 6l-8 8"
FAIT, MARQUE, RETARD, ATTENTION, MUET, ENCRE, BLANC = (
    *("#216b36", "#0d4f55", "#a3271b", "#8a5200", "#51606e", "#1c2733", "#ffffff"),
)
"""The inks of the states: those of base.css."""

FORMES: dict[Motif, str] = {
    Motif.COCHE: _PLEIN.format(FAIT) + _TRAIT.format(BLANC, 2.6, _COCHE),
    Motif.COCHE_CREUSE: _BORD.format(FAIT) + _TRAIT.format(FAIT, 2.6, _COCHE),
    Motif.RAYE: _BORD.format(MARQUE) + _TRAIT.format(MARQUE, 1.9, "M2 8l6-6M2 13L13 2M2 18L18 2M7 18L18 7M12 18l6-6"),
    Motif.POINTS: _BORD.format(MARQUE)
    + "".join(f'<circle fill="{MARQUE}" cx="{x}" cy="{y}" r="1.8"/>' for x in (7, 13) for y in (7, 13)),
    Motif.CONTOUR: _BORD.format(ENCRE),
    Motif.MOITIE: _BORD.format(RETARD) + f'<path fill="{RETARD}" d="M18.5 1.5v17h-17z"/>',
    Motif.CROIX: _PLEIN.format(RETARD) + _TRAIT.format(BLANC, 2.6, _CROIX),
    Motif.BARRES: _BORD.format(ATTENTION) + _TRAIT.format(ATTENTION, 2.8, "M7.5 5.5v9M12.5 5.5v9"),
    Motif.CROIX_GRISE: _BORD.format(MUET) + _TRAIT.format(MUET, 2, _CROIX),
    Motif.VIDE: f'<path fill="#ffffff" stroke="{MUET}" stroke-width="1.5" stroke-dasharray="3 2.4" '
    'd="M1.9 1.9h16.2v16.2H1.9z"/>',
}


@dataclass(frozen=True, slots=True)
class Signe:
    """A state: how it is drawn, what one thing in it is said to be, and several (« tenue », « tenues »).

    `seul`: what is said of one thing named before it, where a count says otherwise (« 3 dont rien n’est annoncé »).
    """

    motif: Motif
    mot: str
    mots: str = ""
    seul: str = ""

    def told(self, count: int) -> str:
        """« 3 réalisées »."""
        return f"{nombre(count)} {accord(count, self.mot, self.mots or self.mot)}"


@dataclass(frozen=True, slots=True)
class Carre:
    """One thing: its state, what it is called, where it is read."""

    signe: Signe
    nom: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class EnLegende:
    """A line of a legend: a drawing, and how many are so, in words."""

    motif: Motif
    mots: str

    @property
    def forme(self) -> SafeString:
        """Its drawing, in the units of a square."""
        return SafeString(FORMES[self.motif])


@dataclass(frozen=True, slots=True)
class Rang:
    """A row: what it is of, its squares, the order in which its sentence tells them, what it says without any."""

    titre: str
    carres: tuple[Carre, ...]
    url: str = ""
    code: str = ""
    vide: str = ""
    ordre: tuple[Signe, ...] = ()

    @property
    def dessin(self) -> SafeString:
        """Its squares as a list of links, for a page whose legend holds the shapes."""
        return listed(self.carres)

    @property
    def phrase(self) -> str:
        """How many are in each state; or what is said where there is nothing to count."""
        return sentence(self.carres, self.ordre) or self.vide


@dataclass(frozen=True, slots=True)
class Rangs:
    """Rows of squares, and what their drawings mean; no legend where there is no square."""

    rangs: tuple[Rang, ...]
    legende: tuple[EnLegende, ...]

    @property
    def phrase(self) -> str:
        """All of it in words: « 6 réalisées, 17 en cours »."""
        return ", ".join(line.mots for line in self.legende)


def picture(rows: Iterable[Rang], order: Sequence[Signe]) -> Rangs:
    """Rows with their legend."""
    found = tuple(rows)
    return Rangs(found, tuple(legend((one for row in found for one in row.carres), order)))


def counted(carres: Iterable[Carre], order: Sequence[Signe] = ()) -> list[tuple[Signe, int]]:
    """The states that are there with their counts, in an order; what it does not name comes last."""
    counts = Counter(one.signe for one in carres)
    return [(signe, counts[signe]) for signe in dict.fromkeys((*order, *counts)) if counts[signe]]


def sentence(carres: Iterable[Carre], order: Sequence[Signe] = ()) -> str:
    """« 2 réalisées, 3 en cours »; empty without any square."""
    return typo(", ".join(signe.told(count) for signe, count in counted(carres, order)))


def legend(carres: Iterable[Carre], order: Sequence[Signe] = ()) -> list[EnLegende]:
    """What each drawing means, with how many there are of it."""
    return [EnLegende(signe.motif, typo(signe.told(count))) for signe, count in counted(carres, order)]


def ranked(carres: Iterable[Carre], order: Sequence[Signe]) -> tuple[Carre, ...]:
    """Squares by state, so that a row is read as a bar."""
    ranks = {signe: rank for rank, signe in enumerate(order)}
    return tuple(sorted(carres, key=lambda one: ranks.get(one.signe, len(ranks))))


SVG = '<svg class="carre" role="img" viewBox="0 0 20 20"><title>{}</title><use href="#signe-{}"/></svg>'
LINKED = '<li><a href="{}">' + SVG + "</a></li>"
PLAIN = "<li>" + SVG + "</li>"


def listed(carres: Iterable[Carre]) -> SafeString:
    """Squares as the items of a list, each with its name and its state, each leading to its thing."""
    return together([_item(one) for one in carres], "\n")


def _item(one: Carre) -> SafeString:
    name = typo(f"{one.nom} : {one.signe.seul or one.signe.mot}")
    if one.url:
        return written(LINKED, one.url, name, one.signe.motif)
    return written(PLAIN, name, one.signe.motif)


def drawing(motifs: Sequence[str], *, titre: str, par_ligne: int = 20) -> SafeString:
    """A row of squares as one image that stands alone: in a document, in a cell. `titre` says what it shows."""
    wide, high = PAS * min(len(motifs), par_ligne), PAS * -(-len(motifs) // par_ligne)
    shapes = [
        f'<g transform="translate({2 + PAS * (rank % par_ligne)} {2 + PAS * (rank // par_ligne)})">'
        f"{FORMES[Motif(motif)]}</g>"
        for rank, motif in enumerate(motifs)
    ]
    head = f'<svg class="rang-de-carres" xmlns="http://www.w3.org/2000/svg" role="img" width="{wide}" height="{high}" '
    head += f'viewBox="0 0 {wide} {high}"><title>{escaped(writable(titre))}</title>'
    return SafeString(f"{head}{''.join(shapes)}</svg>")
