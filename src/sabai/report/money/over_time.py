"""Pictures of money and of customers over time: what came and went, how a rate ran."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from sabai.intervals import Interval
from sabai.language.language import Language
from sabai.report.money.axes import BOTTOM, LEFT, RIGHT, TOP, Write, below, grid, nice
from sabai.report.money.drawn import Drawn, Series, legend
from sabai.report.sheet import Point, Scale, Sheet, runs


def flows(
    labels: Sequence[str], ups: Sequence[Series], downs: Sequence[Series], write: Write, language: Language
) -> Drawn:
    """What came stands above the line, what went below it, period beside period; a series of nothing is left out."""
    ups, downs = ([each for each in series if any(each.values)] for series in (ups, downs))
    sheet = Sheet(language.rtl)
    most = max([sum(column) for column in zip(*(each.values for each in ups), strict=True)] or [0.0])
    least = max([sum(column) for column in zip(*(each.values for each in downs), strict=True)] or [0.0])
    ticks = nice(-least, most)
    scale = Scale(ticks[0], ticks[-1], BOTTOM, TOP)
    across = Scale(0, max(len(labels), 1), LEFT, RIGHT)
    wide = (RIGHT - LEFT) / max(len(labels), 1)
    bars = "".join(
        _stack(sheet, scale, across.at(place), wide, [(each.kind, each.values[place] * way) for each in series])
        for place in range(len(labels)) for series, way in ((ups, 1), (downs, -1))
    )  # fmt: skip
    shapes = grid(sheet, scale, ticks, write) + bars + sheet.line((LEFT, scale.at(0)), (RIGHT, scale.at(0)), "whisker")
    keys = legend([*ups, *downs], sheet, BOTTOM + 34)
    return Drawn(shapes + below(sheet, across, labels) + keys.shapes, keys.height)


def _stack(sheet: Sheet, scale: Scale, x: float, wide: float, parts: Sequence[tuple[str, float]]) -> str:
    found, ground = [], 0.0
    gap = min(2.0, wide / 6)
    for kind, value in parts:
        if value:
            edges = sorted((scale.at(ground), scale.at(ground + value)))
            found.append(sheet.bar(x + gap, edges[0], wide - 2 * gap, edges[1] - edges[0], kind))
            ground += value
    return "".join(found)


def course(
    labels: Sequence[str], lines: Sequence[tuple[str, str, Sequence[Interval]]], write: Write, language: Language,
    beside: tuple[str, float] | None = None, most: float | None = None,
) -> Drawn:  # fmt: skip
    """How rates ran: each a word, a kind (solid or dashed) and its values; their intervals as ribbons. `beside` is a
    level to compare with, `most` where the scale ends at the latest."""
    sheet = Sheet(language.rtl)
    spans = [each for _, _, values in lines for each in values if not isnan(each.value)]
    low, high = _reach(spans, beside)
    ticks = nice(low, high if most is None else min(high, most))
    scale, across = Scale(ticks[0], ticks[-1], BOTTOM, TOP), Scale(0, max(len(labels), 1), LEFT, RIGHT)
    drawn = "".join(_line(sheet, scale, across, kind, values) for _, kind, values in lines)
    if beside:
        at = scale.at(beside[1])
        drawn += sheet.line((LEFT, at), (RIGHT, at), "chance") + sheet.text(RIGHT, at - 5, beside[0], "small", "end")
    shapes = grid(sheet, scale, ticks, write) + drawn + below(sheet, across, labels)
    if len(lines) == 1:
        return Drawn(shapes, BOTTOM + 26)
    keys = legend([Series(word, kind, ()) for word, kind, _ in lines], sheet, BOTTOM + 34)
    return Drawn(shapes + keys.shapes, keys.height)


def _line(sheet: Sheet, scale: Scale, across: Scale, kind: str, values: Sequence[Interval]) -> str:
    def through(of: str) -> list[Point | None]:
        found = [getattr(each, of) for each in values]
        return [None if isnan(v) else (across.at(place + 0.5), scale.at(v)) for place, v in enumerate(found)]

    known = zip(runs(through("low")), runs(through("high")), strict=True)
    ribbon = "".join(sheet.path([*low, *reversed(high)], "ribbon", closed=True) for low, high in known)
    lone = "".join(sheet.dot(*run[0], "dot") for run in runs(through("value")) if len(run) == 1)
    return ribbon + "".join(sheet.path(run, kind) for run in runs(through("value"))) + lone


def _reach(spans: Sequence[Interval], beside: tuple[str, float] | None) -> tuple[float, float]:
    lows = [each.value if isnan(each.low) else each.low for each in spans] + ([beside[1]] if beside else [])
    highs = [each.value if isnan(each.high) else each.high for each in spans] + ([beside[1]] if beside else [])
    return min(lows or [0.0]), max(highs or [1.0])
