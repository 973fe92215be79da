"""The years of a contract, with its own dates: what was signed, what is promised for when, what was done and is due."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from tenir.contrat.models import ActionPrevue, VersionDuContrat
from tenir.core.composants import Annee, Temps
from tenir.core.typographie import accord, capital, date_fr, en_lettres, nombre, typo
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat

MID_TERM = 2027
"""Year of the mid-term evaluation of every 2024-2030 contract (circulaire of 31 August 2023)."""

NOT_DATED = "rien n’est encore daté"
_YEAR = re.compile(r"\b20\d\d\b")
Notes = dict[int, list[str]]


def title(espace: EspaceDeContrat) -> str:
    """« Sept ans, de la signature au terme »."""
    span = espace.fin - espace.debut + 1
    return f"{capital(en_lettres(span))} {accord(span, 'an')}, de la signature au terme"


def years(espace: EspaceDeContrat, today: date) -> list[Annee]:
    """The years of the contract, each with what is known to happen in it; two queries of rows, one of versions."""
    notes: Notes = defaultdict(list)
    for found in (_signed(espace), _promised(espace), _lived(espace, today), _due_by_law(espace)):
        for year, note in found:
            notes[year].append(typo(note))
    return [_year(year, notes[year], today) for year in range(espace.debut, espace.fin + 1)]


def _year(year: int, notes: list[str], today: date) -> Annee:
    silent = "" if notes or year < today.year else NOT_DATED
    if year == today.year:
        return Annee(year, silent, Temps.COURANTE, (f"aujourd’hui, {_day(today)}", *notes))
    return Annee(year, silent, Temps.PASSEE if year < today.year else Temps.A_VENIR, tuple(notes))


def _signed(espace: EspaceDeContrat) -> Iterator[tuple[int, str]]:
    """The signature, then each avenant; a correction changes nothing of what was signed."""
    rows = VersionDuContrat.objects.filter(espace=espace).exclude(nature=VersionDuContrat.Nature.CORRECTION)
    for rank, (day, nature) in enumerate(rows.order_by("numero").values_list("en_vigueur_le", "nature")):
        word = "avenant" if rank and nature == VersionDuContrat.Nature.AVENANT else "signature"
        yield day.year, f"{word}, {_day(day)}"


def _promised(espace: EspaceDeContrat) -> Iterator[tuple[int, str]]:
    """The printed horizons: an action promised « 2025-2028 » is promised for the last of these years."""
    printed = ActionPrevue.objects.of(espace).principales().exclude(horizon="").values_list("horizon", flat=True)
    counts = Counter(int(found[-1]) for horizon in printed if (found := _YEAR.findall(horizon)))
    for year, count in counts.items():
        yield year, f"{_actions(count)} {accord(count, 'promise')} pour cette année-là"


def _lived(espace: EspaceDeContrat, today: date) -> Iterator[tuple[int, str]]:
    """What was ended, and what is to end, as anyone may read it: the dates first given, and those of what is over."""
    rows = list(FicheAction.objects.of(espace).values_list("fin_reelle", "fin_prevue"))
    for year, count in sorted(Counter(done.year for done, _ in rows if done).items()):
        yield year, f"{_actions(count)} {accord(count, 'finie')}"
    due = Counter(end.year for done, end in rows if end and not done and end.year >= today.year)
    for year, count in sorted(due.items()):
        yield year, f"fin prévue de {_actions(count)}"


def _due_by_law(espace: EspaceDeContrat) -> Iterator[tuple[int, str]]:
    if espace.debut <= MID_TERM <= espace.fin:
        yield MID_TERM, "évaluation à mi-parcours"
    yield espace.fin, "terme"


def _actions(count: int) -> str:
    return f"{nombre(count)} {accord(count, 'action')}"


def _day(day: date) -> str:
    """« 28 juin »."""
    return date_fr(day).rpartition(" ")[0]
