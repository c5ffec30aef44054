"""Who leaves how many times as often: rows around one."""

from __future__ import annotations

from math import isfinite, log

from sabai.language.language import Language
from sabai.report.money.survival_ratios import times_said, who
from sabai.report.picture import Picture
from sabai.report.proof.sentence import span
from sabai.report.sheet import WIDTH, Scale, Sheet, apart
from sabai.retention.survival.ratios import Cox, Ratio

MOST_RATIOS = 14
_TICKS = (0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0, 20.0, 50.0)
_ROW, _TOP = 46.0, 24.0


def forest(cox: Cox, language: Language) -> Picture | None:
    """One row for each ratio around 1, on a scale on which half as often is as far as twice as often."""
    if not cox.ratios:
        return None
    _, sheet, ratios = language.gettext, Sheet(language.rtl), cox.ratios[:MOST_RATIOS]
    ticks = _reach(ratios)
    scale = Scale(log(ticks[0]), log(ticks[-1]), 8, WIDTH - 8)
    bottom = _TOP + _ROW * len(ratios)
    below = "".join(
        sheet.text(scale.at(log(tick)), bottom + 16, language.show.number(tick, 2), "small", "middle") for tick in ticks
    )
    ends = sheet.text(0, 12, _("leave less often"), "muted") + sheet.text(
        WIDTH, 12, _("leave more often"), "muted", "end"
    )
    rows = "".join(
        _grid(sheet, scale, _TOP + _ROW * place, ticks) + _row(sheet, scale, _TOP + _ROW * place, each, language)
        for place, each in enumerate(ratios)
    )
    middle = sheet.line((scale.at(0), _TOP - 6), (scale.at(0), bottom), "chance")
    caption = _(
        "How many times as often customers leave who differ in one thing only; the dashed line is no difference. A "
        "filled dot: the difference is shown; a hollow one: it is not."
    )
    about = " ".join(f"{who(each, language)}: {_times(each, language)}." for each in ratios)
    return Picture("ratios", _("Who leaves sooner"), caption, about, bottom + 24, ends + middle + rows + below)


def _grid(sheet: Sheet, scale: Scale, y: float, ticks: list[float]) -> str:
    """Below the words of a row, so that no line runs through them."""
    return "".join(
        sheet.line((scale.at(log(tick)), y + 22), (scale.at(log(tick)), y + 42), "grid") for tick in ticks if tick != 1
    )


def _row(sheet: Sheet, scale: Scale, y: float, ratio: Ratio, language: Language) -> str:
    times = ratio.ratio
    known = [log(each) if isfinite(each) and each > 0 else end
             for each, end in ((times.low, scale.low), (times.high, scale.high))]  # fmt: skip
    words = sheet.text(0, y + 16, apart(who(ratio, language), 24), "name") + sheet.text(
        WIDTH, y + 16, _times(ratio, language), anchor="end"
    )
    low, high = (scale.at(each) for each in known)
    line = sheet.line((low, y + 32), (high, y + 32), "whisker")
    return words + line + sheet.dot(scale.at(log(times.value)), y + 32, "dot" if times.excludes(1.0) else "hollow")


def _times(ratio: Ratio, language: Language) -> str:
    """Its value with its interval."""
    value, low, high = (times_said(each, language) for each in (ratio.ratio.value, ratio.ratio.low, ratio.ratio.high))
    return language.gettext("%(times)s× (%(span)s)", times=value, span=span(low, high))


def _reach(ratios: tuple[Ratio, ...]) -> list[float]:
    """Ticks as far to both sides as the intervals go, at least from half to twice, at most to fifty times."""
    ends = [abs(log(end)) for each in ratios for end in (each.ratio.low, each.ratio.high) if isfinite(end) and end > 0]
    far = max([*ends, log(2.0)])
    first = max((tick for tick in _TICKS if log(tick) <= -far), default=_TICKS[0])
    return [tick for tick in _TICKS if first <= tick <= 1 / first + 1e-9]
