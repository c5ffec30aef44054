"""Sheets as an XLSX file, in the direction in which the reader reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.numbers import get_currency_precision
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from sabai.language.language import Language
from sabai.report.money.workbook.cells import Cell, Sheet
from sabai.report.workbook.drawing import put
from sabai.report.workbook.look import Look, plain_page
from sabai.report.workbook.write import saved
from sabai.store.aside import aside

LONGEST = 31  # characters of the name of a sheet


def write_book(sheets: Sequence[Sheet], path: Path, currency: str, language: Language) -> Path:
    """Each cell holds what Sabai found, and a formula that computes the same; text is text, whatever it begins with.

    The same sheets give the same bytes.
    """
    with aside(path) as unfinished, saved(unfinished) as file:
        file.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        look = Look(file, rtl=language.rtl, decimals=get_currency_precision(currency))
        for each in sheets:
            _draw(file, each, look, language)
    return path


def _draw(file: Workbook, of: Sheet, look: Look, language: Language) -> None:
    sheet = file.add_worksheet(of.name[:LONGEST])
    plain_page(sheet, rtl=language.rtl)
    for column, width in enumerate(of.widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(of.head, 1)
    for row, cells in enumerate(of.rows):
        for column, cell in enumerate(cells):
            _put(sheet, row, column, cell, look)


def _put(sheet: Worksheet, row: int, column: int, cell: Cell, look: Look) -> None:
    if cell.formula:
        sheet.write_formula(row, column, f"={cell.formula}", look[cell.style], "" if cell.value is None else cell.value)
    else:
        put(sheet, row, column, cell.value, look[cell.style])
