"""What entries say month by month: how many, of which forms, and what their main numbers make together."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Sum
from django.db.models.functions import TruncMonth

from tenir.activite.enums import Forme
from tenir.activite.models import EntreeQuerySet, Valeur, VersionDeNature
from tenir.activite.services.valeurs import exact, told, unit_for
from tenir.core.typographie import accord, nombre, pluriel, typo
from tenir.natures.enums import Cumulation, Unite

YEAR = 12
PLURALS = {
    Forme.SEANCE.value: "séances",
    Forme.DECOMPTE.value: "décomptes",
    Forme.ETAT.value: "états",
    Forme.OBJET.value: "notes de registre",
}
SINGULARS = {Forme.OBJET.value: "note de registre"}
GENRES = {Forme.SEANCE.value: "f", Forme.DECOMPTE.value: "m", Forme.ETAT.value: "m", Forme.OBJET.value: "f"}


@dataclass(slots=True)
class Compte:
    """What one main number makes over some entries: its sum, and the greatest of it."""

    somme: Decimal = Decimal(0)
    maximum: Decimal = Decimal(0)

    def add(self, somme: Decimal, maximum: Decimal) -> None:
        """Take more entries in."""
        self.somme += somme
        self.maximum = max(self.maximum, maximum)


@dataclass(slots=True)
class Mois:
    """One month: how many entries of each form, and their main numbers, by unit."""

    mois: date
    formes: dict[str, int] = field(default_factory=dict)
    comptes: dict[str, Compte] = field(default_factory=lambda: defaultdict(Compte))

    @property
    def entrees(self) -> int:
        """How many entries, whatever their form."""
        return sum(self.formes.values())


@dataclass(frozen=True, slots=True)
class Annee:
    """Twelve months, the oldest first, those without any entry too."""

    mois: list[Mois]

    @property
    def vide(self) -> bool:
        """Whether nothing was done."""
        return not any(one.entrees for one in self.mois)

    @property
    def total(self) -> Mois:
        """The twelve months in one."""
        whole = Mois(self.mois[-1].mois)
        for one in self.mois:
            for forme, count in one.formes.items():
                whole.formes[forme] = whole.formes.get(forme, 0) + count
            for unite, compte in one.comptes.items():
                whole.comptes[unite].add(compte.somme, compte.maximum)
        return whole

    @property
    def unites(self) -> list[str]:
        """What is counted over these months, in the order of the words."""
        return sorted(self.total.comptes)


def annee(rows: EntreeQuerySet, until: date) -> Annee:
    """The twelve months that end with a day, of the entries that count among some; three queries whatever they hold."""
    months = list(_twelve(until))
    held = rows.counted().filter(fin__gte=months[0], fin__lte=until).order_by()
    found = {day: Mois(day) for day in months}
    counts = list(held.annotate(m=TruncMonth("fin")).values_list("m", "forme").annotate(Count("pk", distinct=True)))
    for month, forme, count in counts:
        found[month].formes[forme] = count
    if counts:
        _count(found, held)
    return Annee(list(found.values()))


def whole_of(rows: EntreeQuerySet, debut: date, fin: date) -> Mois:
    """A period in one, of the entries that count among some; three queries whatever they hold."""
    held = rows.counted().filter(fin__range=(debut, fin)).order_by()
    whole = Mois(debut, dict(held.values_list("forme").annotate(Count("pk", distinct=True))))
    if whole.formes:
        _count(defaultdict(lambda: whole), held)
    return whole


def _count(found: dict[date, Mois], held: EntreeQuerySet) -> None:
    """Add the main numbers of entries, those that add up or of which a least and a most are known."""
    given = Valeur.objects.filter(entree__in=held.values("pk"), modalite="").order_by()
    told_of = given.annotate(m=TruncMonth("entree__fin")).values_list("m", "entree__mots", "mesure")
    sums = list(told_of.annotate(Sum("valeur"), Max("valeur")))
    kinds = VersionDeNature.objects.in_bulk({mots for _, mots, *_ in sums})
    for month, mots, mesure, somme, maximum in sums:
        main = kinds[mots].nature.main
        if main and main.code == mesure and main.united in (Cumulation.SOMME, Cumulation.MAX):
            found[month].comptes[main.unite].add(exact(somme), exact(maximum))


def _twelve(until: date) -> Iterator[date]:
    """The first days of the twelve months that end with a day."""
    for back in range(YEAR - 1, -1, -1):
        year, month = divmod(until.year * 12 + until.month - 1 - back, 12)
        yield date(year, month + 1, 1)


def sentence(mois: Mois) -> str:
    """« 34 séances, 412 passages »; different people are between the greatest and the sum, never summed."""
    said = [
        pluriel(count, SINGULARS.get(forme, forme), PLURALS[forme], genre=GENRES[forme])  # type: ignore[arg-type]
        for forme, count in sorted(mois.formes.items(), reverse=True)
    ]
    return typo(", ".join([*said, *(of_unit(unite, compte) for unite, compte in sorted(mois.comptes.items()))]))


def of_unit(unite: str, compte: Compte) -> str:
    """What a number of one unit makes, in words."""
    most = told(compte.somme)
    if unite != Unite.PERSONNES:
        return f"{most} {unit_for(unite, compte.somme)}"
    if compte.maximum == compte.somme:
        return f"{most} {accord(compte.somme, 'personne')}"
    return f"entre {nombre(compte.maximum.normalize())} et {most} personnes différentes"
