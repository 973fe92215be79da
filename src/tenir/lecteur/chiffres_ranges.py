"""Figures that a plain text ranges without a table: columns that spaces align, or a line that lists them by place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tenir.lecteur.lexique import lexique
from tenir.lecteur.lignes import PUCE, Texte
from tenir.lecteur.nombres import nombres
from tenir.lecteur.structure.chiffres_de_tableaux import ChiffreDeTableau

_COLONNE = re.compile(r"\S+(?:\s\S+)*")  # words that one space parts
_CHIFFRE = re.compile(r"^[<>±+-]?\s?\d[\d\s.,]*\s?(?:%|€|k€|[^\W\d_]{1,12})?$")
_RIEN = re.compile(r"^(?:[-–—/.]+|n\.?\s?[dcs]\.?|s\.?o\.?|nc|nd|ns)$", re.IGNORECASE)
_AN = re.compile(r"^(?:en\s+)?((?:19|20)\d\d)$")
_PIECE = re.compile(
    r"^(?:(?P<lieu>[^:;]{2,60}?)\s*+:\s*+)?(?P<label>[^\W\d_][^:;]{2,80}?)(?:\s*+:)?\s++"
    r"(?P<valeur>[<>±]?\s?\d[\d\s.,]*(?:\s?(?:%|€|[^\W\d_]{1,12}))?)$"
)
AU_DESSUS = 3  # lines between the heads of columns and the first row


@dataclass(frozen=True, slots=True)
class _Case:
    debut: int
    fin: int
    mots: str


def chiffres_alignes(texte: Texte, debut: int, fin: int) -> Iterator[ChiffreDeTableau]:
    """The figures of rows whose columns spaces align: two rows at least, heads above them or none."""
    run: list[int] = []
    for numero in [*texte.pleines(debut, fin), fin + 1]:
        if numero <= fin and _row(texte, numero):
            run.append(numero)
            continue
        if len(run) > 1:
            yield from _of_run(texte, run, debut)
        run = []


def _cells(texte: Texte, numero: int) -> list[_Case]:
    return [_Case(m.start(), m.end(), m.group()) for m in _COLONNE.finditer(texte.brut(numero))]


def _row(texte: Texte, numero: int) -> list[_Case]:
    """The cells of a row of figures: its label, then nothing but figures or signs of their lack."""
    cells = _cells(texte, numero) if texte.lignes[numero].tableau is None else []
    values = cells[1:]
    figures = [c for c in values if _CHIFFRE.match(c.mots)]
    labelled = bool(cells) and any(map(str.isalpha, cells[0].mots)) and not _CHIFFRE.match(cells[0].mots)
    return cells if labelled and figures and all(c in figures or _RIEN.match(c.mots) for c in values) else []


def _of_run(texte: Texte, run: Sequence[int], debut: int) -> Iterator[ChiffreDeTableau]:
    heads = _heads(texte, run, debut)
    if not heads and any(len(_row(texte, numero)) > 2 for numero in run):
        return  # several columns that nothing names
    for numero in run:
        label, *values = _row(texte, numero)
        for cell in values:
            head = min(heads, key=lambda h: _gap(h, cell)).mots if heads else ""
            year = _AN.match(head)
            if _CHIFFRE.match(cell.mots) and nombres(cell.mots):
                where = None if year or not head else head
                yield ChiffreDeTableau(
                    PUCE.sub("", label.mots).strip(" :"), cell.mots, numero, where, year[1] if year else None
                )


def _heads(texte: Texte, run: Sequence[int], debut: int) -> list[_Case]:
    """The heads of the columns: the nearest line above with as many cells as the widest row has figures."""
    widest = max(len(_row(texte, numero)) for numero in run) - 1
    for numero in range(run[0] - 1, max(debut, run[0] - AU_DESSUS) - 1, -1):
        cells = _cells(texte, numero) if not texte.vide(numero) else []
        if widest > 0 and len(cells) in (widest, widest + 1) and len(cells) + widest > 2:
            return cells[-widest:]
    return []


def _gap(head: _Case, cell: _Case) -> int:
    return min(
        abs(head.debut - cell.debut), abs(head.fin - cell.fin), abs(head.debut + head.fin - cell.debut - cell.fin) // 2
    )


def chiffres_enumeres(mots: str) -> list[tuple[str, str, str | None, tuple[int, int]]]:
    """« Le Clos : taux de pauvreté : 43 % ; … »: label, value, place and where each stands; none unless all are so."""
    found: list[tuple[str, str, str | None, tuple[int, int]]] = []
    place: str | None = None
    bullet = PUCE.match(mots)
    start = bullet.end() if bullet else 0
    if placed := _placed(mots, start):
        return placed
    for piece in re.finditer(r"[^;]+", mots[start:]):
        words = piece.group().strip().rstrip(".")
        match = _PIECE.match(words)
        if match is None or not _measures(match["valeur"]):
            return []
        place = (match["lieu"] or "").strip(" –—-") or place
        span = (start + piece.start(), start + piece.end())
        label, place = (
            _led_in(match["label"].strip(), match["valeur"]),
            place if found or not _announces(place) else None,
        )
        found.append((label, match["valeur"].strip(), place, span))
    return found if len(found) > 1 else []


def _announces(words: str | None) -> bool:
    """Whether words only announce figures, at the end of their sentence (« … à Oraine. Chiffres clés »)."""
    return lexique().rubrique(re.split(r"[.!?]\s+", words or "")[-1]) == "données"


def _led_in(label: str, valeur: str) -> str:
    """The label of a figure; that of one right after « Chiffres clés : » is its own unit."""
    return re.sub(r"^[\d\s.,]+", "", valeur).strip() or label if _announces(label) else label


def _placed(mots: str, start: int) -> list[tuple[str, str, str | None, tuple[int, int]]]:
    """« Population : 1 614 aux Ormes, 1 038 à Bourg-Vieux »: one label, a value a place; none unless all are so."""
    led = _INTITULE.match(mots, start)
    found: list[tuple[str, str, str | None, tuple[int, int]]] = []
    for piece in re.finditer(r"(?:(?!,\s).)+", mots[led.end() :]) if led else ():
        match = _VALEUR_ET_LIEU.match(piece.group().strip(" ,;."))
        if led is None or match is None or not _measures(match["valeur"]):
            return []
        span = (led.end() + piece.start(), led.end() + piece.end())
        found.append((led["label"].strip(), match["valeur"].strip(), match["lieu"].strip(), span))
    return found if len(found) > 1 else []


_INTITULE = re.compile(r"(?P<label>[^\W\d_][^:;]{2,80}?)\s*:\s+(?=\d)")
_VALEUR_ET_LIEU = re.compile(
    r"^(?:et\s+)?(?P<valeur>[<>±]?\s?\d[\d\s.,]*?(?:\s?(?:%|€|[a-z]{1,12}))?)\s+"
    r"(?:aux?|à\s+la|à\s+l[’']|à|dans\s+(?:le|la|les)|dans\s+l[’']|pour\s+(?:le|la|les)|sur\s+(?:le|la|les)|en)\s*(?P<lieu>[^\d,;]{2,60})$"
)


def _measures(valeur: str) -> bool:
    """Whether a value is a figure, not the year of a source."""
    read = nombres(valeur)
    return bool(read) and not read[0].annee
