"""What entries add up to: written again with each change, in its transaction; and the recount that proves it.

A cell is a kind over a month. Whoever writes holds the register of the contract (`services.registre`): two people never
write one cell at once.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Sum

from tenir.activite.models import Cumul, Entree, Valeur, VersionDeNature
from tenir.activite.services.registre import hold
from tenir.activite.services.valeurs import exact
from tenir.habilitations.models import EspaceDeContrat

Case = tuple[str, date]
"""A kind, by its code, and the first day of a month."""


@dataclass(frozen=True, slots=True)
class Ecart:
    """A sum that is not what the entries say."""

    nature: str
    mois: date
    mesure: str
    modalite: str
    tenu: str
    compte: str

    def __str__(self) -> str:
        what = ", ".join(filter(None, (self.nature, self.mesure, self.modalite)))
        return f"{what}, {self.mois:%m/%Y} : {self.tenu or 'rien'} au lieu de {self.compte or 'rien'}."


Comptes = dict[tuple[str, date, int, str, str], tuple[int, Decimal, Decimal]]
"""By kind, month, level, measure and part: how many entries, their sum, the greatest."""


def case_of(entree: Entree) -> Case:
    """The cell to which an entry belongs: the month in which it ends."""
    return entree.mots.code, entree.fin.replace(day=1)


def add_up(espace: EspaceDeContrat, cases: Iterable[Case]) -> None:
    """Write again the sums of cells, from the entries as they stand; a few queries a cell.

    The register of the contract is held (`services.registre.hold`).
    """
    for nature, mois in sorted(set(cases)):
        found = _counted(espace, nature, mois)
        kept = Cumul.objects.of(espace).filter(nature=nature, mois=mois)
        held = {(one.nature, one.mois, one.niveau, one.mesure, one.modalite): one for one in kept}
        _write(espace, held, found)


def _write(espace: EspaceDeContrat, held: dict[tuple[str, date, int, str, str], Cumul], found: Comptes) -> None:
    gone = [row.pk for key, row in held.items() if key not in found]
    if gone:
        Cumul.objects.filter(pk__in=gone).delete()
    made = [_row(espace, key, told) for key, told in found.items() if key not in held]
    Cumul.objects.bulk_create(made)
    moved = [row for key, row in held.items() if key in found and _set(row, found[key])]
    Cumul.objects.bulk_update(moved, ["nombre", "somme", "maximum"])


def _row(espace: EspaceDeContrat, key: tuple[str, date, int, str, str], told: tuple[int, Decimal, Decimal]) -> Cumul:
    nature, mois, niveau, mesure, modalite = key
    row = Cumul(espace=espace, nature=nature, mois=mois, niveau=niveau, mesure=mesure, modalite=modalite)
    _set(row, told)
    return row


def _set(row: Cumul, told: tuple[int, Decimal, Decimal]) -> bool:
    """Put counts on a row; whether they are new."""
    before = (row.nombre, row.somme, row.maximum)
    row.nombre, row.somme, row.maximum = told
    return before != told


def _counted(espace: EspaceDeContrat, nature: str, mois: date) -> Comptes:
    """What the entries of one cell add up to, as the database counts it; two queries."""
    rows = Entree.objects.of(espace).counted().filter(mots__code=nature, fin__range=(mois, _end(mois))).order_by()
    found: Comptes = {
        (nature, mois, niveau, "", ""): (count, Decimal(0), Decimal(0))
        for niveau, count in rows.values_list("niveau").annotate(Count("pk"))
    }
    given = Valeur.objects.filter(entree__in=rows.values("pk")).order_by()
    told = given.values_list("entree__niveau", "mesure", "modalite").annotate(Count("pk"), Sum("valeur"), Max("valeur"))
    for niveau, mesure, modalite, count, total, most in told:
        found[nature, mois, niveau, mesure, modalite] = (count, exact(total), exact(most))
    return found


def recount(espace: EspaceDeContrat) -> Comptes:
    """What all the entries of a contract add up to, counted one by one, as `add_up` does not; two queries."""
    counts: dict[tuple[str, date, int, str, str], list[Decimal]] = defaultdict(list)
    rows = Entree.objects.of(espace).counted().order_by("pk")
    for code, day, niveau in rows.values_list("mots__code", "fin", "niveau").iterator():
        counts[code, day.replace(day=1), niveau, "", ""].append(Decimal(0))
    given = Valeur.objects.filter(entree__in=rows.values("pk")).order_by("pk")
    of_entry = ("entree__mots__code", "entree__fin", "entree__niveau")
    for code, day, *key, valeur in given.values_list(*of_entry, "mesure", "modalite", "valeur").iterator():
        counts[code, day.replace(day=1), *key].append(valeur)
    return {key: (len(all_), sum(all_, Decimal(0)), max(all_)) for key, all_ in counts.items()}


def differences(espace: EspaceDeContrat) -> Iterator[Ecart]:
    """Where the sums kept are not what a recount finds."""
    counted = recount(espace)
    kept = {
        (one.nature, one.mois, one.niveau, one.mesure, one.modalite): (one.nombre, one.somme, one.maximum)
        for one in Cumul.objects.of(espace)
    }
    for key in sorted(counted.keys() | kept.keys()):
        if counted.get(key) != kept.get(key):
            nature, mois, _, mesure, modalite = key
            yield Ecart(nature, mois, mesure, modalite, _said(kept.get(key)), _said(counted.get(key)))


@contextmanager
def kept_right(espace: EspaceDeContrat, states: Iterable[Mapping[str, Any]]) -> Iterator[None]:
    """Hold the register while entries are put back, then add up again the cells where they were and are.

    `states`: values of entries, as a gesture keeps them.
    """
    hold(espace)
    yield
    codes = dict(VersionDeNature.objects.of(espace).values_list("pk", "code"))
    add_up(espace, {(codes[one["mots_id"]], date.fromisoformat(one["fin"]).replace(day=1)) for one in states})


@transaction.atomic
def rewrite(espace: EspaceDeContrat) -> None:
    """Write every sum of a contract again, as the entries say."""
    hold(espace)
    kept = {(one.nature, one.mois, one.niveau, one.mesure, one.modalite): one for one in Cumul.objects.of(espace)}
    _write(espace, kept, recount(espace))


def _said(told: tuple[int, Decimal, Decimal] | None) -> str:
    return f"{told[0]} × {told[1]}" if told else ""


def _end(mois: date) -> date:
    """The last day of a month."""
    return mois.replace(day=monthrange(mois.year, mois.month)[1])
