"""The table as a scenario would make it, and several scenarios side by side. Nothing here writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Prefetch, prefetch_related_objects

from tenir.contrat.models import Orientation
from tenir.fichier.mots import plain
from tenir.financement.enums import EtatDeFinancement
from tenir.financement.models import MontantPropose, Scenario
from tenir.financement.montants import ZERO
from tenir.financement.tableau import Case, Financeur, Key, Rangee, Tableau, build, envelopes_of, row_of
from tenir.habilitations.models import EspaceDeContrat

OPEN = (EtatDeFinancement.ANNONCE, EtatDeFinancement.DEMANDE, EtatDeFinancement.PROPOSE)
"""The states over which a scenario may propose: what a funder voted, paid or refused is its own."""


def is_open(case: Case | None) -> bool:
    """Whether a scenario may propose an amount in a cell."""
    return case is None or all(one.etat in OPEN for one in case.lignes)


def base_of(espace: EspaceDeContrat, annee: int) -> Tableau:
    """The specific credits of a year as they are written, with every funder that has an envelope: it may bring more."""
    table = build(espace, annee)
    funders = {one.cle: one for one in table.financeurs}
    for cle, one in envelopes_of(espace, annee, table.registre).items():
        funders.setdefault(cle, Financeur(cle, one.financeur.nom, one.financeur_id, one.montant, one.plafond))
    return _laid(table, {row.cle: row for row in table.rangees}, funders)


def table_of(scenario: Scenario, base: Tableau | None = None) -> Tableau:
    """The same, with what a scenario proposes instead of what is written."""
    table = base or base_of(scenario.espace, scenario.annee)
    rows = {row.cle: replace(row, cases=_copied(row)) for row in table.rangees}
    funders = {one.cle: one for one in table.financeurs}
    for one in amounts_of(scenario):
        _propose(rows, funders, one)
    return _laid(table, rows, funders)


def amounts_of(scenario: Scenario) -> Sequence[MontantPropose]:
    """What a scenario proposes, cell by cell; no query where it was read with its amounts (`with_amounts`)."""
    return list(scenario.montants.all())


def with_amounts(scenarios: Iterable[Scenario]) -> list[Scenario]:
    """Scenarios with what each proposes: one query for all."""
    held = list(scenarios)
    rows = MontantPropose.objects.select_related("orientation", "fiche__action", "financeur")
    prefetch_related_objects(held, Prefetch("montants", rows.order_by("orientation__ordre", "pk")))
    return held


def row_or_none(table: Tableau, code: str, projet: str) -> Rangee | None:
    """A row of a table by what it is."""
    return next((row for row in table.rangees if row.cle == (code, projet)), None)


def _copied(row: Rangee) -> dict[str, Case]:
    return {cle: replace(case) for cle, case in row.cases.items()}


def _propose(rows: dict[Key, Rangee], funders: dict[str, Financeur], one: MontantPropose) -> None:
    row, cle = row_of(rows, one), str(one.financeur_id)
    case = row.cases.setdefault(cle, Case())
    funders.setdefault(cle, Financeur(cle, one.financeur.nom, one.financeur_id))
    if is_open(case):
        case.propose = one.montant


def _laid(table: Tableau, rows: dict[Key, Rangee], funders: dict[str, Financeur]) -> Tableau:
    columns = sorted(funders.values(), key=lambda one: (plain(one.nom), one.cle))
    ranked = sorted(rows.values(), key=lambda row: (row.orientation.ordre, row.code, row.projet))
    return replace(table, financeurs=tuple(columns), rangees=tuple(ranked))


@dataclass(frozen=True, slots=True)
class Ecart:
    """A cell on which what is written and the scenarios do not all say the same."""

    code: str
    titre: str
    financeur: str
    montants: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Comparaison:
    """What is written, then each scenario of a year; every list is in that order."""

    tableaux: tuple[Tableau, ...]
    scenarios: tuple[Scenario, ...]

    @property
    def financeurs(self) -> list[Financeur]:
        """Every funder of any of them."""
        found = {one.cle: one for table in self.tableaux for one in table.financeurs}
        return sorted(found.values(), key=lambda one: (plain(one.nom), one.cle))

    @property
    def orientations(self) -> list[Orientation]:
        """Every orientation of any of them."""
        found = {one.pk: one for table in self.tableaux for one in table.par_orientation}
        return sorted(found.values(), key=lambda one: one.ordre)

    @property
    def par_orientation(self) -> list[tuple[Orientation, list[Decimal]]]:
        """What each orientation receives in each."""
        each = [table.par_orientation for table in self.tableaux]
        return [(one, [found.get(one, ZERO) for found in each]) for one in self.orientations]

    def restes(self, funder: Financeur) -> list[Decimal | None]:
        """What is left of the envelope of a funder in each; none when it was not said."""
        if funder.enveloppe is None:
            return [None for _ in self.tableaux]
        return [funder.enveloppe - table.total_of(funder.cle) for table in self.tableaux]

    @property
    def ecarts(self) -> list[Ecart]:
        """The cells on which they differ, in the order of the table."""
        rows: dict[Key, Rangee] = {row.cle: row for table in self.tableaux for row in table.rangees}
        ranked = sorted(rows.values(), key=lambda row: (row.orientation.ordre, row.code, row.projet))
        by_key = [{row.cle: row for row in table.rangees} for table in self.tableaux]
        funders = self.financeurs
        found = (self._differs(row, funder, by_key) for row in ranked for funder in funders)
        return [one for one in found if one is not None]

    def _differs(self, row: Rangee, funder: Financeur, by_key: list[dict[Key, Rangee]]) -> Ecart | None:
        cells = [rows[row.cle].cases.get(funder.cle) if row.cle in rows else None for rows in by_key]
        amounts = tuple(None if case is None else case.montant for case in cells)
        return Ecart(row.code, row.titre, funder.nom, amounts) if len(set(amounts)) > 1 else None


def compare(espace: EspaceDeContrat, annee: int, scenarios: Iterable[Scenario]) -> Comparaison:
    """What is written in a year beside what its scenarios would make of it."""
    kept, base = tuple(with_amounts(scenarios)), base_of(espace, annee)
    return Comparaison((base, *(table_of(one, base) for one in kept)), kept)
