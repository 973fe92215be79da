"""The objectives of an orientation: bullets, and paragraphs or sentences that state an aim."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tenir.fichier.enums import Forme
from tenir.fichier.modeles import Objectif
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier, Niveau
from tenir.lecteur.donnees import colonnes
from tenir.lecteur.lexique import lexique
from tenir.lecteur.lignes import ALINEA, PERDUE, Bloc, Texte
from tenir.lecteur.listes import Liste
from tenir.lecteur.phrases import Phrase, phrases
from tenir.lecteur.plan import Region
from tenir.lecteur.titres import titre_court

_INFINITIF = re.compile(r"^[A-ZÀ-Ý][\w’'-]*(?:er|ir|re)\b")
_POINTS_VIRGULES = re.compile(r";")
_QUE = re.compile(r"que\s|qu[’']")
_ET_QUE = re.compile(r"\s*,?\s+et\s+(?=que\s|qu[’'])|\s*;\s*")
_RANG = re.compile(r"\b(?:le|la) (?:premier|première|second|seconde|deuxième|troisième)\b[^.]{0,20}\best de\b", re.I)


@dataclass(frozen=True, slots=True)
class _Trouve:
    source: tuple[Plage, ...]
    forme: Forme
    sous_theme: str | None


def lire_objectifs(atelier: Atelier, liste: Liste, code: str, *, puces: bool, premier: int = 1) -> tuple[Objectif, ...]:
    """Read the objectives of a rubric; bullets are left aside when they are really the actions."""
    found = [_Trouve(e.source, Forme.PUCE, e.sous_theme) for e in liste.elements] if puces else []
    found += [_Trouve(source, Forme.PROSE, None) for source in _in_prose(atelier.texte, liste.alineas)]
    found.sort(key=lambda each: each.source[0])
    read = (_objectif(atelier, each, f"{code}-B{rank:02d}") for rank, each in enumerate(found, premier))
    return tuple(objectif for objectif in read if objectif)


def lire_dits(atelier: Atelier, region: Region, code: str, premier: int) -> list[Objectif]:
    """The objectives said on the line of their label (« Ce que nous visons : … ; … »), one between two semicolons."""
    raw = atelier.texte.brut(region.debut)
    start = raw.find(region.reste) if region.reste else -1
    if start < 0:
        return []
    numeros = [region.debut, *_carried_on(atelier.texte, region)]
    joined = "\n".join(atelier.texte.brut(n) for n in numeros)
    cut = _ET_QUE if _QUE.match(region.reste) else _POINTS_VIRGULES
    edges = [start, *(start + n for m in cut.finditer(joined[start:]) for n in m.span()), len(joined)]
    spans = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if joined[a:b].strip()]
    found: list[Objectif] = []
    for debut, fin in spans:
        words = joined[debut:fin]
        span = (debut + len(words) - len(words.lstrip()), debut + len(words.rstrip(" .\n")))
        source = colonnes(atelier.texte, numeros, span)
        read = _objectif(atelier, _Trouve(source, Forme.PUCE, None), f"{code}-B{premier + len(found):02d}")
        found += [read] if read else []
    return found


def lire_dessous(atelier: Atelier, region: Region, code: str, premier: int) -> list[Objectif]:
    """The objectives under the label of a sheet: each bullet, each paragraph that is no prose."""
    blocs = [
        b for b in atelier.texte.blocs(region.corps, region.fin) if any(map(str.isalpha, atelier.texte.brut(b.debut)))
    ]
    found: list[Objectif] = []
    for bloc in blocs:
        forme = (
            Forme.PROSE if bloc.puce == ALINEA and len(atelier.texte.mots((bloc.plage,)).split()) > LONG else Forme.PUCE
        )
        read = _objectif(atelier, _Trouve((bloc.plage,), forme, None), f"{code}-B{premier + len(found):02d}")
        found += [read] if read else []
    return found


LONG = 30  # words of a paragraph that is one objective


def apres_le_dit(texte: Texte, region: Region) -> int:
    """The first line under a label that its own words leave to be read."""
    return region.corps + len(_carried_on(texte, region)) if region.reste else region.corps


def _carried_on(texte: Texte, region: Region) -> list[int]:
    """The lines under a label that carry its words on: those of its paragraph, where a margin cuts it."""
    if texte.document.en_paragraphes:
        return []
    lines = itertools.takewhile(
        lambda n: not texte.vide(n) and texte.puce(n) in (ALINEA, PERDUE), range(region.corps, region.fin + 1)
    )
    return list(lines)


def _objectif(atelier: Atelier, found: _Trouve, code: str) -> Objectif | None:
    mots = atelier.texte.mots(found.source)
    if found.forme is Forme.PROSE:
        atelier.juge(code, Niveau.MOYENNE, "Objectif lu dans une phrase : vérifiez où il commence et où il finit.")
    return atelier.bati(
        Objectif,
        code=code,
        titre=titre_court(mots),
        forme=found.forme,
        sous_theme=found.sous_theme,
        source=found.source,
        texte=mots,
    )


def _in_prose(texte: Texte, alineas: Iterable[Bloc]) -> Iterator[tuple[Plage, ...]]:
    """The objectives of paragraphs: sentences that count them out, or each paragraph that states an aim."""
    read = [(alinea, phrases(texte, alinea.debut, alinea.fin)) for alinea in alineas]
    counting = sum(bool(_RANG.search(phrase.mots)) for _, sentences in read for phrase in sentences) > 1
    for alinea, sentences in read:
        counted = [phrase.source for phrase in sentences if counting and _RANG.search(phrase.mots)]
        mots = texte.mots((alinea.plage,))
        if counted:
            yield from counted
        elif lexique().contient("marques_d_objectif", mots) or _INFINITIF.match(mots):
            yield _without_lead_in(texte, alinea, sentences)


def _without_lead_in(texte: Texte, alinea: Bloc, sentences: list[Phrase]) -> tuple[Plage, ...]:
    """A last sentence that only announces the bullets below is left to the rubric when others come before it."""
    last = sentences[-1].source[0]
    if len(sentences) > 1 and sentences[-1].mots.endswith(":") and last.colonne_debut is None:
        return (Plage(alinea.debut, last.debut - 1),)
    return (alinea.plage,)
