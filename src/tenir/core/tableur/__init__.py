"""Tables that come in: pasted from a spreadsheet, or a CSV, XLSX or ODS file. Cells are text; nothing is ever computed.

One tolerance for every importer. `lecture` reads a file or a paste; `colonnes` finds the headings and gives rows by
column; `cellules` and `jours` read a mail address, a telephone, figures, a day. What is read otherwise than a person
would expect is said in `remarques`; the record of decisions on importers says what is tolerated and what is asked.
"""

from tenir.core.tableur.lecture import OCTETS, is_long, pasted, read_file, read_sheets
from tenir.core.tableur.tableau import ERREURS, Tableau, TableauIllisible, column_name, comparable_cell, one_line

__all__ = [
    "ERREURS",
    "OCTETS",
    "Tableau",
    "TableauIllisible",
    "column_name",
    "comparable_cell",
    "is_long",
    "one_line",
    "pasted",
    "read_file",
    "read_sheets",
]
