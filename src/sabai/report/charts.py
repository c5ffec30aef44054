"""Our own charts: SVG shapes that stretch to their place, coloured by the page's tokens, mirrored where reading is.

Shapes only: labels are HTML beside them, so that they keep their size on a phone and find their side by themselves.
Every chart that says something has a title and a description; those that repeat a number beside them are hidden from
readers of the page aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup, escape
from numpy.typing import NDArray

from sabai.health.scores import BANDS
from sabai.metrics.grid import Days, Floats

WIDTH, HEIGHT = 1000.0, 100.0
POINTS = 130  # so many dates are drawn; more would not be seen
STACK = ("unhealthy", "at_risk", "healthy", "unknown")  # from the ground up: what to worry about stands on the line


@dataclass(frozen=True, slots=True)
class Plot:
    """A box of WIDTH × HEIGHT in which time runs in reading direction and values run upwards."""

    first: float
    last: float
    top: float
    rtl: bool = False

    def x(self, day: float) -> float:
        share = (day - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        return WIDTH * (1 - share if self.rtl else share)

    def y(self, value: float) -> float:
        return HEIGHT * (1 - value / self.top) if self.top else HEIGHT

    def path(self, points: Iterable[tuple[float, float]]) -> str:
        """
        >>> Plot(0, 10, 100).path([(0, 0), (5, 100)])
        'M0 100L500 0'
        """
        return "M" + "L".join(f"{_short(self.x(day))} {_short(self.y(value))}" for day, value in points)


def thinned(days: Days, most: int = POINTS) -> NDArray[np.int64]:
    """Which dates are drawn: evenly spread, the first and the last always.

    >>> thinned(np.arange(1000, dtype=np.int32), most=3).tolist()
    [0, 500, 999]
    """
    return np.unique(np.round(np.linspace(0, len(days) - 1, min(len(days), most))).astype(np.int64))


def bands_over_time(days: Days, counts: NDArray[np.int64], title: str, about: str, rtl: bool) -> Markup:
    """How many customers stand in each band, stacked; `counts` has shape (days, BANDS)."""
    drawn = thinned(days)
    plot = Plot(float(days[0]), float(days[-1]), float(counts.sum(axis=1).max()), rtl)
    ground = np.zeros(len(drawn))
    layers = []
    for band in STACK:
        roof = ground + counts[drawn, BANDS.index(band)]
        outline = [*zip(days[drawn], roof, strict=True), *zip(days[drawn][::-1], ground[::-1], strict=True)]
        layers.append(f'<path class="fill {band}" d="{plot.path(outline)}Z"/>')
        ground = roof
    return _svg("stack", "".join(layers), title, about)


def trend(days: Days, scores: Floats, cut: tuple[float, float], title: str, about: str, rtl: bool) -> Markup:
    """One score over time before the bands it moves through; where it was unknown the line has a gap."""
    drawn = thinned(days)
    plot = Plot(float(days[0]), float(days[-1]), 100.0, rtl)
    return _svg("trend", _zones(cut) + _line(plot, days[drawn], scores[drawn]), title, about)


def sparkline(days: Days, scores: Floats, band: str, rtl: bool) -> Markup:
    """A trend small enough for a row of a table; says nothing that the row does not say."""
    drawn = thinned(days, 26)
    plot = Plot(float(days[0]), float(days[-1]), 100.0, rtl)
    return _svg(f"spark {band}", _line(plot, days[drawn], scores[drawn]))


def step(start: float, contribution: float, kind: str, rtl: bool) -> Markup:
    """Where one line of the addition takes the sum from and to, on a scale from 0 to 100."""
    low, high = sorted(min(max(edge, 0.0), 100.0) * 10 for edge in (start, start + contribution))
    x = WIDTH - high if rtl else low
    return _svg("step", f'<rect class="{kind}" x="{_short(x)}" width="{_short(max(high - low, 2))}" height="100"/>')


def shares(parts: Sequence[tuple[str, float]], rtl: bool) -> Markup:
    """A bar cut into bands in proportion: [(band, amount)]."""
    whole = sum(amount for _, amount in parts)
    pieces, at = [], 0.0
    for band, amount in parts:
        width = WIDTH * amount / whole if whole else 0.0
        x = WIDTH - at - width if rtl else at
        pieces.append(f'<rect class="fill {band}" x="{_short(x)}" width="{_short(width)}" height="100"/>')
        at += width
    return _svg("shares", "".join(pieces))


def interval(share: float, low: float, high: float, rtl: bool) -> Markup:
    """A share between 0 and 1 and how sure it is."""
    left, right = (WIDTH * (1 - high), WIDTH * (1 - low)) if rtl else (WIDTH * low, WIDTH * high)
    at = WIDTH * (1 - share if rtl else share)
    return _svg(
        "interval",
        f'<rect class="range" x="{_short(left)}" width="{_short(right - left)}" height="100"/>'
        f'<path class="line" d="M{_short(at)} 0V100"/>',
    )


def _zones(cut: tuple[float, float]) -> str:
    if np.isnan(cut).any():
        return ""
    healthy, at_risk = (HEIGHT - edge for edge in cut)
    edges = (("healthy", 0.0, healthy), ("at_risk", healthy, at_risk), ("unhealthy", at_risk, HEIGHT))
    return "".join(
        f'<rect class="zone {band}" y="{_short(top)}" width="1000" height="{_short(bottom - top)}"/>'
        for band, top, bottom in edges
        if bottom > top
    )


def _line(plot: Plot, days: Days, scores: Floats) -> str:
    return "".join(f'<path class="line" d="{plot.path(run)}"/>' for run in _runs(days, scores))


def _runs(days: Days, scores: Floats) -> list[list[tuple[float, float]]]:
    """The stretches in which the score was known; a single date becomes a line of no length, which shows as a dot."""
    known = ~np.isnan(scores)
    breaks = np.flatnonzero(np.diff(known.astype(np.int8))) + 1
    stretches = [part for part in np.split(np.arange(len(days)), breaks) if part.size and known[part[0]]]
    runs = [[(float(days[at]), float(scores[at])) for at in part] for part in stretches]
    return [run if len(run) > 1 else run * 2 for run in runs]


def _svg(kind: str, shapes: str, title: str = "", about: str = "") -> Markup:
    said = f"<title>{escape(title)}</title><desc>{escape(about)}</desc>" if title else ""
    role = f'role="img" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    frame = f'viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" preserveAspectRatio="none"'
    return Markup(f'<svg class="chart {kind}" {frame} {role}>{said}{shapes}</svg>')


def _short(value: float) -> str:
    """
    >>> _short(12.34), _short(10.0)
    ('12.3', '10')
    """
    return f"{value:.1f}".removesuffix(".0")
