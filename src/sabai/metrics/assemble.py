"""From added-up integers to metrics in their own units, with unknown kept unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sabai.definitions.model import Basic, Derived, Metric
from sabai.metrics.grid import Days, Floats
from sabai.metrics.kernel import NONE
from sabai.metrics.plan import unit_of
from sabai.metrics.tables import Ints
from sabai.metrics.wishes import needs_count

COUNTED = ("count", "sum", "distinct", "held")
"""Nothing found is zero for these, where the source was being collected; for all others it is unknown."""


def basic_values(metric: Basic, cells: Sequence[Ints], as_of: Days, covered: NDArray[np.bool_]) -> Floats:
    """The metric's values; `cells` is its slot and, where it needs one, its count of values."""
    with np.errstate(invalid="ignore", divide="ignore"):
        values = _own_unit(metric, cells, as_of)
    if metric.missing is not None:
        values = np.where(_nothing_found(metric, cells, values) & covered, metric.missing, values)
    return np.where(covered, values, np.nan) if metric.how in COUNTED else values


def _own_unit(metric: Basic, cells: Sequence[Ints], as_of: Days) -> Floats:
    unit = unit_of(metric)
    if metric.how in ("count", "distinct"):
        return cells[0].astype(np.float64)
    if metric.how == "mean":
        return np.where(cells[1] > 0, cells[0] / unit / cells[1], np.nan)
    if metric.how in ("sum", "held"):
        return cells[0] / unit
    known = cells[0] != NONE
    if metric.how == "days_since":
        return np.where(known, as_of - metric.shift_days - cells[0], np.nan)
    return np.where(known, cells[0] / unit, np.nan)


def _nothing_found(metric: Basic, cells: Sequence[Ints], values: Floats) -> NDArray[np.bool_]:
    if metric.how in ("count", "distinct"):
        return np.asarray(values == 0)
    return np.asarray(cells[1] == 0 if needs_count(metric) else np.isnan(values))


def derive(metrics: Mapping[str, Metric], values: dict[str, Floats]) -> dict[str, Floats]:
    """Add the derived metrics to `values`; each stands after those it needs."""
    for name, metric in metrics.items():
        if isinstance(metric, Derived):
            with np.errstate(invalid="ignore", divide="ignore"):
                values[name] = _arithmetic(metric, [values[part] for part in metric.of])
    return {name: values[name] for name in metrics}


def _arithmetic(metric: Derived, parts: Sequence[Floats]) -> Floats:
    if metric.how == "slope":
        return _slope(parts)
    first, second = parts
    if metric.how == "difference":
        return first - second
    top = first - second if metric.how == "change" else first
    return np.where(second == 0, np.nan, top / second)


def _slope(parts: Sequence[Floats]) -> Floats:
    """Least squares over equally spaced windows, newest first: Σ (x − x̄) y / Σ (x − x̄)²."""
    count = len(parts)
    middle = (count - 1) / 2
    total = sum((middle - place) * part for place, part in enumerate(parts))
    return np.asarray(total) / sum((middle - place) ** 2 for place in range(count))
