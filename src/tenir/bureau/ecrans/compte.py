"""Counting the fiches of a contract, by orientation and by axis: two queries, whatever the contract."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Min, Q

from tenir.contrat.models import Axe, Orientation
from tenir.core.composants import Chiffre
from tenir.core.typographie import nombre
from tenir.ecran.mots import UNDECLARED
from tenir.ecran.navigation import address
from tenir.fiches.conditions import has_gap, has_no_date, is_late, is_silent, is_unsaid
from tenir.fiches.enums import Statut
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat

Comptes = dict[str, int]


@dataclass(frozen=True, slots=True)
class Mesure:
    """Something counted: its column, what it counts, and what the address of the table asks to show the same fiches."""

    nom: str
    titre: str
    condition: Callable[[EspaceDeContrat, date], Q]
    demande: str


def _declared(value: str, title: str) -> Mesure:
    return Mesure(value or "aucun", title, lambda espace, on: Q(statut=value), f"statut={value or 'aucun'}")


def _to_designate(espace: EspaceDeContrat, on: date) -> Q:
    return Q(pk__in=FicheAction.objects.filter(espace=espace).to_designate(espace).order_by().values("pk"))


DECLAREES = (_declared("", UNDECLARED), *(_declared(one.value, str(one.label)) for one in Statut))
"""The declared statuses: each action is in one of them."""

CONSTATEES = (
    Mesure("retard", "en retard", lambda espace, on: is_late(on), "retard=oui"),
    Mesure("silence", "sans nouvelles", lambda espace, on: is_silent(on), "silence=oui"),
    Mesure("ecart", "écart avec les faits", lambda espace, on: has_gap(on), "ecart=oui"),
    Mesure("designer", "à désigner", _to_designate, "designer=oui"),
    Mesure("rien", "que personne ne suit", lambda espace, on: is_unsaid(), "calcule=rien"),
)
"""What the facts say: an action may be in several, or in none."""

MESURES = (*DECLAREES, *CONSTATEES)
SANS_DATE = "sans-date"


@dataclass(frozen=True, slots=True)
class Ligne:
    """An orientation, an axis or the contract: how many actions, and how many of each kind."""

    code: str
    titre: str
    comptes: Comptes
    demande: str = ""

    @property
    def actions(self) -> int:
        """How many actions there are in all."""
        return self.comptes["actions"]


@dataclass(frozen=True, slots=True)
class Groupe:
    """An axis with its orientations. `rang` (1 to 8) chooses the colour."""

    axe: Ligne
    orientations: list[Ligne]
    rang: int


@dataclass(frozen=True, slots=True)
class Contrat:
    """A contract in figures; `ouverte_le`: the day follow-up opened, if it has."""

    groupes: list[Groupe]
    total: Ligne
    ouverte_le: date | None

    def lignes(self) -> Iterator[tuple[Ligne, str]]:
        """Every line with the code of its axis, in the order of the contract."""
        for groupe in self.groupes:
            yield from ((line, groupe.axe.code) for line in (groupe.axe, *groupe.orientations))


def count(espace: EspaceDeContrat, on: date) -> Contrat:
    """The figures of a contract on a day."""
    counted = {row.pop("action__orientation"): row for row in _rows(espace, on)}
    opened = [row.pop("ouverte") for row in counted.values()]
    orientations = Orientation.objects.of(espace).select_related("axe")
    groups = [
        _group(axe, rank, list(held), counted)
        for rank, (axe, held) in enumerate(groupby(orientations, key=lambda one: one.axe), start=1)
    ]
    total = Ligne("", "Tout le contrat", _sum(group.axe.comptes for group in groups))
    return Contrat(groups, total, min(opened, default=None))


def _rows(espace: EspaceDeContrat, on: date) -> list[dict[str, Any]]:
    wanted = {mesure.nom: Count("pk", filter=mesure.condition(espace, on)) for mesure in MESURES}
    wanted[SANS_DATE] = Count("pk", filter=has_no_date())
    rows = FicheAction.objects.of(espace).order_by("action__orientation").values("action__orientation")
    return [*rows.annotate(actions=Count("pk"), ouverte=Min("ouverte_le"), **wanted)]  # type: ignore[list-item]


def _group(axe: Axe, rank: int, orientations: list[Orientation], counted: dict[int, Comptes]) -> Groupe:
    lines = [
        Ligne(one.code, one.titre, counted.get(one.pk) or _sum(()), f"orientation={one.code}") for one in orientations
    ]
    total = _sum(line.comptes for line in lines)
    return Groupe(Ligne(axe.code, axe.titre, total, f"axe={axe.code}"), lines, rank)


def _sum(parts: Iterable[Comptes]) -> Comptes:
    found = list(parts)
    names = ("actions", SANS_DATE, *(mesure.nom for mesure in MESURES))
    return {name: sum(part[name] for part in found) for name in names}


def headline(espace: EspaceDeContrat, on: date) -> list[Chiffre]:
    """The figures that someone who only reads finds on her desk."""
    total = count(espace, on).total
    table = address("fiches", espace)
    shown = {mesure.nom: mesure for mesure in MESURES if mesure.nom in {"aucun", Statut.EN_COURS, "retard", "silence"}}
    figures = [_figure(mesure, total.comptes[nom], table) for nom, mesure in shown.items()]
    return [Chiffre("actions", nombre(total.actions), url=table), *figures]


def _figure(mesure: Mesure, value: int, table: str) -> Chiffre:
    return Chiffre(mesure.titre, nombre(value), url=f"{table}?{mesure.demande}" if value else "")
