"""The triangle as a heat map: a picture for a slide."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.language.language import Language
from sabai.report.money.cohorts_cells import INK, Cell, Row, Triangle
from sabai.report.money.cohorts_words import cohort_name
from sabai.report.picture import Picture
from sabai.report.sheet import WIDTH, Sheet, apart, short

ROWS, AGES = 16, 13  # so many can be read from the last row of a room
_NAMES, _TOP, _HIGH, _HATCH = 94.0, 20.0, 22.0, 7.0


def slide(triangle: Triangle, by: str, title: str, language: Language) -> Picture | None:
    """The newest cohorts, with percents as bare numbers; marked and hatched as on the page."""
    if not triangle.rows:
        return None
    _, shown = language.gettext, triangle.newest(ROWS, AGES)
    sheet, named = Sheet(language.rtl), [(_("all"), shown.everybody)]
    named += [(cohort_name(row.name, by, language), row) for row in shown.rows]
    wide = (WIDTH - _NAMES) / max(len(shown.ages), 1)
    heads = "".join(
        sheet.text(_NAMES + wide * (place + 0.5), _TOP - 7, age, "small", "middle")
        for place, age in enumerate(shown.ages)
    )
    rows = "".join(_drawn_row(sheet, place, each, wide, shown, language) for place, each in enumerate(named))
    caption = _(
        "Percent of each cohort that was there at each age; the stronger the colour, the more. *: not all of them have "
        "come to that age. Hatched: unknown, not zero."
    )  # fmt: skip
    about = " ".join(f"{called}: {_said(row, shown, language)}." for called, row in named)
    return Picture("triangle", title, caption, about, _TOP + _HIGH * len(named) + 4, heads + rows)


def _drawn_row(
    sheet: Sheet, place: int, named: tuple[str, Row], wide: float, triangle: Triangle, language: Language
) -> str:
    called, row = named
    y = _TOP + _HIGH * place
    size = language.show.short(row.size)
    head = sheet.text(0, y + 15, apart(called, 11), "small") + sheet.text(_NAMES - 6, y + 15, size, "small", "end")
    cells = (_drawn(sheet, _NAMES + wide * at, y, wide, cell, triangle) for at, cell in enumerate(row.cells))
    return head + "".join(cells)


def _drawn(sheet: Sheet, x: float, y: float, wide: float, cell: Cell, triangle: Triangle) -> str:
    if cell.share is None:
        return "".join(_hatch(sheet, x + 0.75, y + 0.75, wide - 1.5, _HIGH - 1.5))
    inked, light = INK[triangle.step(cell.share)]
    ground = sheet.bar(x + 0.75, y + 0.75, wide - 1.5, _HIGH - 1.5, "solid")
    kind, size = "paper" if light else "ink", short(min(10.5, wide * 0.5))
    figure = sheet.text(x + wide / 2, y + 15, f"{cell.share * 100:.0f}", kind, "middle")
    star = f'<g font-size="8">{sheet.text(x + wide - 1.5, y + 7.5, "*", kind, "end")}</g>' if cell.some else ""
    return f'<g fill-opacity="{inked}">{ground}</g><g font-size="{size}">{figure}</g>{star}'


def _hatch(sheet: Sheet, x: float, y: float, wide: float, high: float) -> Iterator[str]:
    """Lines that rise from the lower to the upper edge, cut off at the sides."""
    at = _HATCH - high
    while at < wide:
        start, end = max(at, 0.0), min(at + high, wide)
        yield sheet.line((x + start, y + high - (start - at)), (x + end, y + high - (end - at)), "grid")
        at += _HATCH


def _said(row: Row, triangle: Triangle, language: Language) -> str:
    show = language.show
    return ", ".join(
        f"{age} {show.percent(cell.share)}" for age, cell in zip(triangle.ages, row.cells, strict=True)
        if cell.share is not None
    )  # fmt: skip
