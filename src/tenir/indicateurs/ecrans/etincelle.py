"""The sparkline of an indicator in a list: its readings of everyone, and the target they go to. No axis, no letter.

Its figures are in the cells beside it (last value, target), and all of them on the page of the indicator.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString

from tenir.core.cellules import escaped, muted
from tenir.core.typographie import date_fr, pluriel, typo
from tenir.indicateurs.models import CibleDIndicateur, ReleveDIndicateur, SuiviDIndicateur
from tenir.indicateurs.releves import readings, targets
from tenir.indicateurs.services.indicateur import figure

LARGEUR, HAUTEUR, BORD = 120, 32, 5
Place = tuple[float, float]

SVG = (
    '<svg class="etincelle" role="img" viewBox="0 0 {} {}"><title>{}</title>'
    '<path class="sol" d="M0 {}H{}"/>{}{}{}</svg>'
)
LINE = '<path class="trait" d="M{}"/>'
DOT = '<circle class="releve" cx="{}" cy="{}" r="3"/>'
GOAL = '<path class="cible" d="M{} {}l4 4-4 4-4-4z"/>'


def sparkline(suivi: SuiviDIndicateur) -> SafeString:
    """The drawing of an indicator read with `with_readings`; without any, the cells beside say why."""
    found = [one for one in readings(suivi) if not one.ventilation]
    if not found:
        return muted("relevé par part") if readings(suivi) else muted("–")
    goal = _goal(targets(suivi), found)
    places = _places(found, goal)
    read = [_told(place) for place in places[: len(found)]]
    line = LINE.format("L".join(" ".join(place) for place in read)) if len(read) > 1 else ""
    aim = GOAL.format(*_told((places[-1][0], places[-1][1] - 4))) if goal else ""
    floor = HAUTEUR - BORD
    return SafeString(
        SVG.format(LARGEUR, HAUTEUR, escaped(told(found, goal)), floor, LARGEUR, line, DOT.format(*read[-1]), aim)
    )


def told(found: Sequence[ReleveDIndicateur], goal: CibleDIndicateur | None) -> str:
    """The drawing in a sentence: « 3 relevés, de 12 (31 décembre 2024) à 19 (…) ; cible 30 le … »."""
    first, last = found[0], found[-1]
    start = pluriel(len(found), "relevé")
    way = f", de {figure(first.valeur)} le {date_fr(first.fin)} à {figure(last.valeur)} le {date_fr(last.fin)}"
    once = f" : {figure(last.valeur)} le {date_fr(last.fin)}"
    aim = f" ; cible {figure(goal.valeur)} le {date_fr(goal.le)}" if goal else " ; aucune cible"
    return typo(f"{start}{way if len(found) > 1 else once}{aim}")


def _goal(aims: Sequence[CibleDIndicateur], found: Sequence[ReleveDIndicateur]) -> CibleDIndicateur | None:
    """The first target that is later than the last reading; else the last one."""
    return next((one for one in aims if one.le >= found[-1].fin), aims[-1] if aims else None)


def _places(found: Sequence[ReleveDIndicateur], goal: CibleDIndicateur | None) -> list[Place]:
    """Where the readings then the target are drawn; the height goes from zero, or lower where values do."""
    days = [one.fin for one in found] + ([goal.le] if goal else [])
    values = [one.valeur for one in found] + ([goal.valeur] if goal else [])
    low, high = min(Decimal(0), *values), max(Decimal(0), *values)
    first, span = min(days), max((max(days) - min(days)).days, 1)
    wide, tall = LARGEUR - 2 * BORD, HAUTEUR - 2 * BORD
    return [
        (
            BORD + wide * (day - first).days / span,
            HAUTEUR - BORD - tall * float((value - low) / ((high - low) or 1)),
        )
        for day, value in zip(days, values, strict=True)
    ]


def _told(place: Place) -> tuple[str, str]:
    return f"{place[0]:.1f}", f"{place[1]:.1f}"
