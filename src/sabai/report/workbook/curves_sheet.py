"""The sheet of curves: how each factor's value becomes points, as pairs of columns with one knot a row."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sabai.report.workbook.curves import Curve
from sabai.report.workbook.drawing import Drawing, put
from sabai.report.workbook.look import MUTED

_CALLED, _HEAD, _FIRST = 3, 4, 6  # rows; what is read back is named by id
_PITCH = 3  # columns from one curve to the next


def draw_curves(drawing: Drawing) -> Worksheet:
    say = drawing.book.language.gettext
    sheet = drawing.add_sheet(say("Curves"), {"A:A": 2}, MUTED)
    put(sheet, 0, 1, say("From values to points"), drawing.look["title"])
    put(sheet, 1, 1, _how_it_works(drawing), drawing.look["subtitle"])
    put(
        sheet,
        2,
        1,
        say("Curves from sabai.yaml can be changed here and given back; percentiles are for trying."),
        drawing.look["subtitle"],
    )
    for number, curve in enumerate(drawing.book.curves, start=1):
        _draw(drawing, sheet, curve, number)
    sheet.freeze_panes(_FIRST, 0)
    return sheet


def _how_it_works(drawing: Drawing) -> str:
    say = drawing.book.language.gettext
    if drawing.book.day is None:
        return say("Points run in straight lines between the knots, and stay level beyond both ends.")
    return say(
        "Percentiles stand here as the points of every value seen; a value in between is read off a straight line."
    )


def _draw(drawing: Drawing, sheet: Worksheet, curve: Curve, number: int) -> None:
    say, look, column = drawing.book.language.gettext, drawing.look, 1 + _PITCH * (number - 1)
    sheet.set_column(column, column + 1, 13)
    sheet.set_column(column + 2, column + 2, 2)
    sheet.merge_range(_HEAD, column, _HEAD, column + 1, "", look["group"])
    put(sheet, _CALLED, column, drawing.book.language.called(curve.factor), look["muted"])
    put(sheet, _HEAD, column, _heading(drawing, curve), look["group"])
    put(sheet, _HEAD + 1, column, say("Value"), look["head_number"])
    put(sheet, _HEAD + 1, column + 1, say("Points"), look["head_number"])
    for row, (value, points) in enumerate(curve.knots, start=_FIRST):
        put(sheet, row, column, value, look["input"])
        put(sheet, row, column + 1, points, look["input_points"])
    last = _FIRST + len(curve.knots) - 1
    for name, at in (("value", column), ("points", column + 1)):
        ends = (xl_rowcol_to_cell(row, at, row_abs=True, col_abs=True) for row in (_FIRST, last))
        drawing.name(f"{name}_{number}", sheet, *ends)


def _heading(drawing: Drawing, curve: Curve) -> str:
    if curve.segment is None or not drawing.book.by_segment:
        return curve.factor
    return f"{curve.factor} · {drawing.book.segments[curve.segment]}"
