"""What is wrong in a file of kinds: line, path, fault, and how to mend it, in French.

A file holds one kind, or several in documents separated by `---`, which may be one another.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml
from pydantic import ValidationError

from tenir.fichier import canonique, codes
from tenir.fichier.coherence import Incoherence
from tenir.fichier.fautes import Faute, Format, fault_at, faults
from tenir.natures.catalogue import DEEP, shipped_files
from tenir.natures.coherence import incoherences
from tenir.natures.modeles import (
    CALCUL,
    CODE,
    COMPTES,
    MEMBRES,
    SUITES,
    Alimentation,
    Champ,
    Etat,
    Grille,
    Mesure,
    Nature,
    Rapport,
)

GARDER = "Gardez ce dont elle a besoin, ou changez-la dans ce fichier aussi."
DEBUT = "Une nature commence par des champs, comme « nature: cafe-logement »."
MODELES = (Nature, Mesure, Alimentation, Rapport, Etat, Champ, Grille)
NATURE = Format(
    champs=tuple(sorted({name for model in MODELES for name in model.model_fields})),
    intrus="Retirez-le : un nombre à donner s’écrit dans « mesures », une explication dans « page ».",
    page="docs/natures.md",
    formes={
        CODE: "des minuscules sans accent, des chiffres et des traits d’union, comme « cafe-logement ».",
        codes.ACTION: "le code d’une action prévue, comme « O05-A02 ».",
        codes.INDICATEUR: "le code d’un indicateur, comme « I07 ».",
        CALCUL: "compte, somme, dernier, max, objets, distincts, part, actions, preconisations ou conseil.",
        COMPTES: f"organismes, lieux ou objets ; {', '.join(SUITES)} de « preconisations » ; "
        f"{', '.join(MEMBRES)} de « conseil ».",
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
    for rank, (nature, node) in enumerate(read):
        found = [*_twice(nature, read[:rank]), *incoherences(nature, _around(nature, before, every))]
        found += _broken(nature, before, every)
        yield from _of(nature.nature, read, (fault_at(node, one.chemin, one.message, one.remede) for one in found))


def _around(nature: Nature, before: Mapping[str, Nature], every: Mapping[str, Nature]) -> dict[str, Nature]:
    """The other kinds, and this one as it was."""
    others = {code: one for code, one in every.items() if code != nature.nature}
    return others | {code: one for code, one in before.items() if code == nature.nature}


def _twice(nature: Nature, above: list[Lue]) -> Iterator[Incoherence]:
    if nature.nature in [one.nature for one, _ in above]:
        message = f"la nature « {nature.nature} » est écrite deux fois dans ce fichier."
        yield Incoherence(("nature",), message, "Donnez-lui un autre code.")


def _broken(nature: Nature, before: Mapping[str, Nature], every: Mapping[str, Nature]) -> Iterator[Incoherence]:
    """The kinds there are that come of one that is changed, and would not hold any more."""
    for child in before.values():
        if every[child.nature] is not child or nature.nature not in _above(child, every):
            continue
        held = set(incoherences(child, before))
        for one in incoherences(child, every):
            if one not in held:
                message = f"« {child.libelle} », qui en part, ne tiendrait plus : {one.message}"
                yield Incoherence(
                    ("nature",), message, "Gardez ce dont elle a besoin, ou changez-la dans ce fichier aussi."
                )


def _above(nature: Nature, every: Mapping[str, Nature]) -> Iterator[str]:
    """The codes of the kinds that a kind is, the nearest first."""
    for _ in range(DEEP):
        if nature.est is None or nature.est not in every:
            return
        nature = every[nature.est]
        yield nature.nature


def _of(nature: object, beside: "list[Lue] | list[canonique.Lu]", fautes: Iterable[Faute]) -> Iterator[Faute]:
    """Faults that say which kind they are of, where the file holds several."""
    for one in fautes:
        chemin = " › ".join(filter(None, (str(nature or ""), one.chemin))) if len(beside) > 1 else one.chemin
        yield Faute(one.ligne, chemin, one.message, one.remede)
