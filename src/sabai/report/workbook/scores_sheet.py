"""The sheet of scores: a row for each account, its values as they were measured, and everything else by formulas."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from sabai.definitions.model import Health
from sabai.metrics.conditions import holds
from sabai.report.workbook import layout as at
from sabai.report.workbook.book import Book, Row
from sabai.report.workbook.drawing import Drawing, put
from sabai.report.workbook.formulas import EMPTY, Formulas
from sabai.report.workbook.layout import FIRST_ROW, GROUP_ROW, HEAD_ROW, WEIGHT_ROW, Layout
from sabai.report.workbook.look import INK
from sabai.report.workbook.patterns import Cell, Pattern, computed, number, text, typed

Cells = list[Cell[Row]]


def draw_scores(drawing: Drawing) -> Worksheet:
    say, layout = drawing.book.language.gettext, drawing.book.layout
    widths = {"A:A": 16, "B:B": 28, "C:C": 10, "D:D": 15, "E:E": 10, "F:G": 15}
    sheet = drawing.add_sheet(say("Scores"), widths, INK)
    sheet.set_column(at.REMARK + 1, layout.width - 1, 13)
    sheet.set_column(layout.known_weight, layout.asked, 11, None, {"level": 1})
    _draw_top(drawing, sheet)
    _draw_heads(drawing, sheet, layout)
    patterns = _by_segment(drawing)
    for at_row, row in enumerate(drawing.book.rows, start=FIRST_ROW):
        sheet.write_row_markup(at_row, layout.width, patterns[row.segment].row(at_row, row))
    _finish(drawing, sheet, layout)
    return sheet


def _draw_top(drawing: Drawing, sheet: Worksheet) -> None:
    put(sheet, 0, 0, drawing.book.language.gettext("Scores"), drawing.look["title"])
    put(sheet, 1, 0, _who_is_here(drawing.book, drawing.as_of), drawing.look["subtitle"])


def _who_is_here(book: Book, as_of: str) -> str:
    say, show = book.language.gettext, book.language.show
    if book.day is None:
        return say("Write accounts and what you know of them into the light yellow cells; leave unknown ones empty.")
    if len(book.rows) == book.customers:
        return say("All customers as of %(date)s, the lowest score first.", date=as_of)
    return say(
        "The %(shown)s customers with the lowest scores of %(all)s, as of %(date)s; the others are in scores.csv.",
        shown=show.fixed(len(book.rows)),
        all=show.fixed(book.customers),
        date=as_of,
    )


def _draw_heads(drawing: Drawing, sheet: Worksheet, layout: Layout) -> None:
    say, look, health = drawing.book.language.gettext, drawing.look, drawing.book.health
    called = drawing.book.language.called
    heads = [
        say("Account"),
        say("Name"),
        say("Score"),
        say("Band"),
        say("Coverage"),
        say("Band in Sabai"),
        say("Remark"),
    ]
    milestones = [name.partition(".")[2] for name in layout.milestone_names]
    values, factors = ([called(each) for each in names] for names in (layout.value_names, layout.factor_names))
    heads += [*values, *factors, say("Known weight"), say("Asked off"), *factors]
    heads += [*(called(each) for each in (*milestones, *layout.deduction_names)), say("Cut at 0 or 100")]
    for column, head in enumerate(heads):
        put(sheet, HEAD_ROW, column, head, look["head"])
        put(sheet, WEIGHT_ROW, column, None, look["weight"])
    put(sheet, WEIGHT_ROW, 0, say("Weight"), look["weight"])
    for count, factor in enumerate(health.factors, start=1):
        formula = f"=INDEX(sabai_weights,{count})"
        sheet.write_formula(WEIGHT_ROW, layout.points(factor.name), formula, look["weight"], factor.weight)
    _draw_groups(drawing, sheet, layout)


def _draw_groups(drawing: Drawing, sheet: Worksheet, layout: Layout) -> None:
    say, factors = drawing.book.language.gettext, len(layout.factor_names)
    added = layout.floor + 1 - layout.asked - 1 - factors
    groups = [
        (say("Customer and score"), at.REMARK + 1),
        (say("Values"), len(layout.value_names)),
        (say("Points, 0 to 100"), factors),
        (say("Working"), 2),
        (say("Weight × points ÷ known weight"), factors),
        (say("Other parts of the sum"), added),
    ]
    first = 0
    for words, count in groups:
        if count > 1:
            sheet.merge_range(GROUP_ROW, first, GROUP_ROW, first + count - 1, "", drawing.look["group"])
        if count:
            put(sheet, GROUP_ROW, first, words, drawing.look["group"])
        first += count


def _by_segment(drawing: Drawing) -> dict[int, Pattern[Row]]:
    """The row of an account of each segment: percentiles have a curve for each."""
    same = [*_who(drawing), *_inputs(drawing), *_same_in_every_row(drawing)]
    segments = {row.segment for row in drawing.book.rows}
    return {segment: Pattern.of([*same, *_points(drawing, segment)]) for segment in segments}


def _who(drawing: Drawing) -> Cells:
    look, book = drawing.look, drawing.book
    name = look["input_text" if book.day is None else "text"]
    return [
        typed(at.ACCOUNT, lambda row: text(row.account_id, name)),
        typed(at.NAME, lambda row: text(row.name, name)),
        typed(at.IN_SABAI, lambda row: text(_label(drawing, row.account_id, row.band), look["muted"])),
        typed(at.REMARK, lambda row: text(_remark(book, row), look["muted"])),
    ]


def _remark(book: Book, row: Row) -> str:
    if row.young:
        return book.language.gettext("onboarding")
    return book.language.called(book.segments[row.segment]) if book.by_segment else ""


def _inputs(drawing: Drawing) -> Cells:
    """What is typed in: values of metrics, and milestones, which only young accounts have."""
    layout, look = drawing.book.layout, drawing.look
    measured = [
        *((layout.value(metric), _of("values", metric)) for metric in layout.value_names),
        *((layout.milestone(name), _of("contributions", name)) for name in layout.milestone_names),
    ]
    return [typed(column, partial(_input, look["value"], look["broken_value"], of)) for column, of in measured]


def _input(whole: Format, broken: Format, of: Callable[[Row], float | None], row: Row) -> str:
    value = of(row)
    return number(value, whole if value is None or value.is_integer() else broken)


def _same_in_every_row(drawing: Drawing) -> Cells:
    """The formulas that do not depend on the account's segment."""
    layout, look = drawing.book.layout, drawing.look
    write = Formulas(layout)
    label = lambda row: _label(drawing, row.account_id, row.raw_band)  # noqa: E731
    return [
        computed(at.BAND, write.band(), look["band"], label, words=True),
        computed(at.SCORE, write.score(), look["score"], lambda row: row.score),
        computed(at.COVERAGE, write.coverage(), look["share"], lambda row: row.coverage),
        computed(layout.known_weight, write.known_weight(), look["number"], partial(_known_weight, layout.health)),
        computed(layout.asked, write.asked(), look["number"], partial(_asked, layout.health)),
        *(
            computed(layout.contribution(name), write.contribution(name), look["points"], _of("contributions", name))
            for name in layout.factor_names
        ),
        *(
            computed(layout.deduction(each.name), write.deduction(each), look["points"], _of("deductions", each.name))
            for each in layout.health.deductions
        ),
        computed(layout.floor, write.floor(), look["points"], lambda row: row.floor),
    ]


def _points(drawing: Drawing, segment: int) -> Cells:
    layout, numbers = drawing.book.layout, drawing.book.curve_numbers
    write, style = Formulas(layout), drawing.look["points"]
    curves = {name: numbers.get((name, None)) or numbers.get((name, segment)) for name in layout.factor_names}
    return [
        computed(layout.points(name), write.points(name, curve) if curve else f"={EMPTY}", style, _of("points", name))
        for name, curve in curves.items()
    ]


def _label(drawing: Drawing, account_id: str, band: str) -> str:
    return drawing.band_label(band) if account_id else ""


def _of(kind: str, name: str) -> Callable[[Row], float | None]:
    return lambda row: getattr(row, kind).get(name)


def _known_weight(health: Health, row: Row) -> float | None:
    if row.score is None or row.young:
        return None
    return sum(factor.weight for factor in health.factors if row.points.get(factor.name) is not None)


def _asked(health: Health, row: Row) -> float | None:
    if row.score is None or row.young:
        return None
    values = {name: np.array(np.nan if value is None else value) for name, value in row.values.items()}
    return sum(deduction.points for deduction in health.deductions if holds(deduction.when, values))


def _finish(drawing: Drawing, sheet: Worksheet, layout: Layout) -> None:
    last = FIRST_ROW + max(len(drawing.book.rows), 1) - 1
    drawing.name("sabai_bands", sheet, f"$D${FIRST_ROW + 1}", f"$D${last + 1}")
    for count, factor in enumerate(layout.factor_names, start=1):
        letter = xl_col_to_name(layout.points(factor))
        drawing.name(f"points_of_{count}", sheet, f"${letter}${FIRST_ROW + 1}", f"${letter}${last + 1}")
    drawing.look.colour_bands(sheet, (FIRST_ROW, at.SCORE, last, at.BAND), f"$D{FIRST_ROW + 1}")
    drawing.look.colour_bands(sheet, (FIRST_ROW, at.IN_SABAI, last, at.IN_SABAI), f"$F{FIRST_ROW + 1}")
    sheet.freeze_panes(FIRST_ROW, at.BAND + 1)
    sheet.autofilter(HEAD_ROW, 0, last, layout.width - 1)
    if drawing.book.day is None:
        sheet.set_column(at.IN_SABAI, at.REMARK, None, None, {"hidden": True})
    else:
        sheet.print_area(0, 0, last, at.REMARK)  # the working is for the screen
    sheet.repeat_rows(GROUP_ROW, HEAD_ROW)
    sheet.set_row(HEAD_ROW, 34)
