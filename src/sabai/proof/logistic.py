"""The logistic regression on one column, of all rows or of every draw, by Newton (McCullagh & Nelder 1989, 4.4)."""

from __future__ import annotations

import numpy as np

from sabai.metrics.grid import Floats
from sabai.proof.draws import Accounts, Counts, drawn_sums

_STEPS = 30
_CLOSE = 1e-6  # each step squares what is missing: after one so small nothing is
_FINE = 100  # on draws, x is told apart to a hundredth of its standard deviation


def fit(target: Floats, x: Floats, weight: Floats | None = None) -> tuple[float, float]:
    """(intercept, slope) of logit P = intercept + slope · x; `target` (rows,) is in [0, 1].

    NaN where there is no answer: all targets are the same, or x does not vary, or it separates them without fault.

    >>> intercept, slope = fit(np.array([0.0, 0, 1, 0, 1, 1]), np.arange(6.0))
    >>> round(intercept, 3), round(slope, 3)
    (-3.035, 1.214)
    """
    times = np.ones(len(x)) if weight is None else weight
    intercept, slope = _fit(x, times[:, None], (times * target)[:, None])[:, 0]
    return float(intercept), float(slope)


def fit_draws(target: Floats, x: Floats, account: Accounts, counts: Counts, weight: Floats | None = None) -> Floats:
    """(intercept, slope) on every draw, shape (2, draws); NaN where a draw has no answer.

    Rows of nearly the same x are taken together at their mean: a thousand draws need a thousand sums for each of some
    hundred values instead of a pass over all rows, and the answer moves by less than a hundredth of its standard error.
    """
    times = np.ones(len(x)) if weight is None else weight
    fine = np.round(x * (_FINE / (float(x.std()) or 1.0))) if len(x) else x
    _, group, rows = np.unique(fine, return_inverse=True, return_counts=True)
    drawn, left = (drawn_sums(each, account, counts, group, len(rows)) for each in (times, times * target))
    return _fit(np.bincount(group, x, len(rows)) / rows, drawn, left)


def _fit(x: Floats, times: Floats, left: Floats) -> Floats:
    """For each column of `times` and `left` (values of x, columns) the line, shape (2, columns)."""
    middle, spread = (float(x.mean()), float(x.std())) if len(x) else (0.0, 0.0)
    told = (left.sum(axis=0) > 0) & (left.sum(axis=0) < times.sum(axis=0)) & (spread > 0)
    line = np.full((2, times.shape[1]), np.nan)
    if told.any():
        line[:, told] = _newton((x - middle) / spread, times[:, told], left[:, told])
        line[1] /= spread
        line[0] -= line[1] * middle
    return line


def _newton(x: Floats, times: Floats, left: Floats) -> Floats:
    """From "x says nothing" on, all columns together; those that do not come to rest are NaN."""
    base = left.sum(axis=0) / times.sum(axis=0)
    line = np.stack([np.log(base / (1 - base)), np.zeros(len(base))])
    with np.errstate(all="ignore"):
        for _ in range(_STEPS):
            chance = 1 / (1 + np.exp(-(line[0] + np.outer(x, line[1]))))
            pull, bend = left - times * chance, times * chance * (1 - chance)
            pulls, bends = (pull.sum(axis=0), x @ pull), (bend.sum(axis=0), x @ bend, (x * x) @ bend)
            across = np.stack([bends[2] * pulls[0] - bends[1] * pulls[1], bends[0] * pulls[1] - bends[1] * pulls[0]])
            step = across / (bends[0] * bends[2] - bends[1] ** 2)
            line += step
            rests = np.abs(step).max(axis=0) < _CLOSE
            if rests[np.isfinite(line).all(axis=0)].all():
                break
    return np.where(rests, line, np.nan)
