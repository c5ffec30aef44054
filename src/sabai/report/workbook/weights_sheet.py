"""The sheet that is for changing: weights, band cut-offs, coverage and deductions, each beside what Sabai uses now."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from xlsxwriter.worksheet import Worksheet

from sabai.definitions.model import Deduction, Factor
from sabai.language.catalogues import gettext_noop
from sabai.report.words import DIMENSION_WORDS
from sabai.report.workbook.book import known
from sabai.report.workbook.drawing import Drawing, put
from sabai.report.workbook.look import ACCENT, SHAPES

_NAME, _GROUP, _HOW, _NEW, _NOW, _SHARE, _CALLED = range(1, 8)  # columns; what is read back is named by id
_HOW_WORDS = {
    "higher": gettext_noop("higher is better"),
    "lower": gettext_noop("lower is better"),
    None: gettext_noop("by its curve"),
}


def draw_weights(drawing: Drawing) -> Worksheet:
    say = drawing.book.language.gettext
    sheet = drawing.add_sheet(say("Weights"), {"A:A": 2, "B:B": 30, "C:C": 22, "D:D": 24, "E:G": 13, "H:H": 30}, ACCENT)
    put(sheet, 0, _NAME, say("Weights"), drawing.look["title"])
    note = say(
        "Change a yellow cell: scores, bands and colours follow. Give the file back with  sabai check scores.xlsx"
    )
    put(sheet, 1, _NAME, note, drawing.look["subtitle"])
    row = _factors(drawing, sheet, 3)
    row = _bands(drawing, sheet, row + 2)
    _deductions(drawing, sheet, row + 2)
    return sheet


def _factors(drawing: Drawing, sheet: Worksheet, row: int) -> int:
    say, factors = drawing.book.language.gettext, drawing.book.health.factors
    _head(
        drawing,
        sheet,
        row,
        [say("Factor"), say("Dimension"), say("Points"), say("Weight"), say("In Sabai"), say("Share"), say("Name")],
    )
    first, last = row + 1, row + max(len(factors), 1)
    total = sum(factor.weight for factor in factors)
    for at, factor in enumerate(factors, start=first):
        _factor(drawing, sheet, at, factor)
        share = factor.weight / total if total else 0
        formula = f"=IF(SUM(sabai_weights)=0,0,E{at + 1}/SUM(sabai_weights))"
        sheet.write_formula(at, _SHARE, formula, drawing.look["share"], share)
    put(sheet, last + 1, _NAME, say("Together"), drawing.look["total_text"])
    for column in (_GROUP, _HOW, _SHARE):
        put(sheet, last + 1, column, None, drawing.look["total"])
    sheet.write_formula(last + 1, _NEW, "=SUM(sabai_weights)", drawing.look["total"], total)
    put(sheet, last + 1, _NOW, total, drawing.look["total"])
    _column(drawing, sheet, "sabai_factors", _NAME, (first, last))
    _column(drawing, sheet, "sabai_weights", _NEW, (first, last))
    _only_from_zero(sheet, first, last, say("A weight is a number, 0 or more."))
    return last + 1


def _factor(drawing: Drawing, sheet: Worksheet, row: int, factor: Factor) -> None:
    say, look = drawing.book.language.gettext, drawing.look
    put(sheet, row, _NAME, factor.name, look["text"])
    put(sheet, row, _GROUP, say(DIMENSION_WORDS[factor.dimension]), look["muted"])
    put(sheet, row, _HOW, say(_HOW_WORDS[None if factor.curve else factor.better]), look["muted"])
    put(sheet, row, _NEW, factor.weight, look["input"])
    put(sheet, row, _NOW, factor.weight, look["number"])
    put(sheet, row, _CALLED, drawing.book.language.called(factor.name), look["text"])


def _bands(drawing: Drawing, sheet: Worksheet, row: int) -> int:
    say, book = drawing.book.language.gettext, drawing.book
    _head(drawing, sheet, row, [say("Band"), "", "", say("Score from"), say("In Sabai")])
    healthy_from, at_risk_from = (known(np.float64(cut)) for cut in book.cut)
    _band(drawing, sheet, row + 1, "healthy", healthy_from)
    _band(drawing, sheet, row + 2, "at_risk", at_risk_from)
    _band(drawing, sheet, row + 3, "unhealthy")
    _band(drawing, sheet, row + 4, "unknown")
    _setting(drawing, sheet, row + 5, say("A score needs this share of weight to be known"), book.health.needs_coverage)
    for number, name in enumerate(("sabai_healthy_from", "sabai_at_risk_from"), start=row + 1):
        drawing.name(name, sheet, f"$E${number + 1}")
        drawing.name(f"{name}_before", sheet, f"$F${number + 1}")
    for number, band in enumerate(SHAPES, start=row + 1):
        drawing.name(f"band_{band}", sheet, f"$B${number + 1}")
    drawing.name("sabai_needs_coverage", sheet, f"$E${row + 6}")
    drawing.look.colour_bands(sheet, (row + 1, _NAME, row + 4, _NAME), f"$B{row + 2}")
    return row + 5


def _band(drawing: Drawing, sheet: Worksheet, row: int, band: str, begins: float | None = None) -> None:
    put(sheet, row, _NAME, drawing.band_label(band), drawing.look["band"])
    if band in {"healthy", "at_risk"}:
        put(sheet, row, _NEW, begins, drawing.look["input_points"])
        put(sheet, row, _NOW, begins, drawing.look["points"])


def _setting(drawing: Drawing, sheet: Worksheet, row: int, words: str, share: float) -> None:
    sheet.merge_range(row, _NAME, row, _HOW, "", drawing.look["text"])
    put(sheet, row, _NAME, words, drawing.look["text"])
    put(sheet, row, _NEW, share, drawing.look["input_share"])
    put(sheet, row, _NOW, share, drawing.look["share"])


def _deductions(drawing: Drawing, sheet: Worksheet, row: int) -> None:
    say, health = drawing.book.language.gettext, drawing.book.health
    heads = [
        say("Deduction"),
        say("Metric"),
        say("Holds where it is"),
        say("Points off"),
        say("In Sabai"),
        say("Threshold"),
        say("Name"),
    ]
    _head(drawing, sheet, row, heads)
    first, last = row + 1, row + max(len(health.deductions), 1)
    for at, deduction in enumerate(health.deductions, start=first):
        _deduction(drawing, sheet, at, deduction)
    cap = last + 1
    put(sheet, cap, _NAME, say("At most, together"), drawing.look["text"])
    for column in (_GROUP, _HOW):
        put(sheet, cap, column, None, drawing.look["text"])
    put(sheet, cap, _NEW, health.deduction_cap, drawing.look["input"])
    put(sheet, cap, _NOW, health.deduction_cap, drawing.look["number"])
    _column(drawing, sheet, "sabai_deductions", _NAME, (first, last))
    _column(drawing, sheet, "sabai_deduction_points", _NEW, (first, last))
    _column(drawing, sheet, "sabai_deduction_thresholds", _SHARE, (first, last))
    drawing.name("sabai_deduction_cap", sheet, f"$E${cap + 1}")
    _only_from_zero(sheet, first, cap, say("Points off are a number, 0 or more."))


def _deduction(drawing: Drawing, sheet: Worksheet, row: int, deduction: Deduction) -> None:
    look = drawing.look
    put(sheet, row, _NAME, deduction.name, look["text"])
    put(sheet, row, _GROUP, drawing.book.language.called(deduction.when.metric), look["muted"])
    put(sheet, row, _HOW, deduction.when.op, look["muted"])
    put(sheet, row, _NEW, deduction.points, look["input"])
    put(sheet, row, _NOW, deduction.points, look["number"])
    put(sheet, row, _SHARE, deduction.when.value, look["input"])
    put(sheet, row, _CALLED, drawing.book.language.called(deduction.name), look["text"])


def _head(drawing: Drawing, sheet: Worksheet, row: int, heads: Sequence[str]) -> None:
    styles = chain(["head"] * 3, ["head_number"] * 3, ["head"])
    for column, (head, style) in enumerate(zip(heads, styles, strict=False), start=_NAME):
        put(sheet, row, column, head, drawing.look[style])


def _column(drawing: Drawing, sheet: Worksheet, name: str, column: int, rows: tuple[int, int]) -> None:
    letter = "ABCDEFG"[column]
    drawing.name(name, sheet, f"${letter}${rows[0] + 1}", f"${letter}${rows[1] + 1}")


def _only_from_zero(sheet: Worksheet, first: int, last: int, words: str) -> None:
    rule = {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": words}
    sheet.data_validation(first, _NEW, last, _NEW, rule)
