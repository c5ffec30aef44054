"""How values become points on paper: every factor as a line through stated knots, percentiles too.

A percentile against a frozen reference is a curve: each value that was ever scored has its points, and those are the
knots. So the points of all accounts as they stand are exact, and a value typed in between them is interpolated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sabai.definitions.model import Factor, Health
from sabai.health.scores import Scores
from sabai.metrics.grid import Floats, Grid, Places

Cells = Mapping[int, tuple[Places, Places]]
"""Segment -> its accounts on the sheet, and the places of all its customers at any date in the flat arrays."""

HISTORY_KNOTS = 201  # from earlier dates; values of accounts on the sheet are always knots


@dataclass(frozen=True, slots=True)
class Curve:
    """Straight lines between knots, flat beyond both ends. `segment` None: the same for everybody."""

    factor: str
    segment: int | None
    knots: tuple[tuple[float, float], ...]  # (value, points), values ascending and different


def curves_of(scores: Scores, health: Health, accounts: Places, column: int) -> tuple[Curve, ...]:
    """The curves of all factors, and of percentiles in every segment that is on the sheet and has points."""
    cells = _by_segment(scores.grid, accounts, column)
    return tuple(
        curve
        for factor in health.factors
        for curve in ([_stated(factor)] if factor.curve else _percentiles(scores, factor, cells, column))
    )


def curves_by_hand(health: Health) -> tuple[Curve, ...]:
    """For a template: curves as they are stated; percentiles become a line from 0 to 100 that waits to be replaced."""
    return tuple(
        _stated(factor) if factor.curve else Curve(factor.name, None, _line(factor)) for factor in health.factors
    )


def _stated(factor: Factor) -> Curve:
    knots = sorted((float(value), float(points)) for value, points in factor.curve)
    return Curve(factor.name, None, tuple(knots))


def _line(factor: Factor) -> tuple[tuple[float, float], ...]:
    return ((0.0, 100.0), (100.0, 0.0)) if factor.better == "lower" else ((0.0, 0.0), (100.0, 100.0))


def _by_segment(grid: Grid, accounts: Places, column: int) -> Cells:
    here, customers = grid.segment[accounts, column], grid.alive.ravel()
    return {
        segment: (accounts[here == segment], np.flatnonzero(customers & (grid.segment.ravel() == segment)))
        for segment in np.unique(here).tolist()
    }


def _percentiles(scores: Scores, factor: Factor, cells: Cells, column: int) -> Iterator[Curve]:
    values, points = scores.grid.values[factor.name], scores.points[factor.name]
    for segment, (here, ever) in cells.items():
        knots = _knots(values[here, column], points[here, column], values.flat[ever], points.flat[ever])
        if knots:
            yield Curve(factor.name, segment, knots)


def _knots(values: Floats, points: Floats, values_ever: Floats, points_ever: Floats) -> tuple[tuple[float, float], ...]:
    """All of (values, points), and evenly many of the other ones; the same value always has the same points."""
    ever = _different(values_ever, points_ever)
    some = np.unique(np.linspace(0, len(ever) - 1, min(len(ever), HISTORY_KNOTS)).astype(np.int64))
    knots = dict([*(ever[index] for index in some), *_different(values, points)])
    return tuple(sorted(knots.items()))


def _different(values: Floats, points: Floats) -> list[tuple[float, float]]:
    known = ~np.isnan(values) & ~np.isnan(points)
    different, first = np.unique(values[known], return_index=True)
    return list(zip(different.tolist(), points[known][first].tolist(), strict=True))
