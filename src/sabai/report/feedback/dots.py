"""Values with their intervals, one below the other on one scale, around a line to compare with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan

from sabai.intervals import Interval
from sabai.language.language import Language
from sabai.report.money.axes import nice
from sabai.report.money.drawn import Drawn
from sabai.report.sheet import WIDTH, Scale, Sheet, apart

_ROW = 44.0
_HELD = 20.0  # so much room a number at the edge needs


@dataclass(frozen=True, slots=True)
class Row:
    """A name, a value, what is said at its end, and whether its difference is shown: filled, else hollow."""

    name: str
    span: Interval
    said: str
    filled: bool = False


def dots(rows: Sequence[Row], level: float, write: Callable[[float], str], language: Language) -> Drawn:
    """`level` is drawn as a dashed line; rows without a value are names alone."""
    sheet = Sheet(language.rtl)
    ends = [end for row in rows for end in (row.span.low, row.span.high, row.span.value) if not isnan(end)]
    ticks = nice(min([level, *ends]), max([level, *ends]))
    scale = Scale(ticks[0], ticks[-1], _HELD, WIDTH - _HELD)
    bottom = _ROW * len(rows)
    marks = "".join(
        sheet.line((scale.at(tick), _ROW * at + 20), (scale.at(tick), _ROW * at + 38), "grid")
        for at in range(len(rows)) for tick in ticks
    )  # fmt: skip
    drawn = "".join(_row(sheet, scale, _ROW * at, row, level) for at, row in enumerate(rows))
    below = "".join(sheet.text(scale.at(tick), bottom + 12, write(tick), "small", "middle") for tick in ticks)
    return Drawn(marks + drawn + below, bottom + 18)


def _row(sheet: Sheet, scale: Scale, y: float, row: Row, level: float) -> str:
    words = sheet.text(0, y + 14, apart(row.name, 26), "name") + sheet.text(WIDTH, y + 14, row.said, anchor="end")
    dashed = sheet.line((scale.at(level), y + 20), (scale.at(level), y + 38), "chance")
    if isnan(row.span.value):
        return words + dashed
    dot = sheet.dot(scale.at(row.span.value), y + 29, "dot" if row.filled else "hollow")
    return words + dashed + sheet.lying(scale, row.span, y + 29) + dot
