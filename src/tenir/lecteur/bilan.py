"""What the evaluation of the previous contract taught: bullets, paragraphs after them, limits told one by one."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from tenir.fichier.modeles import ContratPrecedent, Enseignement, Periode
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier, Niveau
from tenir.lecteur.donnees import colonnes
from tenir.lecteur.lexique import lexique
from tenir.lecteur.lignes import ALINEA, PUCE, Bloc, Texte
from tenir.lecteur.plan import Region
from tenir.lecteur.titres import titre_court

_PERIODE = re.compile(r"\b(20\d\d)\s*(?:[-–/]|à|jusqu’en)\s*(20\d\d)\b")
_PHRASE = re.compile(r"[.!?]\s+(?=[«A-ZÀ-Ý])")
_VIRGULE = re.compile(r"[,;](?![^()]*\))\s*")


def lire_bilan(atelier: Atelier, regions: Iterable[Region], debut: int) -> ContratPrecedent | None:
    """Read the lessons of the contract before the one that starts in the year `debut`; None without its years."""
    for region in (r for r in regions if r.nature == "evaluation"):
        periode = _previous(atelier.texte, region, debut)
        lessons = list(_lessons(atelier.texte, region)) if periode else []
        if periode and lessons:
            read = (_enseignement(atelier, source, f"E{n:02d}") for n, source in enumerate(lessons, 1))
            return ContratPrecedent(periode=periode, enseignements=tuple(lesson for lesson in read if lesson))
    return None


def _previous(texte: Texte, region: Region, debut: int) -> Periode | None:
    """The years of the previous contract: an interval that the part prints and that ends before this one starts."""
    said = " ".join(texte.brut(n) for n in range(region.debut, region.fin + 1))
    years = [(int(a), int(b)) for a, b in _PERIODE.findall(said)]
    found = next(((a, b) for a, b in years if a < b <= debut), None)
    return Periode(debut=found[0], fin=found[1]) if found else None


def _lessons(texte: Texte, region: Region) -> Iterator[tuple[Plage, ...]]:
    blocs = texte.blocs(region.corps, region.fin)
    first = next((rank for rank, bloc in enumerate(blocs) if bloc.puce != ALINEA), len(blocs))
    for bloc in blocs[first:]:
        if bloc.puce != ALINEA or texte.finie(bloc.fin):
            yield from _told(texte, bloc)


def _told(texte: Texte, bloc: Bloc) -> Iterator[tuple[Plage, ...]]:
    """A bullet is one lesson, or what it says first and then each of the limits that its last sentence lists."""
    numeros = texte.pleines(bloc.debut, bloc.fin)
    joined = "\n".join(texte.brut(n) for n in numeros)
    cut = max((match.end() for match in _PHRASE.finditer(joined)), default=0)
    lead, colon, _ = joined[cut:].partition(" : ")
    pieces = _pieces(joined, cut + len(lead) + 3) if colon and lexique().contient("limites", lead) else []
    if cut == 0 or len(pieces) < 2:
        yield (bloc.plage,)
        return
    yield colonnes(texte, numeros, (0, cut))
    yield from (colonnes(texte, numeros, span) for span in pieces)


def _pieces(text: str, start: int) -> list[tuple[int, int]]:
    edges = [start, *(edge for match in _VIRGULE.finditer(text, start) for edge in match.span()), len(text)]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    return [(a, b) for a, b in spans if text[a:b].strip()]


def _enseignement(atelier: Atelier, source: tuple[Plage, ...], code: str) -> Enseignement | None:
    mots = PUCE.sub("", atelier.texte.mots(source))
    atelier.juge(code, Niveau.MOYENNE, "Enseignement relevé dans la prose : acquis, limite, ou les deux ?")
    return atelier.bati(Enseignement, code=code, titre=titre_court(mots), sens=_sens(mots), source=source, texte=mots)


def _sens(mots: str) -> Literal["acquis", "limite", "mixte"]:
    """What the words of a lesson weigh: a word of success, a word of limit, or both."""
    good, bad = (lexique().contient(liste, mots) for liste in ("acquis", "limites"))
    if good and bad:
        return "mixte"
    return "limite" if bad else "acquis"
