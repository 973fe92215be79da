"""The headings of a document as a tree: what stands under what, told by levels, by numbers that go on, by turns."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tenir.lecteur.lexique import cle
from tenir.lecteur.numeros import rang
from tenir.lecteur.structure.formes import Entete, est_titre_du_document

PARTIES_D_UN_TOUT = 3  # headings right under one that holds them all, for it to be the title of the document


@dataclass(eq=False)
class Noeud:
    """A heading, the lines up to the next heading, and the headings under it."""

    entete: Entete
    fin: int = 0  # last line before the next heading, whatever it is
    parent: "Noeud | None" = None
    enfants: list["Noeud"] = field(default_factory=list)

    @property
    def corps(self) -> int:
        """The first line under the heading."""
        return self.entete.fin + 1

    @property
    def derniere(self) -> int:
        """The last line of all that stands under the heading."""
        return self.enfants[-1].derniere if self.enfants else self.fin

    def ancetres(self) -> Iterator["Noeud"]:
        """Those it stands under, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def descendants(self) -> Iterator["Noeud"]:
        """All that stand under it, in order."""
        for child in self.enfants:
            yield child
            yield from child.descendants()


def arbre(entetes: Sequence[Entete], derniere: int) -> list[Noeud]:
    """Every heading of a document in order, each with its parent and its children."""
    nodes: list[Noeud] = []
    stack: list[Noeud] = []
    times = Counter(cle(entete.titre) for entete in entetes if entete.rubrique)
    repeated = frozenset(title for title, count in times.items() if count > 1)
    for rank, entete in enumerate(entetes):
        end = entetes[rank + 1].debut - 1 if rank + 1 < len(entetes) else derniere
        node = Noeud(entete, end)
        depth = 0 if _goes_on_at_the_top(entete, nodes) else _depth(stack, entete, repeated)
        del stack[depth:]
        if stack:
            node.parent = stack[-1]
            stack[-1].enfants.append(node)
        if stack or not _titles_the_whole(entete):
            stack.append(node)
        nodes.append(node)
    _freed(nodes)
    return nodes


def _freed(nodes: Sequence[Noeud]) -> None:
    """Take what stands under the title of the document up to the top: a heading that all others stand under is one."""
    first = nodes[0] if nodes else None
    if first is None or first.entete.rang or first.entete.mot or len(first.enfants) < PARTIES_D_UN_TOUT:
        return
    if all(any(above is first for above in node.ancetres()) for node in nodes[1:]):
        for child in first.enfants:
            child.parent = None
        first.enfants = []


def _titles_the_whole(entete: Entete) -> bool:
    """Whether a heading at the top is the document's own title: the parts below are as much at the top."""
    return est_titre_du_document(entete) and not (entete.rang or entete.mot or entete.rubrique)


def _goes_on_at_the_top(entete: Entete, nodes: Sequence[Noeud]) -> bool:
    """Whether a numbered heading follows the last of its form, which stood under nothing, whatever came between."""
    last = next((node for node in reversed(nodes) if node.entete.forme == entete.forme), None)
    if last is None or last.parent is not None or entete.forme.sorte != "nombre" or entete.niveau is not None:
        return False
    ranks = rang(last.entete.rang), rang(entete.rang)
    return ranks[0] is not None and ranks[1] == ranks[0] + 1


def _depth(stack: Sequence[Noeud], entete: Entete, repeated: frozenset[str]) -> int:
    """How many of the open headings a new one stands under."""
    if entete.rubrique and entete.niveau is None:
        return next(
            (k for k, node in enumerate(stack) if node.entete.rubrique and node.entete.niveau is None), len(stack)
        )
    like = _like(stack, entete)
    if entete.niveau is not None:
        if like is not None and stack[like].entete.niveau in (None, entete.niveau):
            return like
        return next(
            (k for k, node in enumerate(stack) if _closed_by(node, entete, entete.niveau, repeated)), len(stack)
        )
    if like is not None:
        return like
    if entete.etage is not None:
        below = next((k for k, node in enumerate(stack) if (node.entete.etage or 0) > entete.etage), None)
        if below is not None:
            return below  # an axis never stands under an orientation, first of its form or not
    if entete.partie:
        return next((k for k, node in enumerate(stack) if node.entete.mot or node.entete.rubrique), len(stack))
    if entete.forme.sorte == "capitales":
        lower = ("seule", "nombre", "code", "mot", "rubrique")
        return next((k for k, node in enumerate(stack) if node.entete.forme.sorte in lower), len(stack))
    return next((k for k, node in enumerate(stack) if node.entete.rubrique), len(stack))


def _closed_by(node: Noeud, entete: Entete, niveau: int, repeated: frozenset[str]) -> bool:
    """Whether a styled heading closes an open one: of its level or deeper, or without style of its own.

    At the same level of typography, the words of the two say which holds the other, or their numbers (« 1 », « 1.2 »);
    a rubric that comes back stands under what it comes back after.
    """
    own, above, below = node.entete.niveau, node.entete.etage, entete.etage
    if own == niveau and entete.rubrique and not node.entete.rubrique:
        numbered = above is not None and bool(node.entete.rang)
        if numbered or cle(entete.titre) in repeated:
            return False  # « Les actions » in bold, under « Orientation 1.2 » in bold
    if own == niveau and node.entete.mot and entete.mot and entete.rang.startswith(f"{node.entete.rang}."):
        return False
    if own == niveau and above is not None and below is not None:
        return above >= below
    return own >= niveau if own is not None else True


def _like(stack: Sequence[Noeud], entete: Entete) -> int | None:
    """The nearest open heading of the same form whose number this one follows; without a number, the nearest."""
    rubric = bool(entete.rubrique)  # one printed as a heading follows rubrics, not that heading
    same = [k for k, n in enumerate(stack) if n.entete.forme == entete.forme and bool(n.entete.rubrique) == rubric]
    if not same:
        cut = entete.decoupe  # « Article 12 » closes « Article 11 – Axe 3 », whose form is that of the axes
        return next((k for k, node in enumerate(stack) if cut and node.entete.decoupe == cut), None)
    rank = rang(entete.rang)
    if rank is None or entete.forme.sorte in ("mot", "code"):
        return same[-1]
    if (
        rank == 1
        and entete.forme.sorte == "nombre"
        and stack[same[-1]] is stack[-1]
        and rang(stack[-1].entete.rang) != 1
    ):
        return None  # a list that starts again inside the last part
    follows = [k for k in same if (rang(stack[k].entete.rang) or 0) + 1 == rank]
    return (follows or same)[-1]
