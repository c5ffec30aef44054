"""Cox's assumption: a ratio is the same however long one has been a customer. Schoenfeld's residuals say whether.

Grambsch & Therneau 1994, against the rank of time, ties after Efron. lifelines computes the same residuals, but takes
whoever enters late to have been watched from the beginning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2, rankdata

from sabai.metrics.grid import Floats
from sabai.retention.survival.cox import Fit
from sabai.retention.survival.spans import Spans


@dataclass(frozen=True, slots=True)
class Drift:
    """Of one column: how unlikely its residuals would be if the ratio never changed, and which way it goes."""

    column: str
    p: float
    grows: bool  # with the time that one has been a customer


def drifts(spans: Spans, columns: Mapping[str, Floats], fit: Fit) -> tuple[Drift, ...]:
    """One for each column of the fit."""
    values = np.stack([columns[name] for name in fit.columns], axis=1)
    order = np.argsort(spans.days[spans.left], kind="stable")
    residuals = _residuals(spans, values, fit.coefficients)[order]
    left = len(residuals)
    scaled = left * residuals @ fit.covariance + fit.coefficients
    rank = rankdata(spans.days[spans.left])[order]
    time = rank - rank.mean()
    slope = time @ scaled
    statistic = slope**2 / (left * np.diag(fit.covariance) * (time**2).sum())
    each = zip(fit.columns, statistic, slope, strict=True)
    return tuple(Drift(name, float(chi2.sf(square, 1)), bool(way > 0)) for name, square, way in each)


def _residuals(spans: Spans, values: Floats, coefficients: Floats) -> Floats:
    """What each who left had, less what was to be expected of whoever could have left then; in order of `spans`."""
    weight = np.exp((values - values.mean(axis=0)) @ coefficients)
    weighted = np.concatenate([weight[:, None], values * weight[:, None]], axis=1)
    times, at = np.unique(spans.days[spans.left], return_inverse=True)
    watched = _from_on(spans.days, weighted, times) - _from_on(spans.entry, weighted, times)
    gone = np.zeros_like(watched)
    np.add.at(gone, at, weighted[spans.left])
    many = np.bincount(at)
    expected = np.stack([_expected(*each) for each in zip(watched, gone, many, strict=True)])
    return values[spans.left] - expected[at]


def _expected(watched: Floats, gone: Floats, many: int) -> Floats:
    """The mean of those who left on one day, each leaving after the other."""
    part = np.arange(many)[:, None] / many
    sums = watched - part * gone
    return np.asarray((sums[:, 1:] / sums[:, :1]).mean(axis=0))


def _from_on(day: Floats, weighted: Floats, times: Floats) -> Floats:
    """Sums over the rows whose `day` is not before each time; shape (times, columns)."""
    order = np.argsort(day, kind="stable")
    sums = np.concatenate([np.zeros((1, weighted.shape[1])), np.cumsum(weighted[order][::-1], axis=0)])[::-1]
    return np.asarray(sums[np.searchsorted(day[order], times, side="left")])
