"""A workbook being drawn: the file, its look, and the words of its reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from sabai.report.words import BAND_WORDS
from sabai.report.workbook.book import Book
from sabai.report.workbook.look import SHAPES, Look, plain_page

RIGHT_TO_LEFT = "\u200f"


class PlainSheet(Worksheet):  # type: ignore[misc, unused-ignore]
    """A sheet that writes quickly.

    Its formulas use no function younger than 2007, so that nobody needs to look for one in each of them, and a row may
    come as finished markup.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def write_row_markup(self, row: int, width: int, cells: str) -> None:
        """Row `row`, counted from 0, has these cells, `width` of them, and no others; see `patterns`."""
        self._check_dimensions(row, width - 1)
        self.table[row] = {0: cells}

    def _write_cell(self, row: int, col: int, cell: object) -> None:
        if isinstance(cell, str):
            self.fh.write(cell)
        else:
            super()._write_cell(row, col, cell)


@dataclass(frozen=True, slots=True)
class Drawing:
    file: Workbook
    look: Look
    book: Book

    def add_sheet(self, name: str, widths: Mapping[str, float], tab: str) -> PlainSheet:
        """A new sheet; `widths` by columns ("B:C")."""
        sheet: PlainSheet = self.file.add_worksheet(name, PlainSheet)
        plain_page(sheet, rtl=self.book.language.rtl)
        sheet.set_tab_color(tab)
        for columns, width in widths.items():
            sheet.set_column(columns, width)
        return sheet

    def name(self, name: str, sheet: Worksheet, first: str, last: str | None = None) -> None:
        """Gives a cell, or the cells of a column, the name that formulas call them by; cells as in "$B$3"."""
        where = "'" + sheet.get_name().replace("'", "''") + "'"
        self.file.define_name(name, f"={where}!{first}:{last}" if last else f"={where}!{first}")

    def band_label(self, band: str) -> str:
        """The shape comes before the word, also where a program forgets in which direction the cell reads."""
        turn = RIGHT_TO_LEFT if self.book.language.rtl else ""
        return f"{turn}{SHAPES[band]} {self.book.language.gettext(BAND_WORDS[band])}"

    @property
    def as_of(self) -> str:
        show, day = self.book.language.show, self.book.day
        return "" if day is None else show.date(day)


def put(sheet: Worksheet, row: int, column: int, value: object, style: object) -> None:
    """Text always as text, numbers as numbers, unknown as an empty cell: nothing that is written runs as a formula."""
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)
