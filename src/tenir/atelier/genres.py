"""The kinds of items that the workshop adds, moves and withdraws: where each lives, and how its codes are written.

What has no line here stays with what holds it, and is never lost.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_uppercase

from tenir.fichier import modeles as f
from tenir.fichier.objet import Item, Objet


@dataclass(frozen=True, slots=True)
class Genre:
    """One kind of item in one place. `code` says how its codes are written: `{dans}` is the code of what holds it."""

    cle: str
    modele: type[Item]
    champ: str
    code: str
    dans: type[Item] | None = None

    @property
    def nom(self) -> str:
        """The noun shown for it."""
        return self.modele.genre

    @property
    def partout(self) -> bool:
        """Whether its codes are numbered through the whole contract, wherever it lives."""
        return "{dans}" not in self.code


GENRES = (
    Genre("axe", f.Axe, "axes", "{lettre}"),
    Genre("orientation", f.Orientation, "orientations", "O{n:02d}", f.Axe),
    Genre("action", f.ActionPrevue, "actions", "{dans}-A{n:02d}", f.Orientation),
    Genre("sous-action", f.SousAction, "sous_actions", "{dans}-{n}", f.ActionPrevue),
    Genre("objectif", f.Objectif, "objectifs", "{dans}-B{n:02d}", f.Orientation),
    Genre("donnee", f.Donnee, "donnees", "{dans}-D{n:02d}", f.Orientation),
    Genre("credits", f.LigneDeCredits, "credits", "{dans}-F{n:02d}", f.Orientation),
    Genre("partie-d-orientation", f.Partie, "parties", "{dans}-P{n:02d}", f.Orientation),
    Genre("signataire", f.Signataire, "signataires", "S{n:02d}"),
    Genre("engagement", f.Engagement, "engagements", "{dans}-E{n:02d}", f.Signataire),
    Genre("rappel", f.Rappel, "rappels", "{dans}-R{n:02d}", f.Signataire),
    Genre("document-cadre", f.DocumentCadre, "documents_cadres", "{dans}-C{n:02d}", f.Signataire),
    Genre("partie-de-signataire", f.Partie, "parties", "{dans}-P{n:02d}", f.Signataire),
    Genre("indicateur", f.Indicateur, "indicateurs", "I{n:02d}"),
    Genre("instance", f.InstanceDeGouvernance, "instances", "G{n:02d}"),
    Genre("article", f.Article, "articles", "ART{n}"),
    Genre("donnee-du-diagnostic", f.Donnee, "diagnostic", "T{n:02d}"),
    Genre("lieu", f.Lieu, "lieux", "L{n:02d}"),
    Genre("enseignement", f.Enseignement, "contrat_precedent.enseignements", "E{n:02d}"),
    Genre("partie", f.Partie, "parties", "P{n:02d}"),
)
"""In the order in which a contract is read."""

PAR_CLE = {genre.cle: genre for genre in GENRES}
MOTS = {
    "partie-d-orientation": "partie d’une orientation",
    "partie-de-signataire": "partie d’un signataire",
    "donnee": "donnée d’une orientation",
    "donnee-du-diagnostic": "donnée du diagnostic",
    "partie": "partie du document",
}
"""What a kind is called where its noun alone would not tell it from another."""
NOMS = ("titre", "libelle", "nom", "financeur")
"""The field that calls an item by its name, the first that its model has."""
FIRST_VALUES: dict[type[Item], dict[str, str | None]] = {
    f.Axe: {"titre_imprime": None},
    f.Orientation: {"titre_imprime": None},
    f.Donnee: {"statut": "manquante"},
    f.LigneDeCredits: {"nature": "droit commun"},
    f.Partie: {"nature": "autre"},
    f.Enseignement: {"sens": "mixte"},
}
"""What else a new item must say, until someone says it better; None stands for its name."""


class SansLettre(Exception):
    """Twenty-six axes are there already."""


def said(genre: Genre) -> str:
    """What a kind is called in a choice."""
    return MOTS.get(genre.cle, genre.nom)


def name_field(modele: type[Item]) -> str:
    """The field that calls an item of a model by its name."""
    return next(name for name in NOMS if name in modele.model_fields)


def first_values(genre: Genre, nom: str) -> dict[str, str]:
    """What a new item says when only its name is known."""
    asked = FIRST_VALUES.get(genre.modele, {})
    return {name_field(genre.modele): nom} | {name: value or nom for name, value in asked.items()}


def held_by(modele: type[Objet] | None) -> tuple[Genre, ...]:
    """The kinds that something holds; the contract itself, for none."""
    return tuple(genre for genre in GENRES if genre.dans is modele)


def children_of(objet: Objet) -> tuple[Genre, ...]:
    """The kinds that an object may hold."""
    return held_by(type(objet) if isinstance(objet, Item) else None)


def next_code(genre: Genre, dans: str, taken: Iterable[str]) -> str:
    """The next free code: after the last that ever was, so that none names two things.

    Raises:
        SansLettre: no letter is left for an axis.
    """
    codes = set(taken)
    if "{lettre}" in genre.code:
        free = [letter for letter in ascii_uppercase if letter not in codes]
        if not free:
            raise SansLettre
        return free[0]
    before = genre.code.split("{n")[0].format(dans=dans)
    numbers = [int(m[1]) for code in codes if (m := re.fullmatch(rf"{re.escape(before)}([0-9]+)", code))]
    return genre.code.format(dans=dans, n=max(numbers, default=0) + 1)
