"""The kinds that a contract may use: those shipped with Tenir, and its own, each with all that it inherits.

One file of `livrees/` is one kind. A contract that makes a kind under the code of a shipped one
puts its own in its place.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from tenir.fichier.mots import uncapital

if TYPE_CHECKING:
    from tenir.natures.modeles import Champ, Mesure, Nature, NatureEntiere

TAKEN = ("nom", "echeance", "prevenir", "grille", "seuil", "annuaire", "garde")
"""What a register takes whole from the one it is, unless it says it."""
DEEP = 5
"""How many kinds a kind may be, one over the other."""


class Insoluble(Exception):
    """A kind that cannot be made: the one it should be is unknown, or is itself, or it lacks what nothing gives it.

    `nature` is its code, `champ` the field at fault; the message is the French sentence to show.
    """

    def __init__(self, nature: str, champ: str, message: str) -> None:
        super().__init__(message)
        self.nature = nature
        self.champ = champ


class Catalogue(Mapping[str, "NatureEntiere"]):
    """Kinds by their code, in the order of their words."""

    def __init__(self, natures: "Iterable[NatureEntiere]") -> None:
        from tenir.fichier.mots import plain

        self._held = {one.nature: one for one in sorted(natures, key=lambda one: plain(one.libelle))}

    def __getitem__(self, code: str) -> "NatureEntiere":
        return self._held[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def usable(self) -> "list[NatureEntiere]":
        """Those in which something may be written."""
        return [one for one in self.values() if not one.generique]

    def with_children(self, code: str) -> list[str]:
        """The code of a kind and of those that are it."""
        return [one.nature for one in self.values() if code in one.lignee]


@cache
def shipped_files() -> "tuple[Nature, ...]":
    """Read every kind shipped with Tenir."""
    import yaml  # slow to import, for who asks for no kind

    from tenir.natures.modeles import Nature

    folder = resources.files("tenir.natures") / "livrees"
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return tuple(
        Nature.model_validate(yaml.load(one.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)) for one in found
    )


@cache
def shipped() -> Catalogue:
    """The shipped kinds alone."""
    return catalogue(())


def catalogue(own: "Iterable[Nature]") -> Catalogue:
    """The shipped kinds with those of a contract over them.

    Raises:
        Insoluble: one that cannot be made.
    """
    known = {one.nature: one for one in (*shipped_files(), *own)}
    return Catalogue(entire(one, known) for one in known.values())


def entire(nature: "Nature", known: "Mapping[str, Nature]") -> "NatureEntiere":
    """A kind with all that it inherits.

    Raises:
        Insoluble: it cannot be made.
    """
    from tenir.natures.enums import Lecteurs
    from tenir.natures.modeles import NatureEntiere

    line = _line(nature, known)
    mesures = _measures(line)
    return NatureEntiere(
        nature=nature.nature,
        lignee=tuple(one.nature for one in line),
        libelle=nature.libelle,
        pluriel=nature.pluriel or uncapital(nature.libelle),
        page=_first(line, "page"),
        forme=_needed(line, "forme", "Dites la forme (séance, décompte, état, objet), ou de quelle nature elle est."),
        sujet=_needed(line, "sujet", "Dites de quoi parle une entrée : une séance, un lieu, un organisme…"),
        periode=_first(line, "periode"),
        themes=tuple(dict.fromkeys(theme for one in reversed(line) for theme in one.themes)),
        actions=nature.actions,
        mesures=mesures,
        principale=_main(line, mesures),
        alimente=nature.alimente,
        visible=_first(line, "visible") or Lecteurs.PARTENAIRES,
        generique=nature.generique,
        etats=next((one.etats for one in line if one.etats), ()),
        champs=_fields(line),
        **{name: _first(line, name) for name in TAKEN},
    )


def _line(nature: "Nature", known: "Mapping[str, Nature]") -> "list[Nature]":
    """The kind and those it is, the nearest first."""
    line = [nature]
    while above := line[-1].est:
        if above not in known:
            raise Insoluble(nature.nature, "est", f"La nature « {above} » n’existe pas.")
        line.append(known[above])
        if len(line) > DEEP or known[above] in line[:-1]:
            raise Insoluble(nature.nature, "est", "Cette nature finirait par être elle-même, ou descend de trop loin.")
    return line


def _first(line: "list[Nature]", field: str) -> "object | None":
    return next((value for one in line if (value := getattr(one, field)) is not None), None)


def _needed(line: "list[Nature]", field: str, sentence: str) -> object:
    value = _first(line, field)
    if value is None:
        raise Insoluble(line[0].nature, field, sentence)
    return value


def _measures(line: "list[Nature]") -> "tuple[Mesure, ...]":
    """Those of the farthest first; one said again under its code takes the place of the former."""
    held = {mesure.code: mesure for one in reversed(line) for mesure in one.mesures}
    return tuple(held.values())


def _fields(line: "list[Nature]") -> "tuple[Champ, ...]":
    """What describes its things: as its measures, those of the farthest first."""
    held = {champ.code: champ for one in reversed(line) for champ in one.champs}
    return tuple(held.values())


def _main(line: "list[Nature]", mesures: "tuple[Mesure, ...]") -> str | None:
    """The one number that must be given."""
    named = _first(line, "principale")
    if named and named not in {one.code for one in mesures}:
        raise Insoluble(line[0].nature, "principale", f"Elle n’a pas de mesure « {named} ».")
    return str(named) if named else None
