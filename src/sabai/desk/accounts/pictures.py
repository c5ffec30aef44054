"""The two small pictures of this page that the report does not have."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from markupsafe import Markup

from sabai.metrics.grid import Floats
from sabai.report import charts

MIDDLE = charts.WIDTH / 2


def push(points: float, most: float, rtl: bool) -> Markup:
    """How far one reason moved the score, from the middle: up in reading direction, down against it.

    `most` is the largest of the moves that stand below each other; the longest bar reaches the edge.

    >>> 'class="down" x="250" width="250"' in push(-2.0, 4.0, rtl=False)
    True
    """
    length = MIDDLE * min(abs(points) / most, 1.0) if most else 0.0
    x = MIDDLE if (points > 0) is not rtl else MIDDLE - length
    way = "up" if points > 0 else "down"
    return Markup(
        '<svg class="chart push" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="axis" d="M500 0V100"/><rect class="{way}" x="{x:g}" width="{length:g}" height="100"/></svg>'
    )


def trend(
    days: Sequence[int], scores: Sequence[float | None], cut: tuple[float | None, float | None],
    title: str, about: str, rtl: bool,
) -> Markup:  # fmt: skip
    """The score over time before its bands; a gap where it was unknown."""
    healthy, at_risk = known(cut)
    return charts.trend(np.array(days, dtype=np.int32), known(scores), (healthy, at_risk), title, about, rtl)


def spark(points: Sequence[float | None], rtl: bool) -> Markup:
    """The points of one factor at the last Mondays, evenly apart."""
    return charts.sparkline(np.arange(len(points), dtype=np.int32), known(points), "factor", rtl)


def known(values: Sequence[float | None]) -> Floats:
    """
    >>> known([1.0, None]).tolist()
    [1.0, nan]
    """
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
