"""The history of a thing in words: the entries of its trace, told to whoever may read them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet

from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.core.typographie import capital, date_fr, typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.traces import entries_of, names_of

PERSON = re.compile(r"^personne n° (\d+)$")


@dataclass(frozen=True, slots=True)
class Passage:
    """One change: what, in words; when; by whom and for which body; why; and the name of what changed."""

    phrase: str
    le: datetime
    qui: str
    motif: str
    champ: str = ""


def in_words(found: QuerySet[EntreeDeTrace]) -> list[Passage]:
    """Entries of the trace, told one by one in their order; two queries."""
    entries = list(found)
    names = names_of(_numbers(entries))
    return [_passage(entry, names) for entry in entries]


def history_of(espace: EspaceDeContrat, genre: str, code: str) -> list[Passage]:
    """What was changed of a thing of a contract, by its kind and its code, the latest first; two queries."""
    return in_words(entries_of(espace).filter(genre=genre, objet=code))


def _numbers(entries: list[EntreeDeTrace]) -> set[int]:
    told = (text for entry in entries for text in (entry.avant, entry.apres))
    return {entry.acteur for entry in entries if entry.acteur} | numbers_in(told)


def numbers_in(texts: Iterable[str]) -> set[int]:
    """The numbers of the persons that texts of the trace tell of."""
    return {int(found[1]) for text in texts if (found := PERSON.match(text))}


def _passage(entry: EntreeDeTrace, names: dict[int, str]) -> Passage:
    who = names.get(entry.acteur or 0, f"personne n° {entry.acteur}") if entry.acteur else entry.commande
    body = f", {entry.pour}" if entry.pour else ""
    return Passage(typo(_sentence(entry, names)), horloge.local(entry.le), f"{who}{body}", entry.motif, entry.champ)


def _sentence(entry: EntreeDeTrace, names: dict[int, str]) -> str:
    """« Statut : en cours → suspendue »."""
    if entry.efface:
        return f"{capital(entry.champ)} : valeur effacée"
    before, after = (named(text, names) for text in (entry.avant, entry.apres))
    return f"{capital(entry.champ)} : {' → '.join(_parts(before, after))}"


def _parts(before: str, after: str) -> Iterator[str]:
    if before:
        yield before
    yield after or "retiré"


def named(text: str, names: dict[int, str]) -> str:
    """A text of the trace, a person read by her name where the trace holds her number."""
    found = PERSON.match(text)
    return names.get(int(found[1]), text) if found else text


@dataclass(frozen=True, slots=True)
class Enregistrement:
    """What one person changed at once, in words."""

    le: str
    qui: str
    motif: str
    phrases: Sequence[str]


def records(history: Iterable[Passage]) -> list[Enregistrement]:
    """The history, what one person changed at once kept together, in the order of the page."""
    return [
        Enregistrement(date_fr(le), qui, motif, [_told(passage) for passage in passages][::-1])
        for (le, qui, motif), passages in groupby(history, key=lambda one: (one.le, one.qui, one.motif))
    ]


def _told(passage: Passage) -> str:
    """A change in words; news, which the page shows in full, by their day alone."""
    return capital(passage.champ) if passage.champ.startswith("nouvelle ") else passage.phrase
