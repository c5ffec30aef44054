"""Cells of a sheet: what came from the facts, and what follows from it by a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from sabai.language.numbers import major

_EPOCH = 25_569  # days from the first of spreadsheets to 1970-01-01


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is what Sabai found; a `formula` says the same from other cells. None is unknown, an empty cell.

    `style` is a name of `Look`, or "amount": money with as many digits as the currency has.
    """

    value: str | float | None
    style: str = "text"
    formula: str = ""


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` from the first on; those up to `head` stay in sight. `widths` in characters, by column."""

    name: str
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    head: int


def top(title: str, notes: Iterable[str]) -> tuple[Row, ...]:
    """What every sheet begins with."""
    return ((Cell(title, "title"),), *((Cell(note, "subtitle"),) for note in notes), ())


def heads(names: Sequence[str]) -> Row:
    return tuple(Cell(name, "head_number" if place else "head") for place, name in enumerate(names))


def amount(minor: float | None, currency: str, formula: str = "", *, given: bool = False) -> Cell:
    """Money in whole units of the currency; `given`: it may be changed."""
    return Cell(None if minor is None else major(minor, currency), "input_amount" if given else "amount", formula)


def on_day(day: int | None, *, given: bool = False) -> Cell:
    """A date that formulas can reckon with; `day` since 1970-01-01."""
    return Cell(None if day is None else day + _EPOCH, "input_day" if given else "day")


def at(row: int, column: int, *, fixed: bool = False) -> str:
    """A cell as formulas name it, both counted from 0.

    >>> at(4, 1), at(4, 1, fixed=True)
    ('B5', '$B$5')
    """
    return str(xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed))


def column_of(sheet: str, column: int, first: int, rows: int) -> str:
    """A column of another sheet, `rows` long.

    >>> column_of("Who's in", 2, 4, 10)
    "'Who''s in'!$C$5:$C$14"
    """
    name = sheet.replace("'", "''")
    return f"'{name}'!{at(first, column, fixed=True)}:{at(first + max(rows, 1) - 1, column, fixed=True)}"
