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

ANNEES = 24
"""The height of the years."""

PREVUE, REVISEE, REELLE = "prevue", "revisee", "reelle"
PLACE = {PREVUE: (3, 4), REVISEE: (8, 4), REELLE: (13, 6)}
"""Each kind of period: where in its line, and how tall."""

BAR = '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>'
SHAPE = '<use class="{}" href="#jalon-{}" x="{}" y="{}"><title>{}</title></use>'
YEAR = '<path class="annee" d="M{} 4V{}"/><text class="annee" x="{}" y="16">{}</text>'
TODAY = '<path class="aujourdhui" d="M{} 0V{}"/>'
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
words are escaped, and what is made of them is safe."""

BOTTOM = "9999"
"""Past the bottom of any band, which cuts its rules where it ends."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a drawing is laid: its width, the room of the titles on the left and of the statuses on the right, the height
    of a line, what of it is above the bars, how many characters of a title it shows (the table shows it whole)."""

    largeur: int
    libelle: int
    statut: int
    rang: int
    dessus: int
    titre: int
    ligne: str

    @property
    def annees(self) -> int:
        """The room of the years."""
        return self.largeur - self.libelle - self.statut


LARGE = Plan(
    *(1320, 350, 110, 22, 0, 46),
    '<path class="rang" d="M0 {haut}H1320"/><text class="code-d-action" x="0" y="{y}">{code}</text>'
    '<text x="62" y="{y}">{titre}</text>{trace}<text class="statut" x="1218" y="{y}">{statut}</text>',
)
ETROIT = Plan(
    *(340, 0, 0, 40, 18, 34),
    '<path class="rang" d="M0 {haut}H340"/><text class="code-d-action" x="0" y="{y}">{code}</text>'
    '<text x="56" y="{y}">{titre}</text><text class="statut fin" x="340" y="{y}">{statut}</text>{trace}',
)
"""Of a screen; of a phone, where the words stand over the bars, which have the whole width."""
UNDATED = '<text class="sans-date" x="{}" y="{}">sans date</text>'


@dataclass(frozen=True, slots=True)
class Marque:
    """A jalon on the drawing: `etat` chooses its shape, `mots` say it, safe to write."""

    etat: str
    jour: date
    mots: SafeString


@dataclass(frozen=True, slots=True)
class Rang:
    """An action: its line of each drawing (SVG), the row of the table that says the same (HTML), its jalons."""

    traces: list[SafeString]
    rangee: SafeString
    marques: list[Marque]
    sans_date: bool


@dataclass(frozen=True, slots=True)
class Cadre:
    """What the bands of one drawing share: the rules of the years and of today (in SVG), where fiches are."""

    plan: Plan
    echelle: Echelle
    regles: SafeString
    jour: date
    fiches: str


@dataclass(frozen=True, slots=True)
class Dessin:
    """A band as one plan draws it: its rules, its lines one after the other, its size."""

    cadre: Cadre
    trace: SafeString
    hauteur: str

    @property
    def largeur(self) -> str:
        """Its width, written for SVG."""
        return str(self.cadre.plan.largeur)


@dataclass(frozen=True, slots=True)
class Bande:
    """An orientation with its actions. `rang_d_axe` (1 to 8) chooses the colour; it is drawn for a screen and for a
    phone; `rangees` are the rows of its table, one after the other."""

    orientation: Orientation
    rang_d_axe: int
    rangs: list[Rang]
    large: Dessin
    etroit: Dessin
    rangees: SafeString
    description: str


def frames(debut: int, fin: int, on: date, fiches: str) -> list[Cadre]:
    """The scale of a contract, on a day, for each plan; `fiches` is the address that a code completes."""
    return [_frame(plan, Echelle(debut, fin, plan.libelle, plan.annees), on, fiches) for plan in (LARGE, ETROIT)]


def _frame(plan: Plan, scale: Echelle, on: date, fiches: str) -> Cadre:
    years = together((written(YEAR, _n(x), BOTTOM, _n(x + 5), str(year)) for year, x in scale.annees()), "")
    today = written(TODAY, _n(scale.x(on)), BOTTOM) if scale.holds(on) else ""
    return Cadre(plan, scale, together((years, today), ""), on, fiches)


def bands(fiches: Iterable[FicheAction], cadres: Sequence[Cadre], ranks: dict[int, int]) -> list[Bande]:
    """A band for each orientation, in the order of the fiches, read with their jalons; `ranks` are of the axes."""
    return [
        _band(orientation, list(held), cadres, ranks[orientation.axe_id])
        for orientation, held in groupby(fiches, key=lambda fiche: fiche.action.orientation)
    ]


def _band(orientation: Orientation, fiches: list[FicheAction], cadres: Sequence[Cadre], rank: int) -> Bande:
    lines = [_line(fiche, place, cadres) for place, fiche in enumerate(fiches)]
    large, etroit = (_drawing(lines, place, cadre) for place, cadre in enumerate(cadres))
    rows = together([one.rangee for one in lines], "\n")
    return Bande(orientation, rank, lines, large, etroit, rows, _description(lines))


def _drawing(lines: Sequence[Rang], place: int, cadre: Cadre) -> Dessin:
    drawn = together([one.traces[place] for one in lines], "\n")
    return Dessin(cadre, drawn, str(ANNEES + cadre.plan.rang * len(lines) + 6))


def _line(fiche: FicheAction, place: int, cadres: Sequence[Cadre]) -> Rang:
    judged = cadres[0].jour if owes(fiche) else None
    marks = [_mark(jalon, judged) for jalon in jalons_of(fiche)]
    traces, dated = zip(*(_traced(fiche, marks, place, cadre) for cadre in cadres), strict=True)
    action, status = fiche.action, _status(fiche)
    cells = _cells(fiche, marks) if any(dated) else NO_DATE
    row = ROW.format(
        escaped(action.code), escaped(cadres[0].fiches), escaped(action.code), escaped(action.titre), status, cells
    )
    return Rang(list(traces), SafeString(row), marks, not any(dated))


def _status(fiche: FicheAction) -> SafeString:
    return escaped(fiche.get_statut_display() or UNDECLARED)


def _traced(fiche: FicheAction, marks: list[Marque], place: int, cadre: Cadre) -> tuple[SafeString, bool]:
    """The line of an action as one plan draws it, and whether it has a date."""
    plan = cadre.plan
    top = ANNEES + plan.rang * place
    drawn = _drawn(fiche, marks, top + plan.dessus, cadre)
    line = plan.ligne.format(
        haut=top,
        y=top + 15,
        code=escaped(fiche.action.code),
        titre=escaped(cut(fiche.action.titre, plan.titre)),
        trace=drawn or UNDATED.format(plan.libelle + 5, top + plan.dessus + 15),
        statut=_status(fiche),
    )
    return SafeString(line), bool(drawn)


def _cells(fiche: FicheAction, marks: list[Marque]) -> str:
    """The dates of an action in words: its three calendars, its jalons."""
    jalons = "".join([f"<li>{mark.mots}</li>" for mark in marks])
    return CELLS.format(*_told(fiche), f'<ul class="serree">{jalons}</ul>' if jalons else "")


def _drawn(fiche: FicheAction, marks: list[Marque], top: int, cadre: Cadre) -> str:
    """The bars of an action, then its jalons over them."""
    bars = [_bar(kind, bar, top) for kind, bar in _periods(fiche, cadre) if bar]
    places = [(mark, _n(cadre.echelle.x(mark.jour))) for mark in marks]
    return "".join([*bars, *(SHAPE.format(one.etat, one.etat, x, top + 11, one.mots) for one, x in places)])


def _bar(kind: str, bar: Barre, top: int) -> str:
    offset, height = PLACE[kind]
    return BAR.format(kind, _n(bar.x), top + offset, _n(bar.largeur), height)


def _periods(fiche: FicheAction, cadre: Cadre) -> Iterator[tuple[str, Barre | None]]:
    """The three calendars; what has begun in fact and is not over runs until today."""
    yield PREVUE, cadre.echelle.barre(fiche.debut_prevu, fiche.fin_prevue)
    yield REVISEE, cadre.echelle.barre(fiche.debut_revise, fiche.fin_revisee)
    running = fiche.debut_reel is not None and fiche.fin_reelle is None
    yield REELLE, cadre.echelle.barre(fiche.debut_reel, cadre.jour if running else fiche.fin_reelle)


def _mark(jalon: Jalon, judged: date | None) -> Marque:
    day = jalon.atteint_le or jalon.abandonne_le or jalon.attendu_le
    return Marque(state(jalon, judged), day, escaped(told(jalon, judged)))


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
