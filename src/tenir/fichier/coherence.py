"""What the models alone cannot see: codes that clash, references that lead nowhere, lines that do not exist."""

from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier import organisations
from tenir.fichier.codes import owner
from tenir.fichier.contenus import contenus
from tenir.fichier.modeles import (
    ContratDeVille,
    Donnee,
    Engagement,
    Indicateur,
    LigneDeCredits,
    OrganismeCite,
    RegleDOrdre,
    Signataire,
    Territoire,
)
from tenir.fichier.objet import Item, Objet, Place, walk
from tenir.fichier.source import Plage

MAX_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Incoherence:
    """A fault between parts of the file, with its path."""

    chemin: tuple[str | int, ...]
    message: str
    remede: str


def incoherences(contrat: ContratDeVille) -> Iterator[Incoherence]:
    """Yield every incoherence, in the order of the file."""
    places = list(walk(contrat))
    yield from _codes(places)
    yield from _retired(contrat)
    for place in places:
        yield from _references(place, contrat)
        yield from _unknown_bodies(place)
        yield from _lines(place, contrat)
    yield from _absent_yet_held(contrat)
    if contrat.fictif and "fictif" not in contrat.identite.titre.casefold():
        yield Incoherence(("identite", "titre"), "un contrat fictif le dit dans son titre.", "Ajoutez « (fictif) ».")


def _absent_yet_held(contrat: ContratDeVille) -> Iterator[Incoherence]:
    held = contenus(contrat)
    for rank, kind in enumerate(contrat.absents):
        if kind in held:
            fault = f"« {kind} » est dit absent du document, et le fichier en contient."
            yield Incoherence(("absents", rank), fault, "Retirez ce mot.")


ENSEMBLES = ("orientations", "projets")
"""The lists of an axis whose codes do not name it."""


def _codes(places: list[Place]) -> Iterator[Incoherence]:
    codes_by_path = {place.chemin: place.objet.code for place in places if isinstance(place.objet, Item)}
    seen: set[str] = set()
    for chemin, code in codes_by_path.items():
        if code in seen:
            yield Incoherence((*chemin, "code"), f"le code {code} sert déjà.", "Donnez le prochain code libre.")
        seen.add(code)
        yield from _misplaced(chemin, code, _code_above(chemin, codes_by_path))


def _misplaced(chemin: tuple[str | int, ...], code: str, above: str | None) -> Iterator[Incoherence]:
    """A code names its holder, save what an axis holds, which may go from one axis to another."""
    expected = owner(code)
    remedy = "Déplacez l’élément ou donnez-lui un code de sa place."
    if expected is not None and above != expected:
        yield Incoherence(
            (*chemin, "code"), f"le code {code} dit appartenir à {expected}, où il n’est pas rangé.", remedy
        )
    if expected is None and above is not None and chemin[-2] not in ENSEMBLES:
        yield Incoherence((*chemin, "code"), f"le code {code} ne dit pas qu’il appartient à {above}.", remedy)


def _code_above(chemin: tuple[str | int, ...], codes_by_path: dict[tuple[str | int, ...], str]) -> str | None:
    """The code of the closest item that holds this path."""
    above = (codes_by_path.get(chemin[:length]) for length in range(len(chemin) - 1, 0, -1))
    return next((code for code in above if code), None)


def _retired(contrat: ContratDeVille) -> Iterator[Incoherence]:
    told: set[str] = set()
    for rank, retired in enumerate(contrat.codes_retires):
        where = ("codes_retires", rank)
        if retired.code in told:
            yield Incoherence(where, f"le code retiré {retired.code} est inscrit deux fois.", "Gardez une ligne.")
        told.add(retired.code)
        if retired.code in contrat.items:
            yield Incoherence(where, f"le code retiré {retired.code} sert encore.", "Un code retiré ne revient jamais.")
        if retired.remplace_par and retired.remplace_par not in contrat.items:
            yield Incoherence(where, f"{retired.remplace_par} n’existe pas.", "Indiquez un code en vigueur.")


def _references(place: Place, contrat: ContratDeVille) -> Iterator[Incoherence]:
    for field, code in _referenced(place.objet):
        if code not in contrat.items:
            yield Incoherence((*place.chemin, field), f"{code} n’existe pas dans ce fichier.", "Corrigez le code.")
    if isinstance(place.objet, Engagement):
        yield from _levels(place, place.objet, contrat)
    if isinstance(place.objet, Indicateur):
        yield from _repeats(place, place.objet, contrat)
    if isinstance(place.objet, Donnee) and _contains_itself(place.objet, contrat):
        yield Incoherence((*place.chemin, "partie_de"), "la donnée est une part d’elle-même.", "Corrigez le code.")


def _contains_itself(donnee: Donnee, contrat: ContratDeVille) -> bool:
    seen: set[str] = set()
    current: Item | None = donnee
    while isinstance(current, Donnee) and current.partie_de and current.code not in seen:
        seen.add(current.code)
        current = contrat.items.get(current.partie_de)
    return isinstance(current, Donnee) and current.code == donnee.code and bool(seen)


def _referenced(objet: Objet) -> list[tuple[str, str]]:
    if isinstance(objet, Donnee):
        return [("partie_de", objet.partie_de)] if objet.partie_de else []
    if isinstance(objet, Engagement):
        up = [("parent", objet.parent)] if objet.parent else []
        return [*up, *(("orientations", code) for code in objet.orientations)]
    if isinstance(objet, Indicateur):
        first = [("repete", objet.repete)] if objet.repete else []
        return [*first, *(("orientations", code) for code in objet.orientations)]
    if isinstance(objet, RegleDOrdre):
        return [("avant", objet.avant)] if objet.avant else []
    return []


def _levels(place: Place, engagement: Engagement, contrat: ContratDeVille) -> Iterator[Incoherence]:
    if engagement.parent and owner(engagement.parent) != owner(engagement.code):
        yield Incoherence((*place.chemin, "parent"), "le parent est d’un autre signataire.", "Corrigez le code.")
    if _level(engagement, contrat) > MAX_LEVELS:
        yield Incoherence(
            (*place.chemin, "parent"),
            "l’engagement est à plus de trois niveaux, ou se contient.",
            "Remontez-le.",
        )


def _level(engagement: Engagement, contrat: ContratDeVille) -> int:
    level, current = 1, engagement
    while current.parent and level <= MAX_LEVELS:
        parent = contrat.items.get(current.parent)
        if not isinstance(parent, Engagement):
            return level
        level, current = level + 1, parent
    return level


def _repeats(place: Place, indicateur: Indicateur, contrat: ContratDeVille) -> Iterator[Incoherence]:
    first = contrat.items.get(indicateur.repete) if indicateur.repete else None
    if isinstance(first, Indicateur) and (first.repete or first.code == indicateur.code):
        yield Incoherence(
            (*place.chemin, "repete"), f"{first.code} est lui-même une répétition.", "Indiquez le premier."
        )


def _unknown_bodies(place: Place) -> Iterator[Incoherence]:
    if not isinstance(place.objet, (OrganismeCite, LigneDeCredits, Signataire, Territoire)):
        return
    body = place.objet.organisme
    if body is not None and not organisations.may_be(body):
        yield Incoherence(
            (*place.chemin, "organisme"),
            f"« {body} » n’est pas dans le fichier des organisations.",
            "Ajoutez l’organisation, ou corrigez l’identifiant.",
        )


def _lines(place: Place, contrat: ContratDeVille) -> Iterator[Incoherence]:
    if contrat.document is None:
        return
    for field in ("source", "source_protocole", "noms_masques"):
        for plage in getattr(place.objet, field, ()):
            if isinstance(plage, Plage) and plage.fin > contrat.document.lignes:
                yield Incoherence(
                    (*place.chemin, field),
                    f"la ligne {plage.fin} n’existe pas : le document en compte {contrat.document.lignes}.",
                    "Corrigez la source.",
                )
