"""A metric turned into points 0-100: by its percentile in the reference, or by a curve. Unknown stays unknown."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sabai.definitions.model import Factor, Health
from sabai.health.ranks import mid_rank, shrink
from sabai.health.reference import Reference
from sabai.metrics.grid import Floats, Grid

SHRINK = 50  # how many values of everybody stand beside a segment's own, so that a small segment says little

Cells = Mapping[str, NDArray[np.int64]]  # segment -> flat indices of its cells


def points_of(grid: Grid, health: Health, reference: Reference) -> dict[str, Floats]:
    """Points of every factor, each of shape (accounts, as_of); NaN where unknown or not a customer at that date."""
    cells = {name: np.flatnonzero(grid.segment == index) for index, name in enumerate(grid.segments)}
    points = {factor.name: _points(grid, factor, reference, cells) for factor in health.factors}
    nobody = ~grid.alive
    for values in points.values():
        values[nobody] = np.nan
    return points


def curve_points(values: Floats, curve: tuple[tuple[float, float], ...]) -> Floats:
    """Straight lines between the curve's (value, points), flat beyond both ends.

    >>> curve_points(np.array([-1.0, 0.25, 0.7, 2.0, np.nan]), ((0, 0), (0.5, 60), (0.9, 100))).tolist()
    [0.0, 30.0, 80.0, 100.0, nan]
    """
    xs, ys = np.array(curve, dtype=np.float64).T
    return np.where(np.isnan(values), np.nan, np.interp(values, xs, ys))


def percentile_points(values: Floats, factor: Factor, reference: Reference, cells: Cells) -> Floats:
    """100 × the percentile in the segment, shrunk towards everybody's: (n p_segment + 50 p_all) / (n + 50).

    A segment that the reference has not seen (n = 0) is compared with everybody. NaN where the reference is empty.
    """
    points = mid_rank(values, reference.everyone[factor.name])
    for segment, where in cells.items():
        own = reference.segments.get(segment, {}).get(factor.name)
        if own:
            shrink(points, values, where, own, SHRINK)
    points *= 100
    return 100 - points if factor.better == "lower" else points


def _points(grid: Grid, factor: Factor, reference: Reference, cells: Cells) -> Floats:
    values = grid.values[factor.name]
    if factor.curve:
        return curve_points(values, factor.curve)
    return percentile_points(values, factor, reference, cells)
