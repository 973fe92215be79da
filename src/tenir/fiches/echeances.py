"""What an action is awaited for in the days to come: plain values, no query."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tenir.fiches.models import FicheAction, Jalon


@dataclass(frozen=True, slots=True)
class Echeance:
    """Something awaited on a day."""

    quoi: str
    le: date


def coming(fiche: FicheAction, jalons: Iterable[Jalon], on: date, until: date) -> list[Echeance]:
    """What is awaited of an open fiche from a day to another, both included, the nearest first."""
    found = (echeance for echeance in _awaited(fiche, jalons) if on <= echeance.le <= until)
    return sorted(found, key=lambda echeance: echeance.le)


def _awaited(fiche: FicheAction, jalons: Iterable[Jalon]) -> Iterator[Echeance]:
    if fiche.debut_attendu and fiche.debut_reel is None:
        yield Echeance("début de l’action", fiche.debut_attendu)
    for jalon in jalons:
        if jalon.attendu:
            yield Echeance(f"« {jalon.titre} »", jalon.attendu_le)
    if fiche.fin_attendue:
        yield Echeance("fin de l’action", fiche.fin_attendue)
    if fiche.prochaine_etape_le:
        yield Echeance(fiche.prochaine_etape or "prochaine étape", fiche.prochaine_etape_le)
