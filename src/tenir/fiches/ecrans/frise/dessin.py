"""The drawing of the frieze: one band for each orientation, one line for each action, every place already computed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.safestring import SafeString

from tenir.contrat.models import Orientation
from tenir.core.cellules import escaped, together, written
from tenir.core.typographie import NBSP, cut, date_fr, pluriel, typo
from tenir.ecran.mots import UNDECLARED
from tenir.fiches.ecrans.frise.geometrie import Barre, Echelle
from tenir.fiches.jalons import jalons_of
from tenir.fiches.models import FicheAction, Jalon
from tenir.fiches.situation import owes

LARGEUR, LIBELLE, STATUT, ANNEES, RANG = 1320, 350, 110, 24, 22
"""The drawing: its width; the room of the titles, of the statuses; the height of the years and of a line."""

TITRE = 46
"""How many characters of a title a line shows; the table shows it whole."""

PREVUE, REVISEE, REELLE = "prevue", "revisee", "reelle"
PLACE = {PREVUE: (3, 4), REVISEE: (8, 4), REELLE: (13, 6)}
"""Each kind of period: where in its line, and how tall."""

BAR = '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>'
SHAPE = '<use class="{}" href="#jalon-{}" x="{}" y="{}"><title>{}</title></use>'
YEAR = '<path class="annee" d="M{} 4V{}"/><text class="annee" x="{}" y="16">{}</text>'
TODAY = '<path class="aujourdhui" d="M{} 0V{}"/>'
LINE = (
    f'<path class="rang" d="M0 {{}}H{LARGEUR}"/><text class="code-d-action" x="0" y="{{}}">{{}}</text>'
    f'<text x="62" y="{{}}">{{}}</text>{{}}<text class="statut" x="{LARGEUR - STATUT + 8}" y="{{}}">{{}}</text>'
)
UNDATED = f'<text class="sans-date" x="{LIBELLE + 5}" y="{{}}">sans date</text>'
ROW = (
    '<tr role="row"><td role="cell" data-label="Action"><span class="code">{}</span> <a href="{}{}/">{}</a></td>'
    '<td role="cell" data-label="Statut">{}</td>{}</tr>'
)
CELLS = (
    '<td role="cell" data-label="Prévue">{}</td><td role="cell" data-label="Révisée">{}</td>'
    '<td role="cell" data-label="Réelle">{}</td><td role="cell" data-label="Jalons">{}</td>'
)
NO_DATE = SafeString(
    '<td role="cell" data-label="Dates" colspan="4"><span class="tampon tampon-muet">sans date</span></td>'
)
"""Lines and rows are written here, each in one go: in the template they would cost half of the page. Places are digits;
words are escaped once each, and what is made of them is safe."""

BOTTOM = "9999"
"""Past the bottom of any band, which cuts its rules where it ends."""


@dataclass(frozen=True, slots=True)
class Marque:
    """A jalon on the drawing: `etat` chooses its shape, `mots` say it, safe to write."""

    etat: str
    x: str
    mots: SafeString


@dataclass(frozen=True, slots=True)
class Rang:
    """An action: its line of the drawing (SVG), the row of the table that says the same (HTML), its jalons."""

    trace: SafeString
    rangee: SafeString
    marques: list[Marque]
    sans_date: bool


@dataclass(frozen=True, slots=True)
class Cadre:
    """What every band shares: the rules of the years and of today (in SVG), where fiches are."""

    echelle: Echelle
    regles: SafeString
    jour: date
    fiches: str


@dataclass(frozen=True, slots=True)
class Bande:
    """An orientation with its actions. `rang_d_axe` (1 to 8) chooses the colour; `trace` and `rangees` are those of its
    lines, written one after the other."""

    orientation: Orientation
    rang_d_axe: int
    rangs: list[Rang]
    trace: SafeString
    rangees: SafeString
    hauteur: str
    description: str


def frame(debut: int, fin: int, on: date, fiches: str) -> Cadre:
    """The scale of a contract, on a day; `fiches` is the address that the code of an action completes."""
    scale = Echelle(debut, fin, LIBELLE, LARGEUR - LIBELLE - STATUT)
    years = together((written(YEAR, _n(x), BOTTOM, _n(x + 5), str(year)) for year, x in scale.annees()), "")
    today = written(TODAY, _n(scale.x(on)), BOTTOM) if scale.holds(on) else ""
    return Cadre(scale, together((years, today), ""), on, fiches)


def bands(fiches: Iterable[FicheAction], cadre: Cadre, ranks: dict[int, int]) -> list[Bande]:
    """A band for each orientation, in the order of the fiches, read with their jalons; `ranks` are of the axes."""
    return [
        _band(orientation, list(held), cadre, ranks[orientation.axe_id])
        for orientation, held in groupby(fiches, key=lambda fiche: fiche.action.orientation)
    ]


def _band(orientation: Orientation, fiches: list[FicheAction], cadre: Cadre, rank: int) -> Bande:
    lines = [_line(fiche, place, cadre) for place, fiche in enumerate(fiches)]
    drawn, rows = together([one.trace for one in lines], "\n"), together([one.rangee for one in lines], "\n")
    return Bande(orientation, rank, lines, drawn, rows, str(ANNEES + RANG * len(lines) + 6), _description(lines))


def _line(fiche: FicheAction, place: int, cadre: Cadre) -> Rang:
    top = ANNEES + RANG * place
    judged = cadre.jour if owes(fiche) else None
    marks = [_mark(jalon, cadre, judged) for jalon in jalons_of(fiche)]
    drawn = _drawn(fiche, marks, top, cadre)
    action, status = fiche.action, escaped(fiche.get_statut_display() or UNDECLARED)
    code, short, y = escaped(action.code), escaped(_short(action.titre)), top + 15
    line = LINE.format(top, y, code, y, short, drawn or UNDATED.format(y), y, status)
    cells = _cells(fiche, marks) if drawn else NO_DATE
    row = ROW.format(code, escaped(cadre.fiches), code, escaped(action.titre), status, cells)
    return Rang(SafeString(line), SafeString(row), marks, not drawn)


def _short(titre: str) -> str:
    """A title as a line shows it, cut at a word."""
    return cut(titre, TITRE)


def _cells(fiche: FicheAction, marks: list[Marque]) -> str:
    """The dates of an action in words: its three calendars, its jalons."""
    jalons = "".join([f"<li>{mark.mots}</li>" for mark in marks])
    return CELLS.format(*_told(fiche), f'<ul class="serree">{jalons}</ul>' if jalons else "")


def _drawn(fiche: FicheAction, marks: list[Marque], top: int, cadre: Cadre) -> str:
    """The bars of an action, then its jalons over them."""
    bars = [_bar(kind, bar, top) for kind, bar in _periods(fiche, cadre) if bar]
    return "".join([*bars, *(SHAPE.format(mark.etat, mark.etat, mark.x, top + 11, mark.mots) for mark in marks)])


def _bar(kind: str, bar: Barre, top: int) -> str:
    offset, height = PLACE[kind]
    return BAR.format(kind, _n(bar.x), top + offset, _n(bar.largeur), height)


def _periods(fiche: FicheAction, cadre: Cadre) -> Iterator[tuple[str, Barre | None]]:
    """The three calendars; what has begun in fact and is not over runs until today."""
    yield PREVUE, cadre.echelle.barre(fiche.debut_prevu, fiche.fin_prevue)
    yield REVISEE, cadre.echelle.barre(fiche.debut_revise, fiche.fin_revisee)
    running = fiche.debut_reel is not None and fiche.fin_reelle is None
    yield REELLE, cadre.echelle.barre(fiche.debut_reel, cadre.jour if running else fiche.fin_reelle)


def _mark(jalon: Jalon, cadre: Cadre, judged: date | None) -> Marque:
    day = jalon.atteint_le or jalon.abandonne_le or jalon.attendu_le
    return Marque(state(jalon, judged), _n(cadre.echelle.x(day)), escaped(told(jalon, judged)))


def state(jalon: Jalon, on: date | None) -> str:
    """Where a jalon stands that day, in a word without accent: the name of its shape. No day: nothing is late."""
    if jalon.atteint_le:
        return "atteint"
    if jalon.abandonne_le:
        return "abandonne"
    return "depasse" if on and jalon.attendu_le < on else "attendu"


MOTS = {"attendu": "attendu", "depasse": "dépassé", "atteint": "atteint", "abandonne": "abandonné"}
"""The word of each state of a jalon."""


def told(jalon: Jalon, on: date | None) -> str:
    """A jalon in words: « Ouvrir le lieu : dépassé, attendu le 3 mars 2026, prévu d’abord le 1er février 2026 »."""
    found = state(jalon, on)
    day = jalon.atteint_le or jalon.abandonne_le
    when = f"{MOTS[found]} le {date_fr(day)}" if day else f"attendu le {date_fr(jalon.attendu_le)}"
    start = f"{MOTS[found]}, " if found == "depasse" else ""
    first = f", prévu d’abord le {date_fr(jalon.prevu_le)}" if jalon.revise_le else ""
    return f"{jalon.titre}{NBSP}: {start}{when}{first}"


def _told(fiche: FicheAction) -> Iterator[str]:
    yield period(fiche.debut_prevu, fiche.fin_prevue)
    yield period(fiche.debut_revise, fiche.fin_revisee)
    yield period(fiche.debut_reel, fiche.fin_reelle)


def period(start: date | None, end: date | None) -> str:
    """A period in words; empty when no day of it is said."""
    if start and end:
        return f"du {date_fr(start)} au {date_fr(end)}"
    if start:
        return f"à partir du {date_fr(start)}"
    return f"jusqu’au {date_fr(end)}" if end else ""


def _description(lines: Sequence[Rang]) -> str:
    """The band in a sentence, for who does not see it."""
    marks = [mark for line in lines for mark in line.marques]
    late = sum(mark.etat == "depasse" for mark in marks)
    undated = sum(line.sans_date for line in lines)
    parts = [pluriel(len(lines), "action", genre="f"), pluriel(len(marks), "jalon")]
    parts += [f"dont {pluriel(late, 'dépassé')}"] if late else []
    parts += [f"{pluriel(undated, 'action', genre='f')} sans date"] if undated else []
    return typo(f"{', '.join(parts)}. Le tableau qui suit dit la même chose.")


def _n(value: float) -> SafeString:
    """A place on the drawing, written for SVG: a point, one decimal at most. Digits need no escaping."""
    return SafeString(f"{value:.1f}".removesuffix(".0"))
