"""Pictures in rows, one below the other, each with its name: who is above and who below, parts of a whole, steps."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from sabai.intervals import Interval
from sabai.language.language import Language
from sabai.report.money.axes import Write
from sabai.report.money.drawn import Drawn, Series, legend
from sabai.report.sheet import WIDTH, Scale, Sheet, apart

_ROW, _STEP = 44.0, 34.0


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
