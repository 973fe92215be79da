"""Candidates as margins: how many of each class, one fact at a time; a small class is not told, nor found."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Classe:
    """A class and how many are in it; none when it is kept secret."""

    nom: str
    nombre: int | None


def margin(values: Iterable[str], names: Iterable[str], floor: int) -> list[Classe]:
    """The classes of `names`, in their order. Those under `floor` are hidden, and enough others for none to be found.

    Someone who knows the total takes the classes shown away from it: what is left is at least `floor`, in two classes.
    """
    counted = Counter(values)
    classes = {name: counted[name] for name in names}
    hidden = {name for name, count in classes.items() if count < floor}
    while hidden and (len(hidden) < 2 or sum(classes[one] for one in hidden) < floor):
        left = [name for name in classes if name not in hidden]
        if not left:
            break
        hidden.add(min(left, key=lambda name: classes[name]))
    return [Classe(name, None if name in hidden else count) for name, count in classes.items()]
