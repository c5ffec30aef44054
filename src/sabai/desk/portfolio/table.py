"""The list as rows of plain values, for files that other programs open."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from sabai.desk.portfolio.columns import Column
from sabai.desk.scoring.models import Account
from sabai.language.language import Language
from sabai.language.numbers import major
from sabai.report.words import BAND_WORDS

Cell = str | float | date | None
_RUNS = "=+-@"
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)*([eE][+-]?[0-9]+)?", re.ASCII)
_UNSEEN = frozenset(("Cf", "Cc", "Zs", "Zl", "Zp"))


def cells(account: Account, columns: Sequence[Column], currency: str, say: Callable[[str], str]) -> list[Cell]:
    """One row: money in its major unit, a share as such, unknown as nothing."""
    return [_cell(account, column, currency, say) for column in columns]


def _cell(account: Account, column: Column, currency: str, say: Callable[[str], str]) -> Cell:
    value = getattr(account, column.field)
    if column.kind == "owner":
        return owner_of(account)
    if column.kind == "band":
        return say(BAND_WORDS[value])
    if column.kind == "money" and value is not None:
        return major(value, currency)
    return round(value, 4) if isinstance(value, float) else value


def owner_of(account: Account) -> str:
    """Who answers for them: a user here, or else the name that other tools give."""
    return str(account.owner) if account.owner else account.owner_name


def harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it, as `sabai.report.safe_text`.

    >>> harmless("=1+1"), harmless(" ＝1+1"), harmless("-12.50"), harmless("a\\n@b"), harmless("Baan Coffee")
    ("'=1+1", "' ＝1+1", '-12.50', "a\\n'@b", 'Baan Coffee')
    """
    if _NUMBER.fullmatch(text):
        return text
    lines = re.split(r"([\r\n])", text)
    return "".join(f"'{line}" if _runs(line) else line for line in lines)


def _runs(line: str) -> bool:
    seen = next((letter for letter in line if unicodedata.category(letter) not in _UNSEEN), "")
    return unicodedata.normalize("NFKC", seen)[:1] in (*_RUNS, "−", "﬩") or line.startswith("\t")


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Lines of a CSV file; a mark at the start lets Excel see that it is UTF-8."""
    yield "\ufeff"
    for row in (heads, *rows):
        line = StringIO()
        csv.writer(line).writerow([_written(cell) for cell in row])
        yield line.getvalue()


def as_xlsx(
    heads: Sequence[str], columns: Sequence[Column], rows: Iterable[Sequence[Cell]], language: Language
) -> bytes:
    """A workbook of one sheet: text stays text whatever it looks like, numbers and days can be reckoned with."""
    from xlsxwriter import Workbook  # only whoever takes a workbook waits for it

    kept = BytesIO()
    with Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        if language.rtl:
            sheet.right_to_left()
        bold = book.add_format({"bold": True, "bottom": 1})
        formats = {kind: book.add_format({"num_format": written}) for kind, written in _FORMATS.items()}
        for at, (head, column) in enumerate(zip(heads, columns, strict=True)):
            sheet.write_string(0, at, head, bold)
            sheet.set_column(at, at, 34 if column.key == "name" else 15, formats.get(column.kind))
        count = 0
        for count, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                _put(sheet, count, at, cell)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, count, len(columns) - 1)
    return kept.getvalue()


_FORMATS = {"score": "0.0", "change": "+0.0;-0.0;0.0", "share": "0%", "money": "#,##0.00", "day": "yyyy-mm-dd"}


def _put(sheet: Any, row: int, at: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, at, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, at, cell)
    elif cell is not None:
        sheet.write_number(row, at, cell)


def _written(cell: Cell) -> str:
    """As it stands in a CSV file."""
    if cell is None:
        return ""
    return harmless(cell) if isinstance(cell, str) else str(cell)
