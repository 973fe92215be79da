"""The chart of an indicator: its readings by part, where it starts from, what it should reach."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from tenir.core.graphiques import ENCRE, ENCRE_2, ETROIT, FEUILLE, SERIES, TRAITS, Graphique, Spec, draw
from tenir.core.typographie import date_fr, pluriel, typo
from tenir.indicateurs.enums import StatutDeReleve
from tenir.indicateurs.models import CibleDIndicateur, ReleveDIndicateur, SuiviDIndicateur
from tenir.indicateurs.releves import readings, targets
from tenir.indicateurs.services.indicateur import figure

ENSEMBLE, DEPART = "ensemble", "départ"
FORMES = {
    StatutDeReleve.VALIDE: ("circle", "●"),
    StatutDeReleve.PROVISOIRE: ("triangle-up", "△"),
    StatutDeReleve.CONTESTE: ("M-1,-1L1,1M-1,1L1,-1", "✕"),
}
"""The shape of a reading says how far it is believed; only a validated one is full."""
VALIDE = StatutDeReleve.VALIDE.label
HEIGHT = 260
LONG = 900
"""From how many days on the axis tells years alone."""
YEARS = 10
"""How many years the axis tells at the most: a reading dated of another age would have it tell them all."""
GAP = 0.075
"""The least distance between two names of series, as a part of the height."""


def chart(suivi: SuiviDIndicateur) -> Graphique | None:
    """The chart of an indicator read with `with_readings`; none without any reading."""
    found = readings(suivi)
    if not found:
        return None
    return draw(
        lambda width: _spec(suivi, found, width),
        name=f"graphique-{suivi.pk}",
        titre=f"{suivi.indicateur.libelle}, relevé par relevé",
        description=_described(suivi, found),
        legende=_legend(found),
    )


def _legend(found: Sequence[ReleveDIndicateur]) -> str:
    """The shapes that are there, each with its word."""
    there = {one.statut for one in found}
    told = [f"{sign}\u00a0relevé {status.label}" for status, (_, sign) in FORMES.items() if status in there]
    return ", ".join(told)


def _described(suivi: SuiviDIndicateur, found: Sequence[ReleveDIndicateur]) -> str:
    """What the drawing shows, for whoever does not see it; the figures are in the table."""
    series = _series(found)
    said = [f"{pluriel(len(found), 'relevé')}, de {date_fr(found[0].fin)} à {date_fr(found[-1].fin)}"]
    if series != [ENSEMBLE]:
        said.append(f"pour {', '.join(series)}")
    if suivi.reference is not None and suivi.reference_le:
        said.append(f"au départ {figure(suivi.reference)} le {date_fr(suivi.reference_le)}")
    said += [f"cible {figure(one.valeur)} le {date_fr(one.le)}" for one in targets(suivi)]
    return typo(f"{' ; '.join(said)}. Les mêmes chiffres sont dans le tableau « Relevés ».")


def _series(found: Iterable[ReleveDIndicateur]) -> list[str]:
    """The parts that are read, everyone first."""
    return sorted({one.ventilation or ENSEMBLE for one in found}, key=lambda name: (name != ENSEMBLE, name))


def _spec(suivi: SuiviDIndicateur, found: Sequence[ReleveDIndicateur], width: int) -> Spec:
    series = _series(found)
    marks = list(_marks(suivi, targets(suivi)))
    days = [*(one.fin for one in found), *(date.fromisoformat(mark["jour"]) for mark in marks)]
    values = [float(one.valeur) for one in found] + [float(mark["valeur"]) for mark in marks]
    x = _days_axis(min(days), max(days), width, named=len(series) > 1)
    y = {"field": "valeur", "type": "quantitative", "title": None, "axis": {"tickCount": 5}, "scale": {"zero": True}}
    points = [_point(one) for one in found]
    layers = [_lines(series), _points(series)]
    layers += [_names(series, points, max(values) - min(0, *values))] if len(series) > 1 else []
    layers += [_rules(marks), *_words(marks, min(values), max(values))] if marks else []
    return {
        "height": HEIGHT,
        "title": {"text": suivi.unite or "unité à définir", "anchor": "start", "fontSize": 13, "color": ENCRE_2}
        | {"fontWeight": "normal", "frame": "group", "offset": 12},
        "data": {"values": points},
        "encoding": {"x": x, "y": y},
        "layer": layers,
    }


def _point(one: ReleveDIndicateur) -> dict[str, Any]:
    return {
        "jour": one.fin.isoformat(),
        "valeur": float(one.valeur),
        "statut": one.get_statut_display(),
        "serie": one.ventilation or ENSEMBLE,
    }


def _marks(suivi: SuiviDIndicateur, cibles: Iterable[CibleDIndicateur]) -> Iterable[dict[str, Any]]:
    """Where it starts from and what it should reach, named."""
    if suivi.reference is not None and suivi.reference_le:
        yield _mark(suivi.reference_le, suivi.reference, DEPART)
    for one in cibles:
        yield _mark(one.le, one.valeur, "cible")


def _mark(day: date, value: Any, word: str) -> dict[str, Any]:
    return {"jour": day.isoformat(), "valeur": float(value), "mot": f"{word} {figure(value)}"}


def _days_axis(first: date, last: date, width: int, *, named: bool) -> dict[str, Any]:
    """The days, with room at the ends: a name of series, or of a target, is written there."""
    span = max((last - first).days, 180)
    before, after = (
        span // (5 if width == ETROIT else 8),
        span // (3 if named and width == ETROIT else 5 if named else 8),
    )
    domain = [_moved(first, -before).isoformat(), _moved(last, after).isoformat()]
    years, each = span > LONG, max(span // 365 // YEARS, 1)
    ticks = {"interval": "year", "step": each} if years else {"interval": "month", "step": 6 if span > LONG // 2 else 3}
    axis = {"format": "%Y" if years else "%b %Y", "tickCount": ticks, "grid": False, "labelOverlap": True}
    return {
        "field": "jour",
        "type": "temporal",
        "timeUnit": "utcyearmonthdate",
        "scale": {"type": "utc", "domain": domain},
        "axis": {**axis, "title": None},
    }


def _moved(day: date, days: int) -> date:
    """A day some days away, as far as the calendar goes."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _colour(series: list[str], channel: str, values: Sequence[Any]) -> dict[str, Spec]:
    return {
        channel: {
            "field": "serie",
            "type": "nominal",
            "scale": {"domain": series, "range": [values[rank % len(values)] for rank in range(len(series))]},
            "legend": None,
        }
    }


def _lines(series: list[str]) -> Spec:
    return {
        "mark": {"type": "line", "interpolate": "linear"},
        "encoding": _colour(series, "color", SERIES) | _colour(series, "strokeDash", TRAITS),
    }


def _points(series: list[str]) -> Spec:
    """Each reading by the shape of its status."""
    shape = {
        "field": "statut",
        "type": "nominal",
        "scale": {
            "domain": [status.label for status in FORMES],
            "range": [drawn for drawn, _ in FORMES.values()],
        },
        "legend": None,
    }
    full = {"condition": {"test": f"datum.statut == '{VALIDE}'", **_fill(series)}, "value": FEUILLE}
    return {
        "mark": {"type": "point", "size": 110, "strokeWidth": 2, "opacity": 1},
        "encoding": {"shape": shape, "fill": full} | _colour(series, "stroke", SERIES),
    }


def _fill(series: list[str]) -> Spec:
    return _colour(series, "fill", SERIES)["fill"]


def _names(series: list[str], points: list[dict[str, Any]], height: float) -> Spec:
    """The name of each part at the end of its line, far enough from the others to be read."""
    last = {point["serie"]: point for point in points}
    placed: list[dict[str, Any]] = []
    for name in sorted(last, key=lambda one: last[one]["valeur"]):
        level = last[name]["valeur"]
        if placed:
            level = max(level, placed[-1]["valeur"] + GAP * height)
        placed.append({**last[name], "valeur": level})
    return {
        "data": {"values": placed},
        "mark": {"type": "text", "align": "left", "dx": 10, "fontSize": 13, "fontWeight": 600},
        "encoding": {"text": {"field": "serie"}} | _colour(series, "color", SERIES),
    }


def _rules(marks: list[dict[str, Any]]) -> Spec:
    return {
        "data": {"values": marks},
        "mark": {"type": "point", "shape": "stroke", "size": 500, "strokeWidth": 3, "color": ENCRE, "opacity": 1},
    }


def _words(marks: list[dict[str, Any]], low: float, high: float) -> list[Spec]:
    """The name of each mark, above it; that of the start below it, where the line does not go, if there is room."""
    foot = min(0, low)
    room = foot + (high - foot) / 10
    below = [mark for mark in marks if mark["mot"].startswith(DEPART) and mark["valeur"] > room]
    above = [mark for mark in marks if mark not in below]
    return [_text(told, dy) for told, dy in ((above, -11), (below, 13)) if told]


def _text(marks: list[dict[str, Any]], dy: int) -> Spec:
    return {
        "data": {"values": marks},
        "mark": {"type": "text", "align": "center", "dy": dy, "fontSize": 13, "color": ENCRE},
        "encoding": {"text": {"field": "mot"}},
    }
