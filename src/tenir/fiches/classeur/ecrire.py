"""The spreadsheet that leaves: sheets to fill anywhere, lists of what is allowed, and what each cell held."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from tenir.core import horloge
from tenir.core.exports import CELL_LENGTH
from tenir.core.tableur import column_name, comparable_cell
from tenir.fiches.classeur.aide import HELP
from tenir.fiches.classeur.modele import (
    AIDE,
    CHAMPS_DES_FICHES,
    CHAMPS_DES_JALONS,
    FEUILLES,
    FICHES,
    FORMAT,
    JALONS,
    LISTES,
    NOUVELLES,
    ORIGINE,
    Champ,
    contract_name,
    fiche_texts,
    jalon_texts,
)
from tenir.fiches.classeur.valeurs import Connus
from tenir.fiches.droits import printed_pilots
from tenir.fiches.enums import Statut
from tenir.fiches.models import FicheAction, Jalon
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require

FREE_ROWS = 1_000
"""How many rows, from the first, get the lists of choices: those filled and those to come."""
LINE, TALLEST = 15, 8
"""The height of a line of text, in points, and how many lines a row shows at most."""
A3 = 8
HELP_WIDTH = 90
PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "sort": True,
    "autofilter": True,
    "select_locked_cells": True,
}
"""What a sheet lets one do beside filling its open cells. There is no password: it warns, it does not lock."""


def write_workbook(*, by: Acces, espace: EspaceDeContrat, fiches: Sequence[FicheAction]) -> bytes:
    """The workbook of some fiches of a contract, with their jalons. `fiches` come with what carries them.

    Raises:
        Refus: she may not change fiches in bulk, nor take away what is confided about them.
    """
    import xlsxwriter  # slow to import, for who asks for a workbook

    require(by, "fiche.bulk", espace)
    jalons = list(Jalon.objects.filter(fiche__in=[one.pk for one in fiches]).order_by("fiche__action__ordre", "pk"))
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        _Classeur(book, espace).write(fiches, jalons)
    return out.getvalue()


class _Classeur:
    """One workbook being written."""

    def __init__(self, book: Any, espace: EspaceDeContrat) -> None:
        self.book, self.espace, self.name = book, espace, contract_name(espace)
        self.connus = Connus.of(espace)
        top = {"valign": "top", "text_wrap": True}
        self.head = book.add_format({**top, "bold": True, "bg_color": "#E4F0EE", "bottom": 2, "valign": "vcenter"})
        self.read = book.add_format({**top, "font_color": "#51606E", "bg_color": "#F1EEE6"})
        self.open = book.add_format({**top, "locked": False})
        self.day = book.add_format({**top, "locked": False, "num_format": "dd/mm/yyyy", "align": "left"})

    def write(self, fiches: Sequence[FicheAction], jalons: Sequence[Jalon]) -> None:
        by_pk = {one.pk: one for one in fiches}
        self._sheet(FICHES, (self._fiche_row(one) for one in fiches))
        self._sheet(JALONS, (self._jalon_row(one, by_pk[one.fiche_id]) for one in jalons))
        self._sheet(NOUVELLES, ())
        self._help()
        self._lists()
        self._origin(fiches, jalons, by_pk)

    def _fiche_row(self, fiche: FicheAction) -> list[Any]:
        values = [_shown(champ, getattr(fiche, champ.name)) for champ in CHAMPS_DES_FICHES]
        return [self.name, fiche.action.code, fiche.action.titre, printed_pilots(fiche).noms, *values, fiche.version]

    def _jalon_row(self, jalon: Jalon, fiche: FicheAction) -> list[Any]:
        values = [getattr(jalon, champ.name) for champ in CHAMPS_DES_JALONS]
        return [self.name, fiche.action.code, fiche.action.titre, *values, jalon.pk]

    def _sheet(self, name: str, rows: Iterable[list[Any]]) -> None:
        sheet, champs = self.book.add_worksheet(name), FEUILLES[name]
        added = name != FICHES  # new rows are written there: whole columns are open, what is known is locked
        for column, champ in enumerate(champs):
            free = champ.ecrit or (added and champ.name != "numero")
            style = self.day if champ.genre == "date" else self.open
            sheet.set_column(column, column, champ.largeur, style if free else self.read)
            sheet.write_string(0, column, champ.titre, self.head)
            sheet.write_comment(0, column, champ.aide, {"x_scale": 1.6})
            self._choices(sheet, column, champ)
        last = 0
        for last, row in enumerate(rows, start=1):
            sheet.set_row(last, LINE * min(_lines(champs, row), TALLEST))
            for column, (champ, value) in enumerate(zip(champs, row, strict=True)):
                self._cell(sheet, last, column, champ, value)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(last, 1), len(champs) - 1)
        sheet.protect("", PROTECTION)
        sheet.set_landscape()
        sheet.set_paper(A3)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _cell(self, sheet: Any, row: int, column: int, champ: Champ, value: Any) -> None:
        style = (self.day if champ.genre == "date" else self.open) if champ.ecrit else self.read
        if isinstance(value, date):
            sheet.write_datetime(row, column, datetime.combine(value, time()), style)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, style)
        elif value:
            sheet.write_string(row, column, comparable_cell(str(value))[:CELL_LENGTH], style)
        else:
            sheet.write_blank(row, column, None, style)

    def _choices(self, sheet: Any, column: int, champ: Champ) -> None:
        if rule := self._rule(champ):
            given = {"error_title": champ.titre[:32], "error_message": champ.aide[:255], **rule}
            sheet.data_validation(1, column, FREE_ROWS, column, given)

    def _rule(self, champ: Champ) -> dict[str, Any]:
        if champ.genre == "date":
            bounds = {"minimum": date(2000, 1, 1), "maximum": date(2099, 12, 31)}
            return {"validate": "date", "criteria": "between", **bounds}
        lists = self._allowed()
        if champ.genre not in lists or not lists[champ.genre]:
            return {}
        letter = column_name(list(lists).index(champ.genre))
        return {"validate": "list", "source": f"={LISTES}!${letter}$1:${letter}${len(lists[champ.genre])}"}

    def _allowed(self) -> dict[str, list[str]]:
        return {
            "statut": [statut.label for statut in Statut],
            "organisme": [body.nom for body in self.connus.organismes],
            "personne": [someone.nom for someone in self.connus.personnes],
        }

    def _help(self) -> None:
        sheet = self.book.add_worksheet(AIDE)
        title = self.book.add_format({"bold": True, "font_size": 13})
        plain = self.book.add_format({"text_wrap": True, "valign": "top"})
        sheet.set_column(0, 0, HELP_WIDTH)
        for row, line in enumerate([self.name, *HELP]):
            heading = line.startswith("# ") or row == 0
            sheet.set_row(row, LINE * _lines_of(line, HELP_WIDTH) + 3)
            sheet.write_string(row, 0, line.removeprefix("# "), title if heading else plain)
        sheet.fit_to_pages(1, 0)

    def _lists(self) -> None:
        sheet = self.book.add_worksheet(LISTES)
        for column, words in enumerate(self._allowed().values()):
            for row, word in enumerate(words):
                sheet.write_string(row, column, word)
        sheet.hide()

    def _origin(self, fiches: Sequence[FicheAction], jalons: Sequence[Jalon], by_pk: dict[int, FicheAction]) -> None:
        """What each cell held: a row for each fiche and each jalon, all of it text: no spreadsheet recasts it."""
        sheet = self.book.add_worksheet(ORIGINE)
        rows = [[FORMAT, self.espace.slug, horloge.now().isoformat(timespec="seconds")]]
        rows.append(["fiche", "code", "version", *(champ.name for champ in CHAMPS_DES_FICHES)])
        rows += [["fiche", one.action.code, str(one.version), *fiche_texts(one).values()] for one in fiches]
        rows.append(["jalon", "numero", "code", *(champ.name for champ in CHAMPS_DES_JALONS)])
        rows += [["jalon", str(o.pk), by_pk[o.fiche_id].action.code, *jalon_texts(o).values()] for o in jalons]
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                if text:
                    sheet.write_string(row, column, text)
        sheet.protect("")
        sheet.hide()


def _lines(champs: Sequence[Champ], row: Sequence[Any]) -> int:
    """How many lines the tallest cell of a row takes: a spreadsheet does not always see it by itself."""
    return max(_lines_of(str(value), champ.largeur) for champ, value in zip(champs, row, strict=True))


def _lines_of(text: str, width: int) -> int:
    return sum(1 + len(line) // width for line in text.split("\n"))


def _shown(champ: Champ, value: Any) -> Any:
    if champ.genre == "statut":
        return Statut(value).label if value else ""
    return value if value is None or isinstance(value, date) else str(value)
