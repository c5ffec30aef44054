"""What pictures are drawn with: a sheet whose x runs in reading direction, and scales that lie on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import escape

from sabai.intervals import Interval

WIDTH = 360.0
"""All pictures are as wide as a telephone, so that their letters can be read on one; `height` is as it comes."""
Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]

_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)  # what XML forbids, and what turns text around
_CAP = 4.0
_MARKS = {
    "healthy": '<circle class="fill {band}" cx="{x}" cy="{y}" r="5.5"/>',
    "at_risk": '<path class="fill {band}" d="M{x} {y}m0 -6l6.5 11.5h-13z"/>',
    "unhealthy": '<rect class="fill {band}" x="{left}" y="{top}" width="11" height="11" rx="1"/>',
    "unknown": '<path class="curve {band}" d="M{x} {y}m-2.5 -2.5a2.5 2.5 0 1 1 3.6 2.3q-1.1 .7 -1.1 1.8m0 2.3v.4"/>',
}


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` lie between the places `start` and `end`; what is beyond is held at the edge.

    >>> Scale(0, 1, 100, 300).at(0.25), Scale(0, 1, 100, 300).at(7)
    (150.0, 300.0)
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything is placed from where reading begins: on a sheet that is `rtl` x grows to the left."""

    rtl: bool

    def x(self, x: float) -> str:
        return short(WIDTH - x if self.rtl else x)

    def text(self, x: float, y: float, said: str, kind: str = "ink", anchor: Anchor = "start") -> str:
        return f'<text class="{kind}" x="{self.x(x)}" y="{short(y)}" text-anchor="{anchor}">{escape(said)}</text>'

    def line(self, one: Point, other: Point, kind: str) -> str:
        return self.path([one, other], kind)

    def path(self, points: Iterable[Point], kind: str, closed: bool = False) -> str:
        at = "L".join(f"{self.x(x)} {short(y)}" for x, y in points)
        return f'<path class="{kind}" d="M{at}{"Z" if closed else ""}"/>'

    def bar(self, x: float, y: float, width: float, height: float, kind: str) -> str:
        left = self.x(x + width if self.rtl else x)
        size = f'width="{short(max(width, 0))}" height="{short(max(height, 0))}"'
        return f'<rect class="{kind}" x="{left}" y="{short(y)}" {size}/>'

    def dot(self, x: float, y: float, kind: str) -> str:
        return f'<circle class="{kind}" cx="{self.x(x)}" cy="{short(y)}" r="4.5"/>'

    def lying(self, scale: Scale, span: Interval, y: float) -> str:
        """A whisker along x; nothing where the interval is not known."""
        if span.low != span.low or span.high != span.high:
            return ""
        low, high = scale.at(span.low), scale.at(span.high)
        caps = "".join(self.line((x, y - _CAP), (x, y + _CAP), "whisker") for x in (low, high))
        return self.line((low, y), (high, y), "whisker") + caps

    def standing(self, scale: Scale, span: Interval, x: float) -> str:
        """A whisker along y."""
        if span.low != span.low or span.high != span.high:
            return ""
        low, high = scale.at(span.low), scale.at(span.high)
        caps = "".join(self.line((x - _CAP, y), (x + _CAP, y), "whisker") for y in (low, high))
        return self.line((x, low), (x, high), "whisker") + caps

    def mark(self, band: str, x: float, y: float) -> str:
        """The shape of a band, for those who do not see its colour."""
        at = float(self.x(x))
        places = {"x": short(at), "y": short(y), "left": short(at - 5.5), "top": short(y - 5.5)}
        return _MARKS[band].format(band=band, **places)


def apart(name: str, most: int = 40) -> str:
    """A name that others wrote, kept from turning around what stands beside it; too long ones are cut.

    >>> apart("a\\u202eb") == "\\u2068ab\\u2069"
    True
    """
    plain = _UNSEEN.sub("", name)
    return f"\u2068{plain if len(plain) <= most else plain[: most - 1] + '…'}\u2069"


def runs(points: Sequence[Point | None]) -> list[list[Point]]:
    """The stretches without a gap.

    >>> runs([(0, 1), None, (2, 1), (3, 1)])
    [[(0, 1)], [(2, 1), (3, 1)]]
    """
    found: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            found.append([])
        else:
            found[-1].append(point)
    return [run for run in found if run]


def top_of(most: float) -> float:
    """Where a scale of shares ends that has to hold `most`.

    >>> top_of(0.031), top_of(0.27), top_of(1.0)
    (0.05, 0.3, 1.0)
    """
    steps = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
    return next((step for step in steps if most <= step + 1e-9), 1.0)


def short(value: float) -> str:
    """
    >>> short(12.34), short(10.0)
    ('12.3', '10')
    """
    return f"{value:.1f}".removesuffix(".0")
