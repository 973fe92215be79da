"""The calendar of obligations: for each body whose rhythm is a rule, what is due, held, missed, year by year.

« Aucune notée » is not « aucune tenue »: what nobody wrote here may have taken place.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tenir.core.composants import Tampon, Ton
from tenir.core.seuils import in_force
from tenir.core.typographie import date_fr, pluriel
from tenir.gouvernance.enums import TO_COME, EtatDeReunion, GenreDeRegle
from tenir.gouvernance.models import InstanceSuivie, Reunion
from tenir.gouvernance.regles import Corpus, Regle
from tenir.gouvernance.seuils import A_PREVOIR

EACH_MONTH = 12


@dataclass(frozen=True, slots=True)
class Echeance:
    """What a rule asks of a body in a year, and what is known of it on a day."""

    regle: Regle
    annee: int
    tenues: int
    prevues: int
    jour: date

    @property
    def instance(self) -> InstanceSuivie:
        """The body."""
        return self.regle.instance

    @property
    def attendues(self) -> int:
        """How many meetings the rule asks for."""
        return self.regle.nombre or 0

    @property
    def pour_le(self) -> date:
        """The last day of its year."""
        return date(self.annee, 12, 31)

    @property
    def manquent(self) -> int:
        """How many are neither held nor planned."""
        return max(0, self.attendues - self.tenues - self.prevues)

    @property
    def tampon(self) -> Tampon:
        """In a word: held, missed, planned, to plan, to come."""
        held = f"{self.tenues} sur {self.attendues}" if self.attendues > 1 else ""
        if self.tenues >= self.attendues:
            return Tampon(" ".join(filter(None, ("tenue" if self.attendues == 1 else "tenues", held))), Ton.FAIT)
        if self.annee < self.jour.year:
            return Tampon(held if self.tenues else "aucune notée", Ton.RETARD)
        if self.annee > self.jour.year:
            return Tampon("à venir", Ton.MUET)
        return self._this_year(held)

    def _this_year(self, held: str) -> Tampon:
        if not self.manquent:
            return Tampon(held or "prévue", Ton.NEUTRE)
        return Tampon(f"{held}, à prévoir" if self.tenues else "à prévoir", Ton.ATTENTION)

    @property
    def is_pressing(self) -> bool:
        """Whether it is of this year, something is missing, and little of the year is left.

        A body that meets more than once a month keeps its own diary: nobody is reminded of twenty meetings.
        """
        if self.attendues > EACH_MONTH:
            return False
        days = in_force(A_PREVOIR, self.jour)
        return self.annee == self.jour.year and bool(self.manquent) and (self.pour_le - self.jour).days <= days

    @property
    def phrase(self) -> str:
        """« une réunion à prévoir avant le 31 décembre 2026 »."""
        return (
            f"{pluriel(self.manquent, 'réunion', genre='f', lettres=True)} à prévoir avant le {date_fr(self.pour_le)}"
        )


@dataclass(frozen=True, slots=True)
class Ligne:
    """A body, its rule and its years."""

    regle: Regle
    annees: tuple[Echeance, ...]


def calendar_of(corpus: Corpus, reunions: Iterable[Reunion], jour: date) -> list[Ligne]:
    """The obligations of every body, over the years of the contract, given its meetings."""
    held, planned = _by_year(reunions)
    years = range(corpus.espace.debut, corpus.espace.fin + 1)
    rules = [one for one in corpus.regles if one.genre == GenreDeRegle.FREQUENCE]
    return [
        Ligne(
            rule,
            tuple(
                Echeance(rule, year, held[rule.instance.pk, year], planned[rule.instance.pk, year], jour)
                for year in years
            ),
        )
        for rule in rules
    ]


def _by_year(reunions: Iterable[Reunion]) -> tuple[Counter[tuple[int, int]], Counter[tuple[int, int]]]:
    held: Counter[tuple[int, int]] = Counter()
    planned: Counter[tuple[int, int]] = Counter()
    for one in reunions:
        if one.etat == EtatDeReunion.TENUE:
            held[one.instance_id, one.jour.year] += 1
        elif one.etat in TO_COME:
            planned[one.instance_id, one.jour.year] += 1
    return held, planned
