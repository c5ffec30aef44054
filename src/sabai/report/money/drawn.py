"""What a picture is made of and what it comes to: series, the legend that says what they mean, shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from sabai.report.sheet import WIDTH, Sheet


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


def legend(series: Sequence[Series], sheet: Sheet, y: float) -> Drawn:
    """Two to a line: what each pattern means."""
    shapes = ""
    for place, each in enumerate(series):
        x, at = (WIDTH / 2) * (place % 2), y + 20 * (place // 2)
        line = each.kind in ("curve", "dashed")
        sample = sheet.line((x, at + 6), (x + 18, at + 6), each.kind) if line else sheet.bar(x, at, 12, 12, each.kind)
        shapes += sample + sheet.text(x + (24 if line else 18), at + 11, each.word, "small")
    return Drawn(shapes, y + 20 * ceil(len(series) / 2))
