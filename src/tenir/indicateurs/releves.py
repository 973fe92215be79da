"""What the readings of an indicator say on a day: the last, the awaited one, what is missing, what is odd.

Plain values, no query: rows read with `with_readings` carry all that is needed.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from tenir.contrat.models import Indicateur, Orientation
from tenir.core.composants import Tampon, Ton
from tenir.core.typographie import date_fr, tense, typo
from tenir.indicateurs.enums import MOIS_ENTRE_RELEVES, Frequence
from tenir.indicateurs.models import CibleDIndicateur, ReleveDIndicateur, SuiviDIndicateur, SuiviDIndicateurQuerySet
from tenir.indicateurs.services.indicateur import figure
from tenir.indicateurs.seuils import reading_months

EN_VIGUEUR, FIXEES, COUVERTES, REPRISES = "releves_en_vigueur", "cibles_fixees", "orientations_couvertes", "reprises"
FIRST_YEAR = 12
"""Months left for the only reading of an indicator that is read once."""


@dataclass(frozen=True, slots=True)
class Attente:
    """The next reading awaited: from which day its period is over, and from which day it is late."""

    le: date
    en_retard_apres: date

    def late(self, on: date) -> bool:
        """Whether it is awaited in vain."""
        return self.en_retard_apres < on

    def due(self, on: date) -> bool:
        """Whether its period is over."""
        return self.le <= on

    def stamp(self, on: date) -> Tampon | None:
        """How it stands, when there is something to say."""
        if self.late(on):
            return Tampon("en retard", Ton.RETARD)
        return Tampon("attendu", Ton.ATTENTION) if self.due(on) else None


def with_readings(rows: SuiviDIndicateurQuerySet) -> SuiviDIndicateurQuerySet:
    """Indicators with all that a line or a page says of them, in a number of queries that does not grow."""
    covered = Orientation.objects.filter(retire=False).order_by("ordre")
    again = Indicateur.objects.filter(retire=False).order_by("ordre")
    return rows.select_related("indicateur", "organisme", "personne").prefetch_related(
        Prefetch("releves", ReleveDIndicateur.objects.in_force(), to_attr=EN_VIGUEUR),
        Prefetch("cibles", CibleDIndicateur.objects.order_by("le"), to_attr=FIXEES),
        Prefetch("indicateur__orientations", covered, to_attr=COUVERTES),
        Prefetch("indicateur__repetitions", again, to_attr=REPRISES),
    )


def readings(suivi: SuiviDIndicateur) -> Sequence[ReleveDIndicateur]:
    """The readings in force of an indicator read with `with_readings`, the oldest period first."""
    found: list[ReleveDIndicateur] = getattr(suivi, EN_VIGUEUR)
    return found


def targets(suivi: SuiviDIndicateur) -> Sequence[CibleDIndicateur]:
    """The targets of an indicator read with `with_readings`, by day."""
    found: list[CibleDIndicateur] = getattr(suivi, FIXEES)
    return found


def covered_by(suivi: SuiviDIndicateur) -> Sequence[Orientation]:
    """The orientations that an indicator read with `with_readings` covers."""
    found: list[Orientation] = getattr(suivi.indicateur, COUVERTES)
    return found


def repeated_as(suivi: SuiviDIndicateur) -> Sequence[Indicateur]:
    """The indicators that repeat one read with `with_readings`."""
    found: list[Indicateur] = getattr(suivi.indicateur, REPRISES)
    return found


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last day of a month leads to the last day of a month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    at_the_end = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if at_the_end else min(day.day, length))


def awaited(frequence: str, last: date | None, opened: date) -> Attente | None:
    """The next reading awaited, from the end of the last and from the day follow-up opened; none without a frequency,
    nor after the only reading of an indicator that is read once."""
    if not frequence:
        return None
    months = MOIS_ENTRE_RELEVES.get(Frequence(frequence))
    if months is None and last is not None:
        return None
    due = add_months(last or opened, months or FIRST_YEAR)
    return Attente(due, add_months(due, reading_months(due)))


def awaited_of(suivi: SuiviDIndicateur) -> Attente | None:
    """The next reading awaited of an indicator read with `with_readings`."""
    return awaited(suivi.frequence, max((one.fin for one in readings(suivi)), default=None), suivi.ouvert_le)


def latest(releves: Iterable[ReleveDIndicateur]) -> list[ReleveDIndicateur]:
    """The reading of the last period; all its parts when nobody gave the whole."""
    found = sorted(releves, key=lambda one: (one.fin, one.debut, one.pk))
    last = [one for one in found if (one.fin, one.debut) == (found[-1].fin, found[-1].debut)] if found else []
    return [one for one in last if not one.ventilation] or last


def next_target(cibles: Iterable[CibleDIndicateur], on: date) -> CibleDIndicateur | None:
    """The first target still to come, else the last one."""
    found = sorted(cibles, key=lambda one: one.le)
    return next((one for one in found if one.le >= on), found[-1] if found else None)


MANQUES = {
    "organisme": "organisme responsable",
    "unite": "unité",
    "frequence": "fréquence",
    "depart": "valeur de départ",
    "cible": "cible",
    "releve": "relevé",
}
"""What it takes to follow an indicator."""


def missing(suivi: SuiviDIndicateur) -> list[str]:
    """The names in `MANQUES` of what nobody said of an indicator read with `with_readings`."""
    there = {
        "organisme": suivi.organisme_id,
        "unite": suivi.unite,
        "frequence": suivi.frequence,
        "depart": suivi.reference is not None,
        "cible": targets(suivi),
        "releve": readings(suivi),
    }
    return [name for name in MANQUES if not there[name]]


def with_unit(value: Decimal, suivi: SuiviDIndicateur) -> str:
    """« 42 parents »; « 42 » when nobody said the unit."""
    return f"{figure(value)}\u00a0{suivi.unite}" if suivi.unite else figure(value)


def period(releve: ReleveDIndicateur) -> str:
    """« du 1er janvier au 30 juin 2026 »; one day alone is « le 12 mars 2026 »."""
    if releve.debut == releve.fin:
        return f"le {date_fr(releve.fin)}"
    start = date_fr(releve.debut)
    if releve.debut.year == releve.fin.year:
        start = start.rpartition(" ")[0]
    return f"du {start} au {date_fr(releve.fin)}"


def sentence(suivi: SuiviDIndicateur, on: date) -> str:
    """Where an indicator stands, in words: last value, target, next reading; what is missing is said."""
    said = [_told_last(suivi), _told_target(suivi, on), _told_next(suivi, on)]
    return typo(" ".join(piece for piece in said if piece))


def _told_last(suivi: SuiviDIndicateur) -> str:
    found = latest(readings(suivi))
    if not found:
        return "Aucun relevé n’est encore donné."
    told = ", ".join(_value_for(one, suivi) for one in found)
    states = ", ".join(dict.fromkeys(one.get_statut_display() for one in found))
    sources = ", ".join(dict.fromkeys(one.source for one in found))
    return f"{told} {period(found[0])} (relevé {states} ; source : {sources})."


def _value_for(releve: ReleveDIndicateur, suivi: SuiviDIndicateur) -> str:
    part = f" pour « {releve.ventilation} »" if releve.ventilation else ""
    return f"{with_unit(releve.valeur, suivi)}{part}"


def _told_target(suivi: SuiviDIndicateur, on: date) -> str:
    target = next_target(targets(suivi), on)
    if target is None:
        return "Aucune cible n’est fixée."
    verb = "est" if target.le >= on else "était"
    return f"La cible {verb} de {with_unit(target.valeur, suivi)} au {date_fr(target.le)}."


def _told_next(suivi: SuiviDIndicateur, on: date) -> str:
    if not suivi.frequence:
        return "On ne sait pas quand le relever : la fréquence est à définir."
    next_one = awaited_of(suivi)
    if next_one is None:
        return ""
    if next_one.late(on):
        return f"Un relevé est en retard : il était attendu le {date_fr(next_one.le)}."
    if next_one.due(on):
        return f"Un relevé est attendu depuis le {date_fr(next_one.le)}."
    return f"Le prochain relevé {tense(next_one.le, on, 'est attendu', 'était attendu')} le {date_fr(next_one.le)}."
