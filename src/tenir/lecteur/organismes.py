"""The bodies that a list or a sentence names, matched to the organisations file."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tenir.fichier import organisations
from tenir.fichier.modeles import OrganismeCite
from tenir.fichier.mots import comparable, plain
from tenir.fichier.organisations import recognise
from tenir.fichier.organisations.modeles import Organisation
from tenir.lecteur.deux_organismes import en_deux
from tenir.lecteur.lexique import cle, lexique

_VIRGULES = re.compile(r"(?:[,;]|\s/\s)(?![^()]*\))")
_BRUIT = re.compile(r"^(?:et|ainsi que|avec)\s+|(?:\.{2,}+|…|\betc(?:\.(?!\.))?)++$", re.IGNORECASE)
LONGUE = 9
DEUX_NOMS = 40  # words: no two known names together hold more


def territoires(text: str) -> tuple[str, ...]:
    """The territories of the organisations files that a document names."""
    seen = f" {comparable(text)} "
    return tuple(
        file.territoire
        for file in organisations.files()
        if file.territoire != organisations.FRANCE and f" {comparable(file.territoire)} " in seen
    )


@lru_cache(maxsize=20_000)
def reconnaitre(nom: str, lieux: tuple[str, ...]) -> Organisation | None:
    """The body a printed name means, a parenthesis around it or after it forgiven."""
    bare = nom.strip(" .()")
    outside = re.sub(r"\s*\(.*\)", "", bare)
    return recognise(nom, lieux) or recognise(bare, lieux) or recognise(outside, lieux) or _by_acronym(bare, lieux)


def _by_acronym(nom: str, lieux: tuple[str, ...]) -> Organisation | None:
    """An acronym that is also a small word (« l’EN ») is told by its capitals."""
    acronym = re.sub(r"^[ldLD][’']", "", nom)
    if not acronym.isupper():
        return None
    files = [file for file in organisations.files() if file.territoire in (*lieux, organisations.FRANCE)]
    return next((body for file in files for body in file.organisations if body.sigle == acronym), None)


def citer(lines: Iterable[str], lieux: tuple[str, ...]) -> tuple[OrganismeCite, ...]:
    """The bodies of a printed list, one per name, each once."""
    cited: dict[str, OrganismeCite] = {}
    for piece in _pieces(" ".join(lines), lieux):
        body = reconnaitre(piece, lieux)
        cited.setdefault(body.id if body else plain(piece), _cited(piece, body))
    return tuple(cited.values())


def _cited(nom: str, body: Organisation | None) -> OrganismeCite:
    return OrganismeCite(nom=nom, organisme=body.id if body else None)


def _pieces(text: str, lieux: tuple[str, ...]) -> Iterator[str]:
    for told, raw in _parted(re.sub(r"\s+", " ", text)):
        if told:
            yield raw.strip()
            continue
        piece = _BRUIT.sub("", _BRUIT.sub("", raw.strip(" .")).strip()).strip()
        piece = re.sub(r"^\([^()]*\)\s+(?=\w)", "", piece)
        if not lexique().rien(piece):
            yield from _split(piece, lieux)


def _parted(text: str) -> Iterator[tuple[bool, str]]:
    """What commas part, the names that a person told of kept whole, wherever they stand."""
    taken = 0
    for start, end in dits(text):
        yield from ((False, raw) for raw in _VIRGULES.split(text[taken:start]))
        yield True, text[start:end]
        taken = end
    yield from ((False, raw) for raw in _VIRGULES.split(text[taken:]))


def dits(text: str) -> list[tuple[int, int]]:
    """Where the names of bodies that a person told stand in words, the longest first."""
    words = list(re.finditer(r"[^\s,;/()]+", text))
    keys = [cle(word.group()) for word in words]
    found: list[tuple[int, int]] = []
    for nom in lexique().organismes:
        for rank in range(len(words)):
            last = _end_of(nom.split(), keys, rank)
            span = (words[rank].start(), words[last].end()) if last is not None else (0, 0)
            if last is not None and not any(a < span[1] and span[0] < b for a, b in found):
                found.append(span)
    return sorted(found)


def _end_of(nom: list[str], keys: list[str], rank: int) -> int | None:
    """The last of the words that say a name from one of them on, or None."""
    said: list[str] = []
    for last in range(rank, len(keys)):
        said += keys[last].split()
        if said == nom:
            return last
        if said != nom[: len(said)]:
            return None
    return None


def _split(piece: str, lieux: tuple[str, ...]) -> list[str]:
    """A name as it is when known; otherwise two names that a comma should have parted, or the names it holds."""
    if reconnaitre(piece, lieux):
        return [_whole(piece, lieux)]
    words = piece.split()
    for cut in range(1, len(words) if len(words) <= DEUX_NOMS else 1):
        left, right = " ".join(words[:cut]), " ".join(words[cut:]).removeprefix("et ")
        left = re.sub(r"\s+et$", "", left)
        if left and right and reconnaitre(left, lieux) and reconnaitre(right, lieux):
            return [left, right]
    if pair := en_deux(piece, lambda name: reconnaitre(name, lieux) is not None):
        return list(pair)
    inner = re.search(r"\(([^()]*)\)?$", piece)
    named = (
        [p for p in (_BRUIT.sub("", n.strip()) for n in inner[1].split(",")) if p and reconnaitre(p, lieux)]
        if inner
        else []
    )
    if named and len(named) > 1:
        return named
    return (trouver(piece, lieux) if len(words) > LONGUE else []) or [piece.strip("() ")]


def _whole(piece: str, lieux: tuple[str, ...]) -> str:
    return piece if recognise(piece, lieux) else piece.strip("() ")


@lru_cache(maxsize=20_000)
def _known(nom: str, lieux: tuple[str, ...]) -> bool:
    return recognise(nom, lieux) is not None


def trouver(text: str, lieux: tuple[str, ...]) -> list[str]:
    """The known names inside a sentence, longest first at each place, in the order of the text."""
    words, found, place = text.split(), [], 0
    while place < len(words):
        for width in range(min(8, len(words) - place), 0, -1):
            name = " ".join(words[place : place + width]).strip(" ,;:.()…")
            if name[:1].isupper() and _known(name, lieux):
                found.append(name)
                place += width - 1
                break
        place += 1
    return found
