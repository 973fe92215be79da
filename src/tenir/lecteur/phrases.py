"""The sentences of a paragraph, each with its exact place: whole lines where it can, columns where it must."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tenir.fichier.source import Plage
from tenir.lecteur.lignes import Texte

_FIN = re.compile(r"(?<![A-Z]\.)(?<!etc)[.!?](?=\s+[«A-ZÀ-Ý])")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence: its place and its words."""

    source: tuple[Plage, ...]
    mots: str


def phrases(texte: Texte, debut: int, fin: int) -> list[Phrase]:
    """Cut a paragraph into sentences."""
    lines = texte.pleines(debut, fin)
    cuts: list[tuple[int, int]] = []
    for numero in lines:
        line = texte.brut(numero).rstrip()
        cuts += [(numero, match.end()) for match in _FIN.finditer(f"{line} A") if match.end() < len(line)]
        if line.endswith((".", "!", "?", ":")) and numero != lines[-1] and _capital_follows(texte, numero, lines):
            cuts.append((numero, len(texte.brut(numero))))
    edges = [(lines[0], 0), *cuts, (lines[-1], len(texte.brut(lines[-1])))]
    found = [Phrase(source, "") for a, b in pairwise(edges) if (source := _between(texte, lines, a, b))]
    return [Phrase(phrase.source, texte.mots(phrase.source)) for phrase in found]


def couper(texte: Texte, phrase: Phrase, motif: re.Pattern[str]) -> list[Phrase]:
    """A sentence cut before each match of a pattern, every piece with its columns."""
    joined = tel_quel(texte, phrase)
    return morceaux(texte, phrase, pairwise([0, *(match.start() for match in motif.finditer(joined)), len(joined)]))


def tel_quel(texte: Texte, phrase: Phrase) -> str:
    """A sentence as its lines print it: what `morceaux` counts its characters in."""
    return "\n".join(texte.brut(n)[first:last] for n, first, last in _rows(texte, phrase))


def _rows(texte: Texte, phrase: Phrase) -> list[tuple[int, int, int]]:
    return [(n, *_bounds(texte, plage, n)) for plage in phrase.source for n in texte.pleines(plage.debut, plage.fin)]


def morceaux(texte: Texte, phrase: Phrase, etendues: Iterable[tuple[int, int]]) -> list[Phrase]:
    """Parts of a sentence by their places in it, every one with its columns."""
    rows, pieces = _rows(texte, phrase), []
    for a, b in etendues:
        plages: list[Plage] = []
        place = 0
        for numero, first, last in rows:
            start, end = max(a - place, 0) + first, min(b - place, last - first) + first
            if start < end and texte.brut(numero)[start:end].strip():
                _append(plages, numero, texte.brut(numero), start, end)
            place += last - first + 1
        pieces.append(Phrase(tuple(plages), texte.mots(plages)))
    return pieces


def _bounds(texte: Texte, plage: Plage, numero: int) -> tuple[int, int]:
    if plage.colonne_debut is None:
        return 0, len(texte.brut(numero))
    return plage.colonne_debut - 1, plage.colonne_fin or len(texte.brut(numero))


def _capital_follows(texte: Texte, numero: int, lines: list[int]) -> bool:
    following = texte.brut(lines[lines.index(numero) + 1]).strip()
    return following[:1].isupper() or following[:1] in "«("


def _between(texte: Texte, lines: list[int], start: tuple[int, int], end: tuple[int, int]) -> tuple[Plage, ...]:
    plages: list[Plage] = []
    for numero in (n for n in lines if start[0] <= n <= end[0]):
        raw = texte.brut(numero)
        first = start[1] if numero == start[0] else 0
        last = end[1] if numero == end[0] else len(raw)
        _append(plages, numero, raw, first, last)
    return tuple(plages)


def _append(plages: list[Plage], numero: int, raw: str, first: int, last: int) -> None:
    if not raw[first:last].strip():
        return
    if not raw[:first].strip() and not raw[last:].strip():
        if plages and plages[-1].colonne_debut is None and plages[-1].fin >= numero - 2:
            plages[-1] = Plage(plages[-1].debut, numero)
        else:
            plages.append(Plage(numero, numero))
        return
    first += len(raw[first:last]) - len(raw[first:last].lstrip())
    plages.append(Plage(numero, numero, first + 1, max(last, first + 1)))
