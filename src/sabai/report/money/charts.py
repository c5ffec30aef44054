"""Pictures of money and of customers over time: what came and went, how a rate ran, who is above and who below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, isnan, log10

from sabai.intervals import Interval
from sabai.language.language import Language
from sabai.report.proof.sheet import WIDTH, Point, Scale, Sheet, apart, runs

_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, WIDTH - 4, 14.0, 214.0
_ROW, _STEP = 44.0, 34.0
_LABELS = 4  # so many dates stand below a picture; more would run into each other on a phone

Write = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Series:
    """Amounts period by period, drawn as `kind`: a class of picture.css that is told apart without its colour."""

    word: str
    kind: str
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Shapes and how high they stand."""

    shapes: str
    height: float


def flows(
    labels: Sequence[str], ups: Sequence[Series], downs: Sequence[Series], write: Write, language: Language
) -> Drawn:
    """What came stands above the line, what went below it, period beside period; a series of nothing is left out."""
    ups, downs = ([each for each in series if any(each.values)] for series in (ups, downs))
    sheet = Sheet(language.rtl)
    most = max([sum(column) for column in zip(*(each.values for each in ups), strict=True)] or [0.0])
    least = max([sum(column) for column in zip(*(each.values for each in downs), strict=True)] or [0.0])
    ticks = nice(-least, most)
    scale = Scale(ticks[0], ticks[-1], _BOTTOM, _TOP)
    across = Scale(0, max(len(labels), 1), _LEFT, _RIGHT)
    wide = (_RIGHT - _LEFT) / max(len(labels), 1)
    bars = "".join(
        _stack(sheet, scale, across.at(place), wide, [(each.kind, each.values[place] * way) for each in series])
        for place in range(len(labels)) for series, way in ((ups, 1), (downs, -1))
    )  # fmt: skip
    shapes = (
        _grid(sheet, scale, ticks, write) + bars + sheet.line((_LEFT, scale.at(0)), (_RIGHT, scale.at(0)), "whisker")
    )
    keys = legend([*ups, *downs], sheet, _BOTTOM + 34)
    return Drawn(shapes + _below(sheet, across, labels) + keys.shapes, keys.height)


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
    scale, across = Scale(ticks[0], ticks[-1], _BOTTOM, _TOP), Scale(0, max(len(labels), 1), _LEFT, _RIGHT)
    drawn = "".join(_line(sheet, scale, across, kind, values) for _, kind, values in lines)
    if beside:
        at = scale.at(beside[1])
        drawn += sheet.line((_LEFT, at), (_RIGHT, at), "chance") + sheet.text(_RIGHT, at - 5, beside[0], "small", "end")
    shapes = _grid(sheet, scale, ticks, write) + drawn + _below(sheet, across, labels)
    if len(lines) == 1:
        return Drawn(shapes, _BOTTOM + 26)
    keys = legend([Series(word, kind, ()) for word, kind, _ in lines], sheet, _BOTTOM + 34)
    return Drawn(shapes + keys.shapes, keys.height)


def _line(sheet: Sheet, scale: Scale, across: Scale, kind: str, values: Sequence[Interval]) -> str:
    def through(of: str) -> list[Point | None]:
        found = [getattr(each, of) for each in values]
        return [None if isnan(v) else (across.at(place + 0.5), scale.at(v)) for place, v in enumerate(found)]

    known = zip(runs(through("low")), runs(through("high")), strict=True)
    ribbon = "".join(sheet.path([*low, *reversed(high)], "ribbon", closed=True) for low, high in known)
    lone = "".join(sheet.dot(*run[0], "dot") for run in runs(through("value")) if len(run) == 1)
    return ribbon + "".join(sheet.path(run, kind) for run in runs(through("value"))) + lone


def rows(
    named: Sequence[tuple[str, Interval, str]], write: Write, language: Language, top: float, level: float | None = None
) -> Drawn:
    """One row each: a name, a value with its interval on one scale from 0 to `top`, and what is said at its end."""
    sheet, scale = Sheet(language.rtl), Scale(0, top, 0, WIDTH)
    shapes = ""
    for place, (name, span, said) in enumerate(named):
        y = _ROW * place
        shapes += (
            sheet.text(0, y + 14, apart(name, 26), "name")
            + sheet.text(WIDTH, y + 14, said, anchor="end")
            + sheet.bar(0, y + 20, WIDTH, 12, "track")
            + ("" if isnan(span.value) else sheet.bar(0, y + 20, scale.at(span.value), 12, "solid"))
            + ("" if level is None else sheet.line((scale.at(level), y + 18), (scale.at(level), y + 34), "chance"))
            + sheet.lying(scale, span, y + 26)
        )
    bottom = _ROW * len(named)
    ends = sheet.text(0, bottom + 12, write(0), "small") + sheet.text(WIDTH, bottom + 12, write(top), "small", "end")
    return Drawn(shapes + ends, bottom + 18)


def bars(named: Sequence[tuple[str, float, str]], language: Language, kinds: Sequence[str] = ()) -> Drawn:
    """One bar each, as long as its part of the longest; a name before it and what is said at its end. `kinds` are
    classes of picture.css, one for each bar, where not all are of one kind."""
    sheet = Sheet(language.rtl)
    scale = Scale(0, max([value for _, value, _ in named] or [1.0]) or 1.0, 0, WIDTH)
    shapes = "".join(
        sheet.text(0, _STEP * place + 13, apart(name, 30), "ink")
        + sheet.text(WIDTH, _STEP * place + 13, said, anchor="end")
        + sheet.bar(0, _STEP * place + 18, WIDTH, 8, "track")
        + sheet.bar(0, _STEP * place + 18, scale.at(value), 8, kinds[place] if kinds else "solid")
        for place, (name, value, said) in enumerate(named)
    )
    return Drawn(shapes, _STEP * len(named) + 2)


def parts(
    named: Sequence[tuple[str, Sequence[float], str]], words: Sequence[tuple[str, str]], language: Language
) -> Drawn:
    """One bar each, all of one length, divided into its parts from the start: a name, its parts, and what is said at
    its end. `words` say what each part means, and of which kind it is; a part that nobody has is left out."""
    sheet, shapes = Sheet(language.rtl), ""
    for place, (name, values, said) in enumerate(named):
        y, x, whole = _ROW * place, 0.0, sum(values) or 1.0
        shapes += sheet.text(0, y + 14, apart(name, 30), "name") + sheet.text(WIDTH, y + 14, said, anchor="end")
        for (_word, kind), value in zip(words, values, strict=True):
            shapes += sheet.bar(x + 0.75, y + 20, max(WIDTH * value / whole - 1.5, 1.0), 14, kind) if value else ""
            x += WIDTH * value / whole
    found = [Series(*word, ()) for place, word in enumerate(words) if any(values[place] for _, values, _ in named)]
    keys = legend(found, sheet, _ROW * len(named) + 6)
    return Drawn(shapes + keys.shapes, keys.height)


def steps(named: Sequence[tuple[str, str, float, str]], language: Language) -> Drawn:
    """From a start to an end: each step begins where the one before ended. A step is a word, a kind, an amount (less
    than zero: it goes down; the first and the last stand on the ground), and what is said at its end."""
    sheet = Sheet(language.rtl)
    edges, ground = [], 0.0
    for place, (_, _, amount, _) in enumerate(named):
        stands = place in (0, len(named) - 1)
        edges.append((0.0, amount) if stands else (ground, ground + amount))
        ground = edges[-1][1]
    scale = Scale(0, max([max(edge) for edge in edges] or [1.0]) or 1.0, 0, WIDTH)
    shapes = ""
    for place, ((word, kind, _, said), edge) in enumerate(zip(named, edges, strict=True)):
        y, (low, high) = _STEP * place, sorted(edge)
        wide = max(scale.at(high) - scale.at(low), 1.0)
        shapes += (
            sheet.text(0, y + 13, word, "name" if place in (0, len(named) - 1) else "ink")
            + sheet.text(WIDTH, y + 13, said, anchor="end")
            + sheet.bar(0, y + 18, WIDTH, 10, "track")
            + sheet.bar(scale.at(low), y + 18, wide, 10, kind)
        )
    return Drawn(shapes, _STEP * len(named) + 2)


def legend(series: Sequence[Series], sheet: Sheet, y: float) -> Drawn:
    """Two to a line: what each pattern means."""
    shapes = ""
    for place, each in enumerate(series):
        x, at = (WIDTH / 2) * (place % 2), y + 20 * (place // 2)
        line = each.kind in ("curve", "dashed")
        sample = sheet.line((x, at + 6), (x + 18, at + 6), each.kind) if line else sheet.bar(x, at, 12, 12, each.kind)
        shapes += sample + sheet.text(x + (24 if line else 18), at + 11, each.word, "small")
    return Drawn(shapes, y + 20 * ceil(len(series) / 2))


def nice(low: float, high: float, about: int = 4) -> list[float]:
    """Round values from at most `low` to at least `high`.

    >>> nice(0, 87), nice(-3, 12)
    ([0.0, 25.0, 50.0, 75.0, 100.0], [-5.0, 0.0, 5.0, 10.0, 15.0])
    """
    if high <= low:
        high = low + (abs(low) or 1.0)
    rough = (high - low) / about
    power = 10.0 ** floor(log10(rough))
    step = next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= rough * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(step * place, 12) for place in range(first, last + 1)]


def _reach(spans: Sequence[Interval], beside: tuple[str, float] | None) -> tuple[float, float]:
    lows = [each.value if isnan(each.low) else each.low for each in spans] + ([beside[1]] if beside else [])
    highs = [each.value if isnan(each.high) else each.high for each in spans] + ([beside[1]] if beside else [])
    return min(lows or [0.0]), max(highs or [1.0])


def _grid(sheet: Sheet, scale: Scale, ticks: Sequence[float], write: Write) -> str:
    return "".join(
        sheet.line((_LEFT, scale.at(tick)), (_RIGHT, scale.at(tick)), "grid")
        + sheet.text(_LEFT - 6, scale.at(tick) + 4, write(tick), "small", "end")
        for tick in ticks
    )


def _below(sheet: Sheet, across: Scale, labels: Sequence[str]) -> str:
    """A few of the labels, the first and the last among them."""
    if not labels:
        return ""
    many = min(_LABELS, len(labels))
    places = sorted({round(at * (len(labels) - 1) / max(many - 1, 1)) for at in range(many)})
    return "".join(
        sheet.text(*_held(across.at(place + 0.5), labels[place]), labels[place], "small", "middle") for place in places
    )


def _held(x: float, label: str) -> Point:
    """A label stays on the sheet."""
    half = 3.4 * len(label)
    return min(max(x, half), WIDTH - half), _BOTTOM + 18
