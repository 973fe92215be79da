"""What two printed texts share: the words of an item or of a bullet, without what says who and when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.document import DocumentNormalise, is_bullet
from tenir.fichier.modeles import ActionPrevue, ContratDeVille, Objectif, Orientation
from tenir.fichier.mots import comparable, plain
from tenir.fichier.source import Plage
from tenir.regles.memoire import des_mots, lu_une_fois
from tenir.regles.phrases import phrases

_PARENTHESE = re.compile(r"\([^()]*\)")
_INFINITIF = re.compile(r"^(?:(?:ne pas|se|s|mieux|faire|y) )?\w{2,}(?:er|ir|re|oir)$")
_NOMS = frozenset(
    {"atelier", "autre", "avenir", "cadre", "cahier", "centre", "chantier", "contre", "culture", "dernier", "entre"}
    | {"foyer", "heure", "hiver", "lettre", "loisir", "loyer", "maitre", "mesure", "metier", "nombre", "notre"}
    | {"oeuvre", "offre", "outre", "ouverture", "papier", "plaisir", "premier", "quartier", "rencontre", "titre"}
    | {"voiture"}
)
"""Words that end as an infinitive does, and are none."""


@dataclass(frozen=True, slots=True)
class TexteImprime:
    """Words printed under an orientation: what they are (« action », « objectif », « puce ») and where."""

    genre: str
    cle: str
    mots: str
    ligne: int
    orientation: Orientation

    @property
    def source(self) -> tuple[Plage, ...]:
        """Its first line."""
        return (Plage(self.ligne, self.ligne),)


def cle_de(words: str) -> str:
    """The comparable words of a text, without its parentheses: « (pilote : …) » says who, not what."""
    return comparable(_PARENTHESE.sub(" ", words))


def est_une_promesse(words: str) -> bool:
    """Whether words open with an infinitive: « Ouvrir un guichet », « se former »."""
    bare = re.sub(r"^(?:ne pas|se|mieux)\s+|^s[’']", "", plain(words).strip(" -–•*»«"))
    first = re.split(r"[^\w]+", bare, maxsplit=1)[0]
    odd = first.endswith(("iere", "aire", "oire", "ure")) and not first.endswith(("faire", "traire", "plaire"))
    return bool(_INFINITIF.match(first)) and first not in _NOMS and not odd


def textes_des_orientations(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[TexteImprime]:
    """The objectives and actions of each orientation, then the bullets among its lines that promise."""
    taken: set[int] = set()
    for orientation in contrat.orientations:
        items: tuple[Objectif | ActionPrevue, ...] = (*orientation.objectifs, *orientation.actions)
        for one in items:
            if one.source and (words := document.mots(one.source[:1])):
                genre = "action" if isinstance(one, ActionPrevue) else "objectif"
                taken |= {number for plage in one.source for number in plage.lignes}
                yield TexteImprime(genre, cle_de(words), words, one.source[0].debut, orientation)
    for orientation, lines in _bodies(contrat, document):
        for number in lines:
            line = document.lignes[number - 1]
            if number not in taken and (is_bullet(line) or line.lstrip()[:1] in "–—"):
                words = document.mots((Plage(number, number),)).lstrip("–— ")
                if est_une_promesse(words):
                    yield TexteImprime("puce", cle_de(words), words, number, orientation)


ENGAGE = re.compile(r"\b(?:s[’']engage(?:nt)?|engagements?|promet(?:tent)?)\b", re.IGNORECASE)
MARQUE = re.compile(r"^(?:[-–—•*]|o\s|\d+[.)]|[a-z]\))\s*")


@lu_une_fois
def puces_d_engagement(document: DocumentNormalise) -> tuple[tuple[int, str], ...]:
    """The bullets of promises, with their line: under a line that says « s’engage à », or under a heading of promises.

    So are the lines of a table of promises, which no bullet opens: they begin small and end by a stop.
    A line of prose that is none of these ends them; the name of a signatory, a short line, does not, and « La Région
    : » opens them again up to the next part.
    """
    return tuple(_promising(document))


def _promising(document: DocumentNormalise) -> Iterator[tuple[int, str]]:
    under, part, above = False, False, ""
    for number, line in enumerate(document.lignes, start=1):
        words = line.strip()
        bullet = is_bullet(line) or words[:1] in ("–", "—")
        if under and (bullet or (_ALONE.match(words) and (above.endswith(ENDS) or len(above) < SHORT))):
            yield number, _whole(document, number)
        above = words or above
        if bullet:
            continue
        if words and words[0].isalnum() and not words[0].islower():
            heads, promises = len(words) < SHORT and not words.endswith("."), bool(ENGAGE.search(words))
            if heads:
                part = promises or (part and not _PART.match(sans_accents(words)))
            under = promises or (heads and (under or (part and words.endswith(":"))))


ENDS = (".", ";", ":")
_ALONE = re.compile(r"[a-zà-ÿ][^.;]{15,}[.;]$")
"""A promise of a table: no bullet, a small letter, and it ends."""


def promesses_en_phrases(document: DocumentNormalise) -> Iterator[tuple[int, str]]:
    """The sentences under a heading of promises, with their line: « La Région verse… Elle rémunère… »."""
    under = False
    for phrase in phrases(document):
        words = phrase.texte
        if len(words) < SHORT and not words.endswith(ENDS):
            under = bool(ENGAGE.search(words)) or (under and not _PART.match(sans_accents(words)))
        elif under and _HE.match(words) and words.endswith(".") and not is_bullet(document.lignes[phrase.ligne - 1]):
            yield phrase.ligne, words


_HE = re.compile(r"(?:Il|Elle|Ils|Elles) ")
"""What goes on about the signatory whose name opened the paragraph."""
_PART = re.compile(r"(?:[\w-]+ partie|annexe|article|signatures?|chapitre|titre|\d+[.)]?\s|[ivx]+\s?[.–-])\b")
"""What opens another part of a document."""
SHORT = 60
"""A line of fewer characters may be the name of who promises."""


def _whole(document: DocumentNormalise, number: int) -> str:
    """The words of a bullet: its line, and those below that go on in small letters."""
    last = number
    while last < len(document.lignes) and (below := document.lignes[last].strip()) and below[0].islower():
        last += 1
    return MARQUE.sub("", document.mots((Plage(number, last),)))


def _bodies(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[tuple[Orientation, range]]:
    """The lines of each orientation: from its heading to that of the next, the last one to its last item."""
    starts = sorted((one.source[0].debut, rank) for rank, one in enumerate(contrat.orientations) if one.source)
    for place, (start, rank) in enumerate(starts):
        one = contrat.orientations[rank]
        last = max((p.fin for i in (*one.objectifs, *one.actions, *one.credits) for p in i.source), default=start)
        end = starts[place + 1][0] if place + 1 < len(starts) else last + 1
        yield one, range(start, min(end, len(document.lignes) + 1))


class _Bare(dict[int, str]):
    """Each character as it is compared, one for one; made the first time it is met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = plain(character)[:1] or character
        return self[code]


_BARE = _Bare()


@des_mots(8192)
def sans_accents(text: str) -> str:
    """The text without capitals nor accents, each character in its place.

    Kept for a while: a dozen rules ask it of every sentence of the same document.
    """
    return text.translate(_BARE)
