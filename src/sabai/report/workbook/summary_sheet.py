"""The first sheet: how many customers stand where, before and after a change, and which factors hold them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from sabai.health.scores import BANDS
from sabai.report.workbook.drawing import Drawing, put
from sabai.report.workbook.look import ACCENT, BAND_FILLS, INK, LINE

_BAND, _NOW, _SHARE, _BEFORE, _CHANGE, _IN_SABAI = range(1, 7)  # columns
_BANDS_ROW, _RATE_ROW, _NOTES_ROW = 8, 4, 15
_WIDTHS = {"A:A": 2, "B:B": 30, "C:C": 13, "D:F": 13, "G:G": 15, "H:H": 3, "I:N": 9}


def draw_summary(drawing: Drawing) -> Worksheet:
    say, book, look = drawing.book.language.gettext, drawing.book, drawing.look
    sheet = drawing.add_sheet(say("Summary"), _WIDTHS, ACCENT)
    put(sheet, 1, _BAND, book.definitions.workspace.name, look["title"])
    put(sheet, 2, _BAND, _subtitle(drawing), look["subtitle"])
    sheet.set_row(1, 30)
    _rate(drawing, sheet)
    _bands(drawing, sheet)
    _chart(drawing, sheet)
    last = _notes(drawing, sheet)
    _factors(drawing, sheet, last + 2)
    return sheet


def _subtitle(drawing: Drawing) -> str:
    say, ngettext, customers = drawing.book.language.gettext, drawing.book.language.ngettext, drawing.book.customers
    if drawing.book.day is None:
        return say("Customer health, scored by hand")
    many = ngettext("%(num)s customer", "%(num)s customers", customers)
    return say("Customer health as of %(date)s · %(customers)s", date=drawing.as_of, customers=many)


def _rate(drawing: Drawing, sheet: Worksheet) -> None:
    say, look = drawing.book.language.gettext, drawing.look
    count = Counter(row.raw_band for row in drawing.book.rows if row.account_id)
    known = count.total() - count["unknown"]
    unknown = f"C{_BANDS_ROW + 4}"
    formula = f'=IF(C{_BANDS_ROW + 5}={unknown},"",C{_BANDS_ROW + 1}/(C{_BANDS_ROW + 5}-{unknown}))'
    sheet.set_row(_RATE_ROW, 48)
    sheet.write_formula(
        _RATE_ROW,
        _BAND,
        formula,
        look["big_rtl" if drawing.book.language.rtl else "big"],
        count["healthy"] / known if known else "",
    )
    put(sheet, _RATE_ROW + 1, _BAND, say("healthy, of the customers whose band is known"), look["subtitle"])


def _bands(drawing: Drawing, sheet: Worksheet) -> None:
    say, book, look = drawing.book.language.gettext, drawing.book, drawing.look
    heads = [say("Band"), say("Customers"), say("Share"), say("At first"), say("Change"), say("In Sabai, held")]
    _head(drawing, sheet, _BANDS_ROW - 1, heads)
    count = Counter(row.raw_band for row in book.rows if row.account_id)
    for row, (band, in_sabai) in enumerate(zip(BANDS, book.in_sabai, strict=True), start=_BANDS_ROW):
        put(sheet, row, _BAND, drawing.band_label(band), look["band"])
        sheet.write_formula(row, _NOW, f"=COUNTIF(sabai_bands,band_{band})", look["count"], count[band])
        _share_and_change(drawing, sheet, row, count[band], count.total())
        put(sheet, row, _IN_SABAI, in_sabai, look["count"])
    drawing.look.colour_bands(sheet, (_BANDS_ROW, _BAND, _BANDS_ROW + 3, _BAND), f"$B{_BANDS_ROW + 1}")
    _total(drawing, sheet, _BANDS_ROW + 4, count.total())


def _share_and_change(drawing: Drawing, sheet: Worksheet, row: int, count: int, total: int) -> None:
    all_of_them = f"C${_BANDS_ROW + 5}"
    share = f"=IF({all_of_them}=0,0,C{row + 1}/{all_of_them})"
    sheet.write_formula(row, _SHARE, share, drawing.look["share"], count / total if total else 0)
    put(sheet, row, _BEFORE, count, drawing.look["count"])
    sheet.write_formula(row, _CHANGE, f"=C{row + 1}-E{row + 1}", drawing.look["change"], 0)


def _total(drawing: Drawing, sheet: Worksheet, row: int, count: int) -> None:
    style = drawing.look["total"]
    put(sheet, row, _BAND, drawing.book.language.gettext("Together"), drawing.look["total_text"])
    sheet.write_formula(row, _NOW, f"=SUM(C{_BANDS_ROW + 1}:C{_BANDS_ROW + 4})", style, count)
    put(sheet, row, _BEFORE, count, style)
    put(sheet, row, _IN_SABAI, drawing.book.customers, style)
    for column in (_SHARE, _CHANGE):
        put(sheet, row, column, None, style)


def _chart(drawing: Drawing, sheet: Worksheet) -> None:
    chart, name = drawing.file.add_chart({"type": "column"}), sheet.get_name()
    fills = [{"fill": {"color": BAND_FILLS[band]}, "border": {"none": True}} for band in BANDS]
    rows = (_BANDS_ROW, _BANDS_ROW + 3)
    chart.add_series(
        {
            "categories": [name, rows[0], _BAND, rows[1], _BAND],
            "values": [name, rows[0], _NOW, rows[1], _NOW],
            "points": fills,
            "gap": 60,
            "data_labels": {"value": True, "font": {"color": INK, "size": 11, "bold": True}},
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"none": True})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_x_axis(
        {"num_font": {"color": INK, "size": 11}, "line": {"color": LINE}, "reverse": drawing.book.language.rtl}
    )
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 430, "height": 270})
    sheet.insert_chart(_RATE_ROW, 8, chart, {"object_position": 2})


def _notes(drawing: Drawing, sheet: Worksheet) -> int:
    notes = _what_to_know(drawing)
    for row, note in enumerate(notes, start=_NOTES_ROW):
        sheet.merge_range(row, _BAND, row, 13, "", drawing.look["note"])
        put(sheet, row, _BAND, note, drawing.look["note"])
        sheet.set_row(row, 32)
    return _NOTES_ROW + len(notes) - 1


def _what_to_know(drawing: Drawing) -> list[str]:
    say, book = drawing.book.language.gettext, drawing.book
    notes = [
        say("Yellow cells may be changed: weights, cut-offs, deductions and curves. All else follows by formulas.")
    ]
    if book.day is None:
        return [
            *notes,
            say("Write your customers on the sheet of scores, a row each; what you do not know stays empty."),
        ]
    held = say(
        "Sabai holds a band until the score has been %(points)s points past the cut for %(days)s days; "
        "here every band follows its score at once, so “At first” and “In Sabai, held” may differ.",
        points=book.language.show.number(book.health.bands.hold_points),
        days=book.language.show.fixed(book.health.bands.hold_days),
    )
    notes.append(held)
    if len(book.rows) < book.customers:
        shown = book.language.show.fixed(len(book.rows))
        notes.append(say("Only the %(shown)s customers with the lowest scores are in this workbook.", shown=shown))
    return notes


def _factors(drawing: Drawing, sheet: Worksheet, row: int) -> None:
    say, factors = drawing.book.language.gettext, drawing.book.health.factors
    put(sheet, row, _BAND, say("What lifts the scores and what lowers them"), drawing.look["section"])
    for column in range(_NOW, _IN_SABAI + 1):
        put(sheet, row, column, None, drawing.look["section"])
    _head(drawing, sheet, row + 1, [say("Factor"), say("Weight"), say("Mean points"), say("Known for")])
    sheet.set_row(row + 1, 24)
    for number, factor in enumerate(factors, start=1):
        _factor(drawing, sheet, row + 1 + number, number, factor.name)
    bar = {"type": "data_bar", "bar_color": "#8CC9BF", "bar_solid": True, "min_type": "num", "min_value": 0,
           "max_type": "num", "max_value": 100}  # fmt: skip
    sheet.conditional_format(row + 2, _SHARE, row + 1 + max(len(factors), 1), _SHARE, bar)


def _factor(drawing: Drawing, sheet: Worksheet, row: int, number: int, name: str) -> None:
    look = drawing.look
    points = [value for each in drawing.book.rows if (value := each.points.get(name)) is not None]
    put(sheet, row, _BAND, drawing.book.language.called(name), look["text"])
    weight = drawing.book.health.factors[number - 1].weight
    sheet.write_formula(row, _NOW, f"=INDEX(sabai_weights,{number})", look["number"], weight)
    average = f'=IF(COUNT(points_of_{number})=0,"",AVERAGE(points_of_{number}))'
    sheet.write_formula(row, _SHARE, average, look["points"], sum(points) / len(points) if points else "")
    sheet.write_formula(row, _BEFORE, f"=COUNT(points_of_{number})", look["count"], len(points))


def _head(drawing: Drawing, sheet: Worksheet, row: int, heads: Sequence[str]) -> None:
    for column, head in enumerate(heads, start=_BAND):
        put(sheet, row, column, head, drawing.look["head" if column == _BAND else "head_number"])
