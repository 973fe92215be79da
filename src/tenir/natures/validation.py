"""What is wrong in a file of kinds: line, path, fault, and how to mend it, in French.

A file holds one kind, or several in documents separated by `---`, which may be one another.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import yaml
from pydantic import ValidationError

from tenir.fichier import canonique, codes
from tenir.fichier.fautes import Faute, Format, fault_at, faults
from tenir.natures.catalogue import shipped_files
from tenir.natures.coherence import incoherences
from tenir.natures.modeles import CALCUL, CODE, Alimentation, Mesure, Nature

DEBUT = "Une nature commence par des champs, comme « nature: cafe-logement »."
NATURE = Format(
    champs=tuple(sorted({name for model in (Nature, Mesure, Alimentation) for name in model.model_fields})),
    intrus="Retirez-le : un nombre à donner s’écrit dans « mesures », une explication dans « page ».",
    page="docs/natures.md",
    formes={
        CODE: "des minuscules sans accent, des chiffres et des traits d’union, comme « cafe-logement ».",
        codes.ACTION: "le code d’une action prévue, comme « O05-A02 ».",
        codes.INDICATEUR: "le code d’un indicateur, comme « I07 ».",
        CALCUL: "compte, somme, dernier ou max.",
    },
)
"""What a fault says of a file of kinds."""
Lue = tuple[Nature, yaml.Node]


@dataclass(frozen=True, slots=True)
class Validation:
    """The kinds that could be read, and every fault; nothing is to be kept of them while there is one."""

    natures: tuple[Nature, ...]
    fautes: tuple[Faute, ...]


def validate(text: str, known: Iterable[Nature] | None = None) -> Validation:
    """Check the text of a file of kinds.

    `known`: the kinds there are, those shipped with Tenir unless given; one of the file may be one of them changed.
    """
    try:
        documents = canonique.parse_all(text, DEBUT)
    except canonique.NotYaml as error:
        return Validation((), (Faute(error.ligne, "", str(error), "Reprenez cette ligne."),))
    if not documents:
        return Validation((), (Faute(1, "", DEBUT, "Reprenez cette ligne."),))
    read, refused = _read(documents)
    fautes = refused or tuple(_faults(read, shipped_files() if known is None else known))
    return Validation(tuple(nature for nature, _ in read), fautes)


def _read(documents: list[canonique.Lu]) -> tuple[list[Lue], tuple[Faute, ...]]:
    """The kinds that have the shape of one, and what the others lack of it."""
    read: list[Lue] = []
    refused: list[Faute] = []
    for data, node in documents:
        try:
            read.append((Nature.model_validate(data), node))
        except ValidationError as error:
            refused.extend(_of(data.get("nature"), documents, faults(error, node, NATURE)))
    return read, tuple(refused)


def _faults(read: list[Lue], known: Iterable[Nature]) -> Iterator[Faute]:
    """What is wrong between the parts of a kind, and between kinds."""
    before = {one.nature: one for one in known}
    every = before | {nature.nature: nature for nature, _ in read}
    seen: Counter[str] = Counter()
    for nature, node in read:
        seen[nature.nature] += 1
        if seen[nature.nature] > 1:
            message = f"la nature « {nature.nature} » est écrite deux fois dans ce fichier."
            yield fault_at(node, ("nature",), message, "Donnez-lui un autre code.")
        others = {code: one for code, one in every.items() if code != nature.nature}
        former = {nature.nature: before[nature.nature]} if nature.nature in before else {}
        found = (fault_at(node, one.chemin, one.message, one.remede) for one in incoherences(nature, others | former))
        yield from _of(nature.nature, read, found)


def _of(nature: object, beside: "list[Lue] | list[canonique.Lu]", fautes: Iterable[Faute]) -> Iterator[Faute]:
    """Faults that say which kind they are of, where the file holds several."""
    for one in fautes:
        chemin = " › ".join(filter(None, (str(nature or ""), one.chemin))) if len(beside) > 1 else one.chemin
        yield Faute(one.ligne, chemin, one.message, one.remede)
