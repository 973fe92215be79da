"""What signatories promise in prose or bullets: sentences that follow one another, each opened by a name of theirs."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.memoire import lu_une_fois
from tenir.regles.parties import noms_des_signataires
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.textes import sans_accents

_OPENS = re.compile(r"^\W*(?:o\s+)?(?:l[ae]s?\s|l[’'])?")
_ARTICLE = re.compile(r"^(?:l[ae]s?\s|l[’'])")
_ASIDE = re.compile(r"\s(?:\([^()]*\)|,[^,;.]{2,60},)?\s?")
_BREAK = 4
"""How many lines part two promises of one list, at most: a promise may go on below."""
FEWEST = 4
"""How many signatories speak one after another where what they say is what they promise."""


@lu_une_fois
def promesses_nommees(contrat: ContratDeVille, document: DocumentNormalise) -> tuple[tuple[Phrase, str], ...]:
    """Each sentence of such a list, and what its signatory does in it: the words after the name."""
    return tuple((phrase, words) for phrase, _, words in _lists(contrat, document))


@lu_une_fois
def promettants(contrat: ContratDeVille, document: DocumentNormalise) -> tuple[str, ...]:
    """The names, as they are printed, of the signatories that such a list has speak, more than « s’engage à : »."""
    names = [
        (phrase.texte, sans_accents(phrase.texte).find(name), len(name))
        for phrase, name, _ in _lists(contrat, document)
        if not phrase.texte.endswith(":")
    ]
    return tuple(dict.fromkeys(words[at : at + length] for words, at, length in names))


def _lists(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[tuple[Phrase, str, str]]:
    names = _names(contrat, document)
    named = [(one, said) for one in phrases(document) if (said := _said_by(one.texte, names))]
    run: list[tuple[Phrase, tuple[str, str]]] = []
    for before, here in pairwise([None, *named]):
        if here is None:
            continue
        if run and before and here[0].ligne - before[0].ligne > _BREAK:
            yield from _kept(run)
            run = []
        run.append(here)
    yield from _kept(run)


def _kept(run: list[tuple[Phrase, tuple[str, str]]]) -> Iterator[tuple[Phrase, str, str]]:
    if len({name for _, (name, _) in run}) >= FEWEST:
        yield from ((phrase, name, words) for phrase, (name, words) in run)


def _names(contrat: ContratDeVille, document: DocumentNormalise) -> list[str]:
    """The names of who signs, without capitals nor article, the longest first."""
    bare = {_ARTICLE.sub("", sans_accents(one)) for one in noms_des_signataires(contrat, document)}
    return sorted((one for one in bare if len(one) > 1), key=len, reverse=True)


def _said_by(words: str, names: list[str]) -> tuple[str, str] | None:
    """The signatory that opens a sentence, and the words after it, when a verb may be the first of them."""
    said = sans_accents(words)
    start = _OPENS.match(said)
    at = start.end() if start else 0
    for name in names:
        if said.startswith(name, at) and (aside := _ASIDE.match(said, at + len(name))):
            rest = words[aside.end() :]
            return (name, rest) if rest[:1].islower() and not _NO_VERB.match(rest) else None
    return None


_NO_VERB = re.compile(
    r"(?:et|ou|de|du|des|d[’']|à|au|aux|pour|sur|en|dans|par|avec|dont|qui|que|comme|sont|,|est représentée?)\b"
)
