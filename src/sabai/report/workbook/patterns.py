"""Thousands of rows alike: a row is filled into one pattern, which takes a tenth of the time of its cells.

A pattern is markup with ROW where the number of the row will stand, and one %s for each cell that says something else
in every row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Generic, TypeVar

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from sabai.report.workbook.drawing import PlainSheet
from sabai.report.workbook.layout import ROW

LONGEST = 32_767  # characters that a cell holds

Of = TypeVar("Of")


@dataclass(frozen=True, slots=True)
class Cell(Generic[Of]):
    """One column of the pattern: its markup, and what stands at its %s for one of those that have a row."""

    column: int
    markup: str
    fill: Callable[[Of], str]


@dataclass(frozen=True, slots=True)
class Pattern(Generic[Of]):
    """A row with every cell in its place."""

    markup: str
    fills: tuple[Callable[[Of], str], ...]

    @classmethod
    def of(cls, cells: Sequence[Cell[Of]]) -> Pattern[Of]:
        ordered = sorted(cells, key=lambda cell: cell.column)
        return cls("".join(cell.markup for cell in ordered), tuple(cell.fill for cell in ordered))

    def row(self, row: int, of: Of) -> str:
        return self.markup.replace(ROW, str(row + 1)) % tuple([fill(of) for fill in self.fills])


def typed(column: int, fill: Callable[[Of], str]) -> Cell[Of]:
    """A cell that says what `text` or `number` make of it."""
    return Cell(column, f'<c r="{xl_col_to_name(column)}{ROW}"%s', fill)


def computed(
    column: int, formula: str, style: Format, value: Callable[[Of], float | str | None], *, words: bool = False
) -> Cell[Of]:
    """A formula with ROW in it, and the value that it had when the file was written; `words`: its values are text."""
    kind = ' t="str"' if words else ""
    said = escape(formula.removeprefix("="), quote=False).replace("%", "%%")
    markup = f'<c r="{xl_col_to_name(column)}{ROW}"{_style(style)}{kind}><f>{said}</f><v>%s</v></c>'
    return Cell(column, markup, lambda of: _as_said(value(of)))


def text(value: str, style: Format) -> str:
    """Text that stays text, whatever it begins with."""
    if not value:
        return f"{_style(style)}/>"
    said = PlainSheet._escape_control_characters(escape(value[:LONGEST], quote=False))
    return f'{_style(style)} t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def number(value: float | None, style: Format) -> str:
    """A number, or an empty cell where it is unknown."""
    return f"{_style(style)}/>" if value is None else f"{_style(style)}><v>{value:.16G}</v></c>"


def _style(style: Format) -> str:
    return f' s="{style._get_xf_index()}"'


def _as_said(value: float | str | None) -> str:
    return "" if value is None else escape(value, quote=False) if isinstance(value, str) else str(value)
