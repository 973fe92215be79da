"""How scenarios are shown: the table of one, several side by side; in short amounts, as the table of the funders."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.http import urlencode

from tenir.core.composants import Lien, Tampon, Ton
from tenir.core.typographie import typo
from tenir.ecran.navigation import address
from tenir.financement.ecrans.tableau import gap, told_short
from tenir.financement.models import Scenario
from tenir.financement.montants import short, told
from tenir.financement.scenarios import Comparaison
from tenir.financement.tableau import Case, Financeur, Rangee, Tableau
from tenir.habilitations.models import EspaceDeContrat


def links_of(url: str, years: Iterable[int], annee: int) -> list[Lien]:
    """The years to choose from."""
    return [Lien(str(one), f"{url}?annee={one}", current=one == annee) for one in years]


def standing_word(case: Case | None, funder: Financeur) -> str:
    """What is written in a cell, and the most that its funder gives to one action."""
    most = f" Plafond par action : {told(funder.plafond)}." if funder.plafond is not None else ""
    if case is None or not case.lignes:
        return f"Rien au registre.{most}"
    return f"Au registre : {told(case.inscrit)}, {case.lignes[0].get_etat_display()}.{most}"


def side_by_side(found: Comparaison) -> dict[str, Any]:
    """What a page shows of several scenarios: a column for what is written, then one each."""
    names = ["Au registre", *(one.nom for one in found.scenarios)]
    ecarts = [(one, [told_short(amount) or "rien" for amount in one.montants]) for one in found.ecarts]
    return {
        "colonnes": [("Au registre", "", None), *(_heading(one) for one in found.scenarios)],
        "lignes": [_named(one, names) for one in _totals(found)],
        "ecarts": [(one, list(zip(names, said, strict=True))) for one, said in ecarts],
        "vide": not found.scenarios,
    }


def _named(line: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """A line whose cells say of which column they are: on a phone, nothing else does."""
    return line | {"valeurs": [(nom, *cell) for nom, cell in zip(names, line["valeurs"], strict=True)]}


def _heading(one: Scenario) -> tuple[str, str, Tampon | None]:
    stamp = Tampon("adopté", Ton.FAIT) if one.adopte_par else None
    return one.nom, address("financement-scenario", one.espace, one.numero), stamp


def _totals(found: Comparaison) -> Iterable[dict[str, Any]]:
    """Each line of the comparison: its name, its amount in each table, whether it is a total."""
    tables = found.tableaux
    yield _total("En tout", [table.total for table in tables], fort=True)
    gaps = [(*gap(table.manque), "", False) for table in tables]
    yield {"nom": "Il manque aux budgets dits", "valeurs": gaps, "fort": True}
    for funder in found.financeurs:
        totals = [table.total_of(funder.cle) for table in tables]
        yield _total(funder.nom, totals, notes=[_left(one) for one in found.restes(funder)])
    for orientation, amounts in found.par_orientation:
        yield _total(f"{orientation.code} {orientation.titre}", amounts)


def _total(
    nom: str, amounts: list[Decimal], *, notes: list[tuple[str, bool]] | None = None, fort: bool = False
) -> dict[str, Any]:
    beside = notes or [("", False) for _ in amounts]
    cells = [(short(one), False, *note) for one, note in zip(amounts, beside, strict=True)]
    return {"nom": typo(nom), "valeurs": cells, "fort": fort}


def _left(left: Decimal | None) -> tuple[str, bool]:
    if left is None:
        return "", False
    return (f"dépasse l’enveloppe de {short(-left)}", True) if left < 0 else (f"reste {short(left)}", False)


def table_shown(espace: EspaceDeContrat, scenario: Scenario, table: Tableau, *, writes: bool) -> dict[str, Any]:
    """The table of a scenario as its page shows it."""
    return {
        "financeurs": [one.nom for one in table.financeurs],
        "rangees": [_row(espace, scenario, table, row, writes=writes) for row in table.rangees],
        "pied": [_foot(table, one) for one in table.financeurs],
        "total": short(table.total),
        "manque": gap(table.manque)[0],
    }


def _row(espace: EspaceDeContrat, scenario: Scenario, table: Tableau, row: Rangee, *, writes: bool) -> dict[str, Any]:
    url = address("financement-scenario-rangee", espace, scenario.numero, row.code)
    manque, short_of = gap(row.manque)
    return {
        "titre": row.titre,
        "code": row.code,
        "url": f"{url}?{urlencode({'projet': row.projet})}" if writes else "",
        "budget": told_short(row.budget),
        "cases": [(one.nom, *_cell(table, row, one)) for one in table.financeurs],
        "total": short(row.total),
        "manque": manque,
        "alerte": short_of,
    }


def _cell(table: Tableau, row: Rangee, funder: Financeur) -> tuple[str, str, bool]:
    """The amount of a cell, what is said under it, whether it goes beyond what the funder gives to one action."""
    case = row.cases.get(funder.cle)
    if case is None:
        return "", "", False
    over = table.depasse(row, funder)
    if case.propose is None:
        return short(case.montant), case.lignes[0].get_etat_display() if case.lignes else "", over
    said = f"au registre {short(case.inscrit)}" if case.lignes else "rien au registre"
    return short(case.montant), said + (", au-delà du plafond" if over else ""), over


def _foot(table: Tableau, funder: Financeur) -> tuple[str, str, str, bool]:
    left, over = _left(table.reste_of(funder))
    return funder.nom, short(table.total_of(funder.cle)), left, over
