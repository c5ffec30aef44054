"""Pictures of what is due, what of it is expected, and what came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan, nan

from sabai.intervals import Interval
from sabai.language.language import Language
from sabai.renewals.forecast import Renewals
from sabai.renewals.judgement import OneForecast
from sabai.renewals.sums import Sum
from sabai.report.money.drawn import Drawn, Series, legend
from sabai.report.picture import Picture
from sabai.report.sheet import WIDTH, Scale, Sheet, apart

MOST_GROUPS, MOST_FORECASTS = 12, 12
_ROW = 44.0


@dataclass(frozen=True, slots=True)
class _Row:
    """What is due and what to expect of it in minor units; `came` is what did, where that is known."""

    name: str
    due: float
    expected: Interval
    said: str
    came: float | None = None


def due_and_expected(
    sums: Sequence[Sum], named: Callable[[Sum], str], name: str, title: str, found: Renewals, language: Language
) -> Picture | None:
    """A row for each group that has something due."""
    shown = [each for each in sums if each.due_minor][:MOST_GROUPS]
    if not shown:
        return None
    drawn = _drawn([_of_sum(each, named(each), found, language) for each in shown], language)
    caption = language.gettext("What is due, and what of it is expected to renew; the line goes from P10 to P90.")
    about = " ".join(f"{named(each)}: {_said(each, found, language)}." for each in shown)
    return Picture(name, title, caption, about, drawn.height, drawn.shapes)


def _of_sum(each: Sum, name: str, found: Renewals, language: Language) -> _Row:
    ends = (each.expected_minor, each.p10_minor, each.p90_minor)
    expected = Interval(*(nan if end is None else end for end in ends))
    return _Row(name, each.due_minor, expected, _said(each, found, language))


def _said(each: Sum, found: Renewals, language: Language) -> str:
    expected, due = (language.show.money_short(m, found.currency) for m in (each.expected_minor, each.due_minor))
    return language.gettext("%(expected)s of %(due)s", expected=expected, due=due)


def _drawn(rows: Sequence[_Row], language: Language) -> Drawn:
    """A bar for what is due, and in it what is expected, with its whisker."""
    sheet, scale = Sheet(language.rtl), Scale(0, max(row.due for row in rows), 0, WIDTH)
    shapes = "".join(_one(sheet, scale, row, _ROW * place) for place, row in enumerate(rows))
    words = [(language.gettext("due"), "grew"), (language.gettext("expected"), "solid")]
    keys = legend([Series(word, kind, ()) for word, kind in words], sheet, _ROW * len(rows) + 4)
    return Drawn(shapes + keys.shapes, keys.height)


def _one(sheet: Sheet, scale: Scale, row: _Row, y: float) -> str:
    expected = "" if isnan(row.expected.value) else sheet.bar(0, y + 20, scale.at(row.expected.value), 14, "solid")
    came = "" if row.came is None else sheet.line((scale.at(row.came), y + 18), (scale.at(row.came), y + 36), "hand")
    return (
        sheet.text(0, y + 14, apart(row.name, 24), "name")
        + sheet.text(WIDTH, y + 14, row.said, anchor="end")
        + sheet.bar(0, y + 20, scale.at(row.due), 14, "grew")
        + expected
        + sheet.lying(scale, row.expected, y + 27)
        + came
    )


def judged(forecasts: Sequence[OneForecast], title: str, currency: str, language: Language) -> Picture | None:
    """Forecasts that were issued, the newest first, with what came."""
    shown = sorted(forecasts, key=lambda each: each.as_of, reverse=True)[:MOST_FORECASTS]
    if not shown:
        return None
    rows = [
        _Row(
            language.show.date(each.as_of), each.due_minor,
            Interval(each.expected_minor, each.p10_minor, each.p90_minor), _came(each, currency, language),
            each.renewed_minor,
        )
        for each in shown
    ]  # fmt: skip
    drawn = _drawn(rows, language)
    caption = language.gettext("What was expected, from P10 to P90; the thick mark is what came.")
    about = " ".join(f"{row.name}: {row.said}." for row in rows)
    return Picture("judged", title, caption, about, drawn.height, drawn.shapes)


def _came(each: OneForecast, currency: str, language: Language) -> str:
    came, expected = (language.show.money_short(m, currency) for m in (each.renewed_minor, each.expected_minor))
    return language.gettext("%(came)s came, %(expected)s expected", came=came, expected=expected)
