"""The words the reader knows a contract by: `lexique.yaml`, which a person extends without programming."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib import resources

import yaml

from tenir.fichier.mots import words

INTITULE = "intitulé"  # what the title of one action follows
RIEN = "rien"  # what a person says of a label or of a column that is none
MAX_MOTS = 9  # of a rubric's heading
MEMOIRE = 20_000  # keys told once, at most


@lru_cache(maxsize=20_000)
def cle(text: str) -> str:
    """A heading made comparable: case, accents, punctuation and plural marks forgiven."""
    return " ".join(words(text))


@dataclass(frozen=True, slots=True)
class Programme:
    """The State's programme for the politique de la ville, printed in place of a funder."""

    mots: tuple[str, ...]
    organisme: str


@dataclass(frozen=True, slots=True)
class Lexique:
    """The lists of `lexique.yaml`; headings are kept as comparable keys, longest first."""

    sections: tuple[tuple[str, str], ...]
    rubriques: tuple[tuple[str, str], ...]
    indices: tuple[tuple[str, tuple[str, ...]], ...]
    listes: dict[str, tuple[str, ...]]
    programme: Programme
    colonnes: Mapping[str, str] = field(default_factory=dict)  # what a person said of heads of columns
    organismes: tuple[str, ...] = ()  # names of bodies that a person told, longest first
    tues: frozenset[str] = frozenset()  # labels that a person said to be none
    _connues: dict[str, str | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What keys are, told once: first the rubrics word for word."""

    def __post_init__(self) -> None:
        self._connues.update(dict.fromkeys(self.tues))
        for words_, name in self.rubriques:
            self._connues.setdefault(words_, name)

    def rubrique(self, titre: str) -> str | None:
        """The rubric that a heading is, words that add nothing left aside, or None."""
        key = cle(titre)
        if key in self._connues:
            return self._connues[key]
        found = self._qualifiee(key)
        if len(self._connues) < MEMOIRE:
            self._connues[key] = found
        return found

    def _qualifiee(self, key: str) -> str | None:
        """A rubric with nothing around it but words that add nothing (« Coût prévisionnel de l’action »)."""
        if len(key.split()) > MAX_MOTS:
            return None
        free = {*self.listes["qualificatifs"], *self.listes["liaisons"]}
        for known, name in self.rubriques:
            if known not in key:
                continue
            before, found, after = f" {key} ".partition(f" {known} ")
            if found and free.issuperset(before.split()) and free.issuperset(after.split()):
                return name
        return None

    def rubrique_probable(self, titre: str) -> str | None:
        """The rubric that the words of an author's own heading point to, when they point to one alone."""
        words_ = [] if cle(titre) in self.tues else cle(titre).split()
        found = {name for name, starts in self.indices for word in words_ if word.startswith(starts)}
        return found.pop() if len(found) == 1 else None

    def section(self, titre: str, *, entier: bool = False) -> str | None:
        """The part of the document that a title speaks of: its words anywhere, or at its start when `entier`."""
        key = f" {cle(titre)} "
        found = ((key.find(f" {words_} "), -len(words_), name) for words_, name in self.sections)
        places = sorted(place for place in found if place[0] == 0 or (place[0] > 0 and not entier))
        return places[0][2] if places else None

    def rien(self, text: str) -> bool:
        """Whether a text only says that there is nothing (« Néant », « Sans objet », « – »)."""
        key = cle(text)
        return not key or key in self.listes["rien"]

    def contient(self, liste: str, text: str) -> str | None:
        """The first word of a list that a text holds, as whole words."""
        key = f" {cle(text)} "
        return next((mot for mot in self.listes[liste] if f" {mot} " in key), None)

    def commence(self, liste: str, text: str) -> str | None:
        """The word of a list that a text starts with."""
        key = f"{cle(text)} "
        return next((mot for mot in self.listes[liste] if key.startswith(f"{mot} ")), None)


_ETENDU: ContextVar[Lexique | None] = ContextVar("lexique", default=None)


def lexique() -> Lexique:
    """The lexicon of the reading at hand: the shipped one, with the labels that its gabarit adds."""
    return _ETENDU.get() or _livre()


@contextmanager
def lexique_etendu(
    etiquettes: Mapping[str, str], colonnes: Mapping[str, str] | None = None, organismes: Sequence[str] = ()
) -> Iterator[None]:
    """Within it, these labels open these rubrics too, these heads of columns say this, these names are of bodies."""
    said = bool(etiquettes or colonnes or organismes)
    token = _ETENDU.set(_etendu(_livre(), etiquettes, colonnes or {}, organismes) if said else None)
    try:
        yield
    finally:
        _ETENDU.reset(token)


def _etendu(
    shipped: Lexique, etiquettes: Mapping[str, str], colonnes: Mapping[str, str], organismes: Sequence[str]
) -> Lexique:
    keys = {cle(label): rubrique for label, rubrique in etiquettes.items()}
    names = tuple(sorted(map(cle, organismes), key=len, reverse=True))
    titles = tuple(key for key, rubrique in keys.items() if rubrique == INTITULE)
    return replace(
        shipped,
        rubriques=(*((key, name) for key, name in keys.items() if name not in (INTITULE, RIEN)), *shipped.rubriques),
        listes=shipped.listes
        | {
            "institutions": (*names, *shipped.listes["institutions"]),
            "intitule": (*titles, *shipped.listes["intitule"]),
        },
        colonnes={cle(head): kind for head, kind in colonnes.items()},
        organismes=names,
        tues=frozenset(key for key, rubrique in keys.items() if rubrique in (INTITULE, RIEN)),
    )


@cache
def _livre() -> Lexique:
    """Read the shipped lexicon."""
    raw = yaml.load(
        (resources.files(__package__) / "lexique.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return Lexique(
        sections=_longest_first(raw.pop("sections")),
        rubriques=_longest_first(raw.pop("rubriques")),
        indices=tuple((name, tuple(map(cle, starts))) for name, starts in raw.pop("indices").items()),
        programme=Programme(tuple(cle(mot) for mot in raw["programme"]["mots"]), raw.pop("programme")["organisme"]),
        listes={name: tuple(sorted((cle(mot) for mot in mots), key=len, reverse=True)) for name, mots in raw.items()},
    )


def _longest_first(groupes: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    pairs = [(cle(mot), name) for name, mots in groupes.items() for mot in mots]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
