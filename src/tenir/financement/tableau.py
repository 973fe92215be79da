"""The table of the comité des financeurs: what is paid for, by whom, one year or all, in one ledger.

The totals by row, by funder and by orientation are each summed from the cells: they agree because each cell is counted
once in each direction (`tests/financement/test_tableau.py` holds them to it).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from tenir.contrat.models import Orientation
from tenir.fichier.mots import plain
from tenir.financement.enums import ENDED, Registre
from tenir.financement.models import BudgetDAction, Enveloppe, LigneDeFinancement, MontantPropose
from tenir.financement.montants import ZERO, total
from tenir.habilitations.models import EspaceDeContrat

SEVERAL = "plusieurs"
ONCE = ("orientation", "financeur", "imprimee", "fiche__action")
"""What lines hang on: read once for all of them, for thousands share a few."""
Key = tuple[str, str]
"""What a row is: the code of an action or of an orientation, and the name of a project."""


@dataclass(frozen=True, slots=True)
class Financeur:
    """A column: a funder, its envelope and the most it gives to one action, each none when not said."""

    cle: str
    nom: str
    numero: int | None
    enveloppe: Decimal | None = None
    plafond: Decimal | None = None


@dataclass(slots=True)
class Case:
    """A cell: the lines of one funder for one thing; several when every year is shown. `propose`: by a scenario."""

    lignes: list[LigneDeFinancement] = field(default_factory=list)
    propose: Decimal | None = None

    @property
    def montant(self) -> Decimal:
        """What it counts for: what a scenario proposes, else what its lines do."""
        return self.inscrit if self.propose is None else self.propose

    @property
    def inscrit(self) -> Decimal:
        """What the ledger counts in it."""
        return total(one.compte for one in self.lignes)

    @property
    def etat(self) -> str:
        """The state of its line; that it has several."""
        return self.lignes[0].etat if len(self.lignes) == 1 else SEVERAL

    @property
    def barre(self) -> Decimal | None:
        """What had been asked, where the funder refused or cancelled it."""
        one = self.lignes[0]
        return one.demande or one.annonce if len(self.lignes) == 1 and one.etat in ENDED and not one.compte else None


@dataclass(slots=True)
class Rangee:
    """A row: an action, a project or a whole orientation, across the funders."""

    orientation: Orientation
    code: str
    titre: str
    projet: str = ""
    budget: Decimal | None = None
    cases: dict[str, Case] = field(default_factory=dict)

    @property
    def cle(self) -> Key:
        """What it is."""
        return self.code, self.projet

    @property
    def total(self) -> Decimal:
        """What its funders bring."""
        return total(case.montant for case in self.cases.values())

    @property
    def manque(self) -> Decimal | None:
        """What its budget lacks, below zero when it has more; none when nobody said its budget."""
        return None if self.budget is None else self.budget - self.total


@dataclass(frozen=True, slots=True)
class Tableau:
    """The whole table. `a_part`: what the other ledger counts for, which is in none of these totals; `sans_annee`: how
    many lines of this one are for no year in particular, and for how much, when one year is shown."""

    annee: int | None
    registre: str
    financeurs: tuple[Financeur, ...]
    rangees: tuple[Rangee, ...]
    a_part: Decimal = ZERO
    sans_annee: tuple[int, Decimal] = (0, ZERO)

    @property
    def total(self) -> Decimal:
        """What all bring."""
        return total(row.total for row in self.rangees)

    def total_of(self, cle: str) -> Decimal:
        """What a funder brings."""
        return total(row.cases[cle].montant for row in self.rangees if cle in row.cases)

    def reste_of(self, funder: Financeur) -> Decimal | None:
        """What is left of its envelope, below zero when it is overrun; none when nobody said it."""
        return None if funder.enveloppe is None else funder.enveloppe - self.total_of(funder.cle)

    @property
    def par_orientation(self) -> dict[Orientation, Decimal]:
        """What each orientation receives, in the order of the contract."""
        found: dict[Orientation, Decimal] = {}
        for row in self.rangees:
            found[row.orientation] = found.get(row.orientation, ZERO) + row.total
        return found

    @property
    def budget(self) -> Decimal | None:
        """The sum of the budgets that were said; none when none was."""
        said = [row.budget for row in self.rangees if row.budget is not None]
        return total(said) if said else None

    @property
    def manque(self) -> Decimal | None:
        """What lacks where a budget is said; what one has beyond its own makes up for no other."""
        gaps = [row.manque for row in self.rangees if row.manque is not None]
        return total(max(gap, ZERO) for gap in gaps) if gaps else None

    def depasse(self, row: Rangee, funder: Financeur) -> bool:
        """Whether a cell goes beyond the most that its funder gives to one action."""
        case = row.cases.get(funder.cle)
        return case is not None and funder.plafond is not None and case.montant > funder.plafond


def build(espace: EspaceDeContrat, annee: int | None, registre: str = Registre.SPECIFIQUE) -> Tableau:
    """Read the table: a few queries, whatever its size. A printed line that has no amount is in the ledger alone."""
    every = LigneDeFinancement.objects.of(espace)
    printed_alone = Q(imprimee__isnull=False, montant=None, compte=ZERO)
    lines = every.filter(registre=registre).in_year(annee).exclude(printed_alone).order_by("annee", "pk")
    rows, funders = _laid(lines.select_related(None).prefetch_related(*ONCE))
    _add_budgets(rows, espace, annee, registre)
    envelopes = envelopes_of(espace, annee, registre)
    columns = sorted((_with(one, envelopes) for one in funders.values()), key=lambda one: (plain(one.nom), one.cle))
    ranked = sorted(rows.values(), key=lambda row: (row.orientation.ordre, row.code, row.projet))
    return Tableau(annee, registre, tuple(columns), tuple(ranked), *_beside(every, annee, registre))


def _laid(lines: Iterable[LigneDeFinancement]) -> tuple[dict[Key, Rangee], dict[str, Financeur]]:
    """Each line in its cell."""
    rows: dict[Key, Rangee] = {}
    funders: dict[str, Financeur] = {}
    for line in lines:
        row = row_of(rows, line)
        cle = str(line.financeur_id or f"nom {line.financeur_imprime}")
        funders.setdefault(cle, Financeur(cle, line.nom_du_financeur, line.financeur_id))
        row.cases.setdefault(cle, Case()).lignes.append(line)
    return rows, funders


def row_of(rows: dict[Key, Rangee], thing: LigneDeFinancement | BudgetDAction | MontantPropose) -> Rangee:
    """The row that a thing is of, made when it is the first of it."""
    action = thing.fiche.action if thing.fiche else None
    code = action.code if action else thing.orientation.code
    titre = action.titre if action else thing.projet or thing.orientation.titre
    return rows.setdefault((code, thing.projet), Rangee(thing.orientation, code, titre, thing.projet))


def _add_budgets(rows: dict[Key, Rangee], espace: EspaceDeContrat, annee: int | None, registre: str) -> None:
    """The budgets that were said: an action that has one and no funder is a row too."""
    if registre != Registre.SPECIFIQUE:
        return
    found = BudgetDAction.objects.filter(espace=espace, montant__isnull=False).select_related(
        "orientation", "fiche__action"
    )
    for one in found if annee is None else found.filter(annee=annee):
        row = row_of(rows, one)
        row.budget = (row.budget or ZERO) + (one.montant or ZERO)


def envelopes_of(espace: EspaceDeContrat, annee: int | None, registre: str) -> dict[str, Enveloppe]:
    """The envelopes of a year, by funder: those of several years are not added up."""
    if annee is None or registre != Registre.SPECIFIQUE:
        return {}
    rows = Enveloppe.objects.filter(espace=espace, annee=annee)
    return {str(one.financeur_id): one for one in rows.select_related("financeur")}


def _with(funder: Financeur, envelopes: Mapping[str, Enveloppe]) -> Financeur:
    found = envelopes.get(funder.cle)
    return (
        Financeur(funder.cle, funder.nom, funder.numero, found.montant, found.plafond) if found is not None else funder
    )


def _beside(every: QuerySet[Any], annee: int | None, registre: str) -> tuple[Decimal, tuple[int, Decimal]]:
    """What is in none of the totals: the other ledger; the lines of this one that are for no year."""
    scope = Q() if annee is None else Q(annee=annee)
    yearless = Q(registre=registre, annee=None, compte__gt=0)
    found = every.order_by().aggregate(
        other=Sum("compte", filter=scope & ~Q(registre=registre)),
        count=Count("pk", filter=yearless),
        amount=Sum("compte", filter=yearless),
    )
    left = (0, ZERO) if annee is None else (found["count"], found["amount"] or ZERO)
    return found["other"] or ZERO, left
