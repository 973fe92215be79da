"""A list as a rubric prints it: bullets with their depth, sub-headings above them, paragraphs between and after."""

from dataclasses import dataclass, replace

from tenir.fichier.source import Plage
from tenir.lecteur.lignes import ALINEA, Bloc, Texte


@dataclass(frozen=True, slots=True)
class Element:
    """A bullet of a list, with the paragraphs that carry it on and the bullets under it."""

    debut: int
    fin: int
    puce: str
    sous_theme: str | None = None
    enfants: tuple["Element", ...] = ()

    @property
    def source(self) -> tuple[Plage, ...]:
        """The lines of the element itself, children left out."""
        return (Plage(self.debut, self.fin),)


@dataclass(frozen=True)
class Liste:
    """What a rubric holds: bullets, plain paragraphs before or after them, sub-headings, notes."""

    elements: tuple[Element, ...]
    alineas: tuple[Bloc, ...]
    intertitres: tuple[Bloc, ...]


def lire_liste(texte: Texte, debut: int, fin: int) -> Liste:
    """Read a rubric as a list. A paragraph between two bullets belongs to the first; after the last, to nobody."""
    blocs = _from_the_margin(texte.blocs(debut, fin))
    last_bullet = max((rank for rank, bloc in enumerate(blocs) if bloc.puce != ALINEA), default=-1)
    elements: list[Element] = []
    alineas: list[Bloc] = []
    intertitres: list[Bloc] = []
    theme: str | None = None
    stack: list[str] = []
    for rank, bloc in enumerate(blocs):
        if bloc.puce == ALINEA:
            if bloc.debut == bloc.fin and texte.intertitre(bloc.debut):
                theme, stack = texte.net(bloc.debut).rstrip(" :"), []
                intertitres.append(bloc)
            elif elements and rank < last_bullet and _carries_on(texte, bloc, elements[-1]):
                elements[-1] = _extended(elements[-1], bloc.fin)
            else:
                alineas.append(bloc)
            continue
        level = _level(texte, stack, bloc, elements)
        _add(elements, Element(bloc.debut, bloc.fin, bloc.puce, theme), level)
    return Liste(tuple(elements), tuple(alineas), tuple(intertitres))


def _from_the_margin(blocs: list[Bloc]) -> list[Bloc]:
    """The same blocks, the shallowest bullet of the list at depth 0: a list may be set in as a whole."""
    depths = [int(bloc.puce.split()[1]) for bloc in blocs if bloc.puce.startswith("niveau ")]
    base = min(depths, default=0)
    if base == 0 or len(depths) < sum(bloc.puce != ALINEA for bloc in blocs):  # a sign alone is at depth 0
        return blocs
    return [
        replace(bloc, puce=f"niveau {int(bloc.puce.split()[1]) - base}") if bloc.puce.startswith("niveau ") else bloc
        for bloc in blocs
    ]


def _carries_on(texte: Texte, bloc: Bloc, element: Element) -> bool:
    """A note called by a sign is no part of the item above it."""
    return not texte.brut(bloc.debut).strip().startswith(("(*", "*", "(1", "http"))


def _extended(element: Element, fin: int) -> Element:
    if element.enfants:
        return replace(element, enfants=(*element.enfants[:-1], _extended(element.enfants[-1], fin)))
    return replace(element, fin=fin)


def _level(texte: Texte, stack: list[str], bloc: Bloc, elements: list[Element]) -> int:
    """The depth of a bullet: by typography, else by the order in which signs appear below a line ending with « : »."""
    if bloc.puce.startswith("niveau "):
        return int(bloc.puce.split()[1])
    if bloc.puce in stack:
        del stack[stack.index(bloc.puce) + 1 :]
    elif not stack or _announces(texte, elements):
        stack.append(bloc.puce)
    else:
        stack[-1] = bloc.puce
    return len(stack) - 1


def _announces(texte: Texte, elements: list[Element]) -> bool:
    last = elements[-1] if elements else None
    while last and last.enfants:
        last = last.enfants[-1]
    return bool(last and texte.brut(last.fin).rstrip().endswith(":")) or bool(
        last and not last.enfants and last is not elements[-1]
    )


def _add(elements: list[Element], element: Element, level: int) -> None:
    if level == 0 or not elements:
        elements.append(element)
        return
    parent = elements[-1]
    children = list(parent.enfants)
    _add(children, element, level - 1)
    elements[-1] = replace(parent, enfants=tuple(children))
