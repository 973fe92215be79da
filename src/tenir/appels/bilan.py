"""The budget of an action, planned beside realised, account by account, as a report shows it (CERFA 15059)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tenir.appels.comptes import CHARGES, COMPTES, CONTRIBUTIONS, EMPLOIS, NON_DIT, PRODUITS, Groupe, accounts
from tenir.appels.models import CompteRenduFinancier
from tenir.financement.montants import told, told_share, told_total


@dataclass(frozen=True, slots=True)
class Rang:
    """A line of the table: an account, a funder, a total; what was planned, what was realised. Not said is `None`."""

    nom: str
    prevu: Decimal | None
    realise: Decimal | None
    somme: bool = False

    @property
    def cases(self) -> list[tuple[str, str]]:
        """Its cells, each with the heading that a phone repeats."""
        gap, share = "–", "–"
        if self.prevu is not None and self.realise is not None:
            gap, share = _gap(self.realise - self.prevu), told_share(self.realise, self.prevu) or "–"
        planned, real = (told(one) or NON_DIT for one in (self.prevu, self.realise))
        return [("Prévu", planned), ("Réalisé", real), ("Écart", gap), ("Part", share)]


def _gap(found: Decimal) -> str:
    sign = "+" if found > 0 else "−"
    return f"{sign}{told(abs(found))}" if found else "–"


def table_of(report: CompteRenduFinancier) -> list[Rang]:
    """The whole table: what it cost, who paid it, volunteers; each with its total; five queries."""
    dossier = report.dossier
    planned = dict(dossier.budget.values_list("compte", "montant"))
    real = dict(report.realise.values_list("compte", "montant")) if report.pk else {}
    received = dict(report.recus.values_list("part", "montant")) if report.pk else {}
    parts = list(dossier.parts.select_related("financeur").order_by("pk"))
    asked = [Rang(f"74 {one.financeur}", one.montant, received.get(one.pk)) for one in parts]
    costs, paid = list(_side(CHARGES, planned, real)), [*asked, *_side(PRODUITS, planned, real)]
    given, brought = list(_side(EMPLOIS, planned, real)), list(_side(CONTRIBUTIONS, planned, real))
    found = [*costs, _sum("Total des charges", costs), *paid, _sum("Total des produits", paid)]
    if given or brought:
        found += [*given, _sum("Total 86", given), *brought, _sum("Total 87", brought)]
    return found


def _side(groups: tuple[Groupe, ...], planned: Mapping[str, Decimal], real: Mapping[str, Decimal]) -> Iterator[Rang]:
    for compte in accounts(groups):
        if compte in planned or compte in real:
            yield Rang(COMPTES[compte], planned.get(compte), real.get(compte))


def _sum(nom: str, rows: list[Rang]) -> Rang:
    return Rang(nom, told_total(one.prevu for one in rows), told_total(one.realise for one in rows), somme=True)
