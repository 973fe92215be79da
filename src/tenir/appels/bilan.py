"""The budget of an action, planned beside realised, account by account, as a report shows it (CERFA 15059)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tenir.appels.comptes import CHARGES, COMPTES, CONTRIBUTIONS, EMPLOIS, PRODUITS, Groupe, accounts
from tenir.appels.models import CompteRenduFinancier
from tenir.financement.montants import ZERO, told, told_share, total


@dataclass(frozen=True, slots=True)
class Rang:
    """A line of the table: an account, a funder, a total; what was planned, what was realised."""

    nom: str
    prevu: Decimal
    realise: Decimal
    somme: bool = False

    @property
    def cases(self) -> list[tuple[str, str]]:
        """Its cells, each with the heading that a phone repeats."""
        gap = self.realise - self.prevu
        sign = "+" if gap > 0 else "−" if gap < 0 else ""
        told_gap = f"{sign}{told(abs(gap))}" if gap else "–"
        share = told_share(self.realise, self.prevu) or "–"
        return [("Prévu", told(self.prevu)), ("Réalisé", told(self.realise)), ("Écart", told_gap), ("Part", share)]


def table_of(report: CompteRenduFinancier) -> list[Rang]:
    """The whole table: what it cost, who paid it, volunteers; each with its total; five queries."""
    dossier = report.dossier
    planned = dict(dossier.budget.values_list("compte", "montant"))
    real = dict(report.realise.values_list("compte", "montant")) if report.pk else {}
    received = dict(report.recus.values_list("part", "montant")) if report.pk else {}
    parts = list(dossier.parts.select_related("financeur").order_by("pk"))
    asked = [Rang(f"74 {one.financeur}", one.montant, received.get(one.pk, ZERO)) for one in parts]
    costs, paid = list(_side(CHARGES, planned, real)), [*asked, *_side(PRODUITS, planned, real)]
    given, brought = list(_side(EMPLOIS, planned, real)), list(_side(CONTRIBUTIONS, planned, real))
    found = [*costs, _sum("Total des charges", costs), *paid, _sum("Total des produits", paid)]
    if given or brought:
        found += [*given, _sum("Total 86", given), *brought, _sum("Total 87", brought)]
    return found


def _side(groups: tuple[Groupe, ...], planned: Mapping[str, Decimal], real: Mapping[str, Decimal]) -> Iterator[Rang]:
    for compte in accounts(groups):
        if compte in planned or compte in real:
            yield Rang(COMPTES[compte], planned.get(compte, ZERO), real.get(compte, ZERO))


def _sum(nom: str, rows: list[Rang]) -> Rang:
    return Rang(nom, total(one.prevu for one in rows), total(one.realise for one in rows), somme=True)
