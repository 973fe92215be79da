"""What counts the same things, and which figures are the parts of another: by their meaning, not by their unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.fichier.mots import ARTICLES, words
from tenir.regles.chiffres.ages import ageless, classes_of_ages, cover
from tenir.regles.chiffres.commun import PLACE, in_per_cent, lists_of

PEOPLE = frozenset(
    {"personne", "habitant", "femme", "homme", "fille", "garcon", "jeune", "enfant", "adulte", "senior", "demandeur"}
    | {"allocataire", "beneficiaire", "salarie", "eleve", "collegien", "lyceen", "etudiant", "stagiaire", "apprenti"}
    | {"resident", "chomeur", "actif", "retraite", "participant", "inscrit", "usager", "patient", "mineur", "majeur"}
    | {"agent", "licencie", "adherent", "visiteur", "locataire", "proprietaire", "diplome", "travailleur", "ecolier"}
)
"""The nouns, without accents or plural, of people: women and jobseekers count the same thing."""
HOMES = frozenset({"menage", "famille", "foyer", "logement", "immeuble", "residence", "entreprise", "association"})
"""What holds people, and does not count as they do: fifty families may have a hundred children."""
SIDES = {"femme": "femmes", "fille": "femmes", "homme": "hommes", "garcon": "hommes"}
WHOLE = frozenset({"total", "ensemble", "nombre", "part", "dont", "repartition", "proportion", "personne", "habitant"})
"""The words of a label that do not choose among people."""


def counts(said: str) -> str:
    """What a label or a unit counts: « personnes » for people, else the noun known first; empty when none is known."""
    found = next((word for word in words(said) if word in PEOPLE or word in HOMES), "")
    return "personnes" if found in PEOPLE else found


def counted(donnee: Donnee) -> str:
    """What a figure counts, by its unit, else by its label; a unit that is no such noun is its own."""
    unit = donnee.unite or ""
    return counts(unit) or unit or counts(donnee.libelle)


def comparable_to(part: Donnee, whole: Donnee) -> bool:
    """Whether two numbers count the same thing: neither in per cent, nothing said that differs."""
    if in_per_cent(part) or in_per_cent(whole):
        return False
    first, second = counted(part), counted(whole)
    return first == second or "" in (first, second)


@dataclass(frozen=True, slots=True)
class Ensemble:
    """A whole and the parts that make it."""

    tout: Donnee
    parties: Sequence[Donnee]


def wholes(contrat: ContratDeVille) -> Iterator[Ensemble]:
    """Each number with the parts that must make it: women and men, or classes of age that cover everyone."""
    for figures in lists_of(contrat):
        yield from _halves_of(figures)
        yield from _halves_alike([one for one in figures if not one.partie_de])
    yield from _by_age(contrat)


def side(donnee: Donnee) -> str:
    """« femmes » or « hommes » when a figure is about one of them only; empty otherwise."""
    said = f"{donnee.libelle} {donnee.perimetre or ''} {donnee.unite or ''}"
    found = {SIDES[word] for word in words(said) if word in SIDES}
    return found.pop() if len(found) == 1 else ""


def about(donnee: Donnee) -> frozenset[str]:
    """What a figure is about, whether women, men or all."""
    said = frozenset(words(f"{ageless(donnee.libelle)} {donnee.perimetre or ''}"))
    return said - ARTICLES - WHOLE - frozenset(SIDES)


def of_everyone(donnee: Donnee) -> bool:
    """Whether a figure says nothing but women or men, and where."""
    return not [word for word in about(donnee) if not PLACE.search(word)]


def _halves_of(figures: Sequence[Donnee]) -> Iterator[Ensemble]:
    """Women and men printed as the parts of a number (« dont »)."""
    for whole in figures:
        of_it = [one for one in figures if one.partie_de == whole.code and comparable_to(one, whole)]
        parts = {side(one): one for one in of_it if side(one)}
        if len(parts) == 2:
            yield Ensemble(whole, tuple(parts.values()))


def _halves_alike(figures: Sequence[Donnee]) -> Iterator[Ensemble]:
    """Women, men and all, on three lines or in three columns: the same words, or two lines right under their whole."""
    by_subject: dict[tuple[frozenset[str], str | None], list[Donnee]] = {}
    for one in figures:
        if not in_per_cent(one) and one.valeur is not None:
            by_subject.setdefault((about(one), one.periode), []).append(one)
    for same in by_subject.values():
        parts = {side(one): one for one in same if side(one)}
        others = [one for one in same if not side(one)]
        if len(parts) == 2 and len(same) == len(parts) + len(others) and len(others) < 2:
            whole = others[0] if others else _just_above(figures, list(parts.values()))
            if whole and all(comparable_to(one, whole) for one in parts.values()):
                yield Ensemble(whole, tuple(parts.values()))


def _just_above(figures: Sequence[Donnee], parts: list[Donnee]) -> Donnee | None:
    """The figure on the line above two lines that say « femmes » and « hommes » and no more."""
    first = min(figures.index(one) for one in parts)
    if first == 0 or not all(of_everyone(one) and one.source for one in parts):
        return None
    above, lines = figures[first - 1], sorted(one.source[0].debut for one in parts)
    touches = above.source and [above.source[-1].fin + 1, above.source[-1].fin + 2] == lines
    return above if touches and not side(above) and counted(above) in ("personnes", "") else None


def _by_age(contrat: ContratDeVille) -> Iterator[Ensemble]:
    """Classes of age that cover everyone, and the one number of the same list about the same people."""
    everyone = {one.code: figures for figures in lists_of(contrat) for one in figures}
    for classes in classes_of_ages(contrat):
        parts = [donnee for _, _, donnee in classes]
        if cover(classes) and not any(in_per_cent(one) for one in parts):
            subject, period = about(parts[0]), parts[0].periode
            found = [
                one
                for one in everyone[parts[0].code]
                if one not in parts and about(one) == subject and one.periode == period and comparable_to(parts[0], one)
            ]
            if len(found) == 1:
                yield Ensemble(found[0], parts)
