"""The table as a workbook whose formulas recompute: one changes a cell, and every total follows.

Texts are written as texts, never as formulas; the two ledgers are two sheets, and no formula adds them up.
"""

from decimal import Decimal
from io import BytesIO
from typing import Any

from tenir.core.exports import neutral
from tenir.core.typographie import capital
from tenir.financement.enums import Registre
from tenir.financement.tableau import Rangee, Tableau
from tenir.habilitations.models import EspaceDeContrat

HEAD, FIRST = 2, 3
"""The row of the headings and the first of the table, from 0: a title stands above."""
BEFORE = ("Code", "Action ou projet", "Orientation", "Budget")
CODE, TITRE, ORIENTATION, BUDGET = range(len(BEFORE))
EUROS = "#,##0.00"


def workbook(espace: EspaceDeContrat, tables: dict[Registre, Tableau], titre: str = "") -> bytes:
    """A sheet for each ledger, and the orientations of each under its table. `titre`: what it is, if not the ledger."""
    import xlsxwriter  # slow to import, for who asks for a workbook

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        for ledger, table in tables.items():
            _Feuille(book, espace, ledger, table).write(titre or str(ledger.label))
    return out.getvalue()


class _Feuille:
    """One sheet being written."""

    def __init__(self, book: Any, espace: EspaceDeContrat, ledger: Registre, table: Tableau) -> None:
        self.table, self.espace = table, espace
        self.sheet = book.add_worksheet(capital(str(ledger.label)))
        self.bold, self.money = book.add_format({"bold": True}), book.add_format({"num_format": EUROS})
        self.sum = book.add_format({"num_format": EUROS, "bold": True})
        self.first = len(BEFORE)
        self.last = self.first + len(table.financeurs) - 1
        self.total, self.gap = self.last + 1, self.last + 2
        self.end = FIRST + len(table.rangees) - 1

    def write(self, titre: str) -> None:
        """All of it, under its title."""
        year = self.table.annee or "toutes les années"
        self._text(0, 0, f"{self.espace.titre} : {titre}, {year}, en euros", self.bold)
        for column, heading in enumerate(self._headings()):
            self._text(HEAD, column, heading, self.bold)
        for rank, row in enumerate(self.table.rangees):
            self._row(FIRST + rank, row)
        if self.table.rangees:
            self._foot(self.end + 1)
            self._orientations(self.end + 5)
        self.sheet.freeze_panes(FIRST, self.first)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_column(TITRE, TITRE, 40)
        self.sheet.set_column(BUDGET, self.gap, 14)

    def _headings(self) -> list[str]:
        return [*BEFORE, *(one.nom for one in self.table.financeurs), "Total", "Il manque"]

    def _row(self, rank: int, row: Rangee) -> None:
        for column, text in enumerate((row.code, row.titre, row.orientation.code)):
            self._text(rank, column, text)
        self._amount(rank, BUDGET, row.budget)
        for offset, funder in enumerate(self.table.financeurs):
            if case := row.cases.get(funder.cle):
                self._amount(rank, self.first + offset, case.montant)
        self._sum(rank, self.total, rank, self.first, rank, self.last, row.total)
        budget, found = _cell(rank, BUDGET), _cell(rank, self.total)
        gap = "" if row.manque is None else row.manque
        self._formula(rank, self.gap, f'=IF({budget}="","",{budget}-{found})', gap)

    def _foot(self, rank: int) -> None:
        """The totals by funder, the envelopes, what is left of each."""
        for offset, heading in enumerate(("Total", "Enveloppe", "Reste de l’enveloppe")):
            self._text(rank + offset, TITRE, heading, self.bold)
        self._sum(rank, BUDGET, FIRST, BUDGET, self.end, BUDGET, self.table.budget or Decimal(0))
        for offset, funder in enumerate(self.table.financeurs):
            column = self.first + offset
            self._sum(rank, column, FIRST, column, self.end, column, self.table.total_of(funder.cle))
            self._amount(rank + 1, column, funder.enveloppe)
            left, envelope = self.table.reste_of(funder), _cell(rank + 1, column)
            formula = f'=IF({envelope}="","",{envelope}-{_cell(rank, column)})'
            self._formula(rank + 2, column, formula, "" if left is None else left)
        self._sum(rank, self.total, FIRST, self.total, self.end, self.total, self.table.total)

    def _orientations(self, rank: int) -> None:
        """The totals by orientation, each found by its code in the table; their sum is that of the table."""
        self._text(rank, TITRE, "Par orientation", self.bold)
        codes = f"{_cell(FIRST, ORIENTATION, fixed=True)}:{_cell(self.end, ORIENTATION, fixed=True)}"
        sums = f"{_cell(FIRST, self.total, fixed=True)}:{_cell(self.end, self.total, fixed=True)}"
        for offset, (one, amount) in enumerate(self.table.par_orientation.items(), start=1):
            self._text(rank + offset, CODE, one.code)
            self._text(rank + offset, TITRE, one.titre)
            formula = f"=SUMIF({codes},{_cell(rank + offset, CODE)},{sums})"
            self._formula(rank + offset, BUDGET, formula, amount)
        end = rank + len(self.table.par_orientation)
        self._sum(end + 1, BUDGET, rank + 1, BUDGET, end, BUDGET, self.table.total)

    def _text(self, rank: int, column: int, text: str, style: Any = None) -> None:
        kept = neutral(text) if text.startswith("'") else text
        self.sheet.write_string(rank, column, kept, style)

    def _amount(self, rank: int, column: int, amount: Decimal | None) -> None:
        if amount is not None:
            self.sheet.write_number(rank, column, amount, self.money)

    def _sum(self, rank: int, column: int, top: int, left: int, bottom: int, right: int, value: Decimal) -> None:
        self._formula(rank, column, f"=SUM({_cell(top, left)}:{_cell(bottom, right)})", value)

    def _formula(self, rank: int, column: int, formula: str, value: Decimal | str) -> None:
        self.sheet.write_formula(rank, column, formula, self.sum, str(value))


def _cell(rank: int, column: int, *, fixed: bool = False) -> str:
    """« D4 », or « $D$4 »."""
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(65 + rest) + letters
    return f"${letters}${rank + 1}" if fixed else f"{letters}{rank + 1}"
